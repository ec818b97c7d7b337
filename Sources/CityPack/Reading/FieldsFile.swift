/// `fields.yaml`: the fields of a case, each with its visibility class.
enum FieldsFile {
    static let name = "fields.yaml"
    static let required = ["fields"]

    static func read(_ root: Record, _ reader: inout FileReader) -> [FieldDeclaration] {
        let items = reader.records("fields", in: root, kind: "field", id: "name", required: ["visibility"])
        return items.compactMap { name, record in
            let visibility: Visibility? = reader.choice("visibility", in: record)
            return visibility.map { FieldDeclaration(name: name, visibility: $0) }
        }
    }
}
