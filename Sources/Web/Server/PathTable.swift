/// Finds the route of a path: literal segments before parameters, one step a segment.
public struct PathTable<Endpoint: Sendable>: Sendable {
    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        var parameter: [(name: String, node: Node)] = []
        var endpoints: [Method: Endpoint] = [:]
    }

    public enum Match: Sendable {
        case found(Endpoint, parameters: [String: String])
        case wrongMethod
        case none
    }

    private var root = Node()

    public init() {}

    /// - Parameter template: `/cases/{number}/contacts`
    public mutating func add(_ method: Method, _ template: String, _ endpoint: Endpoint) {
        PathTable.add(template.split(separator: "/").map(String.init)[...], method, endpoint, to: &root)
    }

    private static func add(_ segments: ArraySlice<String>, _ method: Method, _ endpoint: Endpoint, to node: inout Node) {
        guard let first = segments.first else {
            node.endpoints[method] = endpoint
            return
        }
        if first.hasPrefix("{"), first.hasSuffix("}") {
            let name = String(first.dropFirst().dropLast())
            if let index = node.parameter.firstIndex(where: { $0.name == name }) {
                add(segments.dropFirst(), method, endpoint, to: &node.parameter[index].node)
            } else {
                var child = Node()
                add(segments.dropFirst(), method, endpoint, to: &child)
                node.parameter.append((name, child))
            }
        } else {
            add(segments.dropFirst(), method, endpoint, to: &node.literals[first, default: Node()])
        }
    }

    public func match(_ method: Method, _ path: String) -> Match {
        let segments = path.split(separator: "/").map { URLEncoding.decode($0, plusIsSpace: false) }
        var parameters: [String: String] = [:]
        guard let node = PathTable.find(segments[...], root, &parameters), !node.endpoints.isEmpty else { return .none }
        guard let endpoint = node.endpoints[method] else { return .wrongMethod }
        return .found(endpoint, parameters: parameters)
    }

    private static func find(_ segments: ArraySlice<String>, _ node: Node, _ parameters: inout [String: String]) -> Node? {
        guard let first = segments.first else { return node.endpoints.isEmpty ? nil : node }
        if let child = node.literals[first], let found = find(segments.dropFirst(), child, &parameters) { return found }
        for (name, child) in node.parameter {
            if let found = find(segments.dropFirst(), child, &parameters) {
                parameters[name] = first
                return found
            }
        }
        return nil
    }
}
