import ArgumentParser
import Core
import Portal
import Primitives

struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Every route: method, path, who may come, what may be sent.")
    @Flag(help: "As JSON.") var json = false

    func run() throws {
        let routes = Composition(isDemo: true).features.flatMap(\.routes)
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
                            "required": .bool(field.isRequired),
                        ])
                    }),
            ])
        }
        print(JSON.array(list).pretty)
    }
}
