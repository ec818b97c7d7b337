import ArgumentParser
import Core
import Portal
import Primitives

struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Every route: method, path, who may come, what may be sent.")
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        // Some pages are there only when the operator set what they need. A wrong setting is no reason to show nothing.
        let provider = (try? await Settings.load())?.provider
        let routes = Composition(isDemo: true, provider: provider).features.flatMap(\.routes)
        guard json else {
            for route in routes { print("\(route.method.rawValue)\t\(route.template)\t\(route.access.description)") }
            return
        }
        let list = routes.map { route in
            JSON.object([
                "method": .string(route.method.rawValue), "path": .string(route.template),
                "access": .string(route.access.description),
                "fields": .array(
                    route.form.fields.map { field in
                        .object([
                            "name": .string(field.name), "kind": .string(field.kind.rawValue),
                            "required": .bool(field.isRequired), "longest": .integer(Int64(field.maxLength)),
                        ])
                    }),
            ])
        }
        print(JSON.array(list).pretty)
    }
}
