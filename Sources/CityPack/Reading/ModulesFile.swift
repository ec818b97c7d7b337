internal import Primitives

/// `modules.yaml`: which kinds of cases the city takes here, and what it calls them.
enum ModulesFile {
    static let name = "modules.yaml"
    static let keys = FileReader.Keys(required: ["modules"])

    static func read(_ root: Record, _ reader: inout FileReader) -> [ModuleDeclaration] {
        let items = reader.records(
            "modules", in: root, kind: "module", id: "key", FileReader.Keys(required: ["open", "name", "plural"]))
        let known = CaseModule.allCases.map(\.rawValue)
        var meant: Set<String> = []
        for key in reader.declared where !known.contains(key.value) {
            let missing = known.filter { name in !reader.declared.contains { $0.value == name } }
            if let near = Suggestion.nearest(to: key.value, among: missing) { meant.insert(near) }
            reader.report(key.line, "there is no module \"\(key.value)\"" + Suggestion.clause(for: key.value, among: missing))
        }
        for name in known where !meant.contains(name) && !reader.declared.contains(where: { $0.value == name }) {
            reader.judge(root.entries["modules"]?.line ?? 1, "module \"\(name)\" is missing; say at least whether it is open")
        }
        return items.compactMap { key, record in
            let isOpen = reader.flag("open", in: record)
            let name = reader.words("name", in: record)
            let plural = reader.words("plural", in: record)
            guard let module = CaseModule(rawValue: key), let isOpen, let name, let plural else { return nil }
            return ModuleDeclaration(module: module, isOpen: isOpen, name: name, plural: plural)
        }
    }
}
