/// `contact-types.yaml`: what "Add contact as" can offer (B4).
enum ContactTypesFile {
    static let name = "contact-types.yaml"
    static let required = ["contact_types"]

    static func read(_ root: Record, _ reader: inout FileReader) -> [ContactType] {
        var seen: [String: Int] = [:]
        var result: [ContactType] = []
        let items = reader.records(
            "contact_types", in: root, kind: "contact type", id: "key",
            required: ["name", "rights", "needs_license", "explanation", "example", "import_names"])
        for (key, record) in items {
            let name = reader.words("name", in: record)
            let rights = reader.choices("rights", among: Rights.allNames.map(\.name), in: record).flatMap { Rights(names: $0) }
            let needsLicense = reader.flag("needs_license", in: record)
            let explanation = reader.words("explanation", in: record)
            let example = reader.words("example", in: record)
            let imports = reader.importNames(in: record, seen: &seen)
            guard let name, let rights, let needsLicense, let explanation, let example, let imports else { continue }
            if !rights.contains(.view), let line = record.entries["rights"]?.line {
                reader.report(line, "\"rights\" of \(record.what) must include view: nobody can act on a case without seeing it")
            }
            result.append(
                ContactType(
                    key: key, name: name, rights: rights, explanation: explanation, example: example,
                    needsLicense: needsLicense, importNames: imports))
        }
        return result
    }
}
