@testable import HTML

/// Reads markup as a browser would, just enough to find what a component got wrong.
struct Markup {
    struct Tag {
        let name: String
        let attributes: [String: String]
        subscript(_ name: String) -> String? { attributes[name] }
    }

    private(set) var tags: [Tag] = []
    /// What is wrong: an element that is not closed, an id used twice, a reference to nothing, code or style in an attribute.
    private(set) var faults: [String] = []

    private static let voids: Set = ["br", "hr", "img", "input", "link", "meta"]

    init(_ html: HTML) { self.init(html.text) }

    init(_ text: String) {
        var open: [String] = []
        for piece in text.split(separator: "<", omittingEmptySubsequences: true) {
            guard let end = piece.firstIndex(of: ">") else { continue }
            var inside = piece[..<end]
            if inside.hasPrefix("!") { continue }
            if inside.hasPrefix("/") {
                if open.popLast() != String(inside.dropFirst()) { faults.append("not in order: <\(inside)>") }
                continue
            }
            let isClosed = inside.hasSuffix("/")
            if isClosed { inside = inside.dropLast() }
            let tag = Markup.tag(inside)
            tags.append(tag)
            if !isClosed && !Markup.voids.contains(tag.name) { open.append(tag.name) }
        }
        if !open.isEmpty { faults.append("not closed: \(open)") }
        check()
    }

    private static func tag(_ text: Substring) -> Tag {
        var rest = text
        let name = rest.prefix { $0 != " " }
        rest = rest.dropFirst(name.count)
        var attributes: [String: String] = [:]
        while !rest.isEmpty {
            rest = rest.drop { $0 == " " }
            let key = rest.prefix { $0 != "=" && $0 != " " }
            rest = rest.dropFirst(key.count)
            if key.isEmpty { break }
            if rest.hasPrefix("=\"") {
                let value = rest.dropFirst(2).prefix { $0 != "\"" }
                attributes[String(key)] = String(value)
                rest = rest.dropFirst(3 + value.count)
            } else {
                attributes[String(key)] = ""
            }
        }
        return Tag(name: String(name), attributes: attributes)
    }

    private mutating func check() {
        var ids: Set<String> = []
        for case let id? in tags.map({ $0["id"] }) where !ids.insert(id).inserted { faults.append("id twice: \(id)") }
        for tag in tags {
            var references = [tag["aria-describedby"], tag["aria-labelledby"], tag["popovertarget"]]
                .compactMap { $0 }.flatMap { $0.split(separator: " ").map(String.init) }
            if tag.name == "label", let id = tag["for"] { references.append(id) }
            if let href = tag["href"], href.hasPrefix("#") { references.append(String(href.dropFirst())) }
            for id in references where !ids.contains(id) { faults.append("<\(tag.name)> refers to nothing: \(id)") }
            for name in tag.attributes.keys where name == "style" || name.hasPrefix("on") {
                faults.append("<\(tag.name)> has \(name)")
            }
        }
    }

    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name } }
    func first(_ name: String) -> Tag? { tags.first { $0.name == name } }
    func withClass(_ name: String) -> Tag? {
        tags.first { $0["class"]?.split(separator: " ").contains(Substring(name)) == true }
    }
    func withID(_ id: String) -> Tag? { tags.first { $0["id"] == id } }
}

/// A page's address for tests.
func place(_ name: String = "here") -> Link { Address<String>("/{name}")(name) }
