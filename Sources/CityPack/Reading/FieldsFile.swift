internal import Primitives

/// `fields.yaml`: the fields of a case, each with its visibility class and its name.
enum FieldsFile {
    static let name = "fields.yaml"
    static let keys = FileReader.Keys(required: ["fields"])

    /// - Parameter known: the fields the program asks for; nil when nobody said.
    static func read(_ root: Record, known: [String]?, _ reader: inout FileReader) -> [FieldDeclaration] {
        let items = reader.records(
            "fields", in: root, kind: "field", id: "name", FileReader.Keys(required: ["visibility"], now: ["label"]))
        if let known { judge(root, known, &reader) }
        return items.compactMap { name, record in
            let visibility: Visibility? = reader.choice("visibility", in: record)
            let label = reader.words("label", in: record)
            return visibility.map { visibility in
                FieldDeclaration(name: name, visibility: visibility, label: label ?? LocalizedText(english: name, spanish: name))
            }
        }
    }

    /// A name that nothing asks for is misspelled, and the field that was meant would be secret.
    private static func judge(_ root: Record, _ known: [String], _ reader: inout FileReader) {
        let declared = reader.declared
        var meant: Set<String> = []
        for field in declared where !known.contains(field.value) {
            let missing = known.filter { name in !declared.contains { $0.value == name } }
            if let near = Suggestion.nearest(to: field.value, among: missing) { meant.insert(near) }
            reader.judge(
                field.line, "the program knows no field \"\(field.value)\"" + Suggestion.clause(for: field.value, among: missing))
        }
        for name in known where !meant.contains(name) && !declared.contains(where: { $0.value == name }) {
            reader.judge(root.entries["fields"]?.line ?? 1, "field \"\(name)\" is missing; it needs its class")
        }
    }
}
