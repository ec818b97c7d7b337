/// `contact-types.yaml`: what "Add contact as" can offer (B4).
enum ContactTypesFile {
    static let name = "contact-types.yaml"
    static let keys = FileReader.Keys(required: ["contact_types"])
    private static let typeKeys = FileReader.Keys(
        required: ["name", "rights", "explanation", "example", "import_names"], now: ["licenses"], older: ["needs_license"],
        optional: ["card_rights"])

    /// - Parameter licenses: the kinds of licenses there are; nil when `case-types.yaml` could not be read.
    static func read(_ root: Record, licenses: [String]?, _ reader: inout FileReader) -> [ContactType] {
        var seen: [String: Int] = [:]
        var cardLine: Int?
        var result: [ContactType] = []
        for (key, record) in reader.records("contact_types", in: root, kind: "contact type", id: "key", typeKeys) {
            let name = reader.words("name", in: record)
            let rights = reader.choices("rights", among: Rights.allNames.map(\.name), in: record).flatMap { Rights(names: $0) }
            let licenses = reader.choices("licenses", among: licenses, in: record, mayBeEmpty: true)
            let needsLicense = reader.flag("needs_license", in: record)
            let cardRights = cardRights(of: rights, in: record, before: &cardLine, &reader)
            let explanation = reader.words("explanation", in: record)
            let example = reader.words("example", in: record)
            let imports = reader.importNames(in: record, seen: &seen)
            guard let name, let rights, let explanation, let example, let imports else { continue }
            if !rights.contains(.view), let line = record.entries["rights"]?.line {
                reader.report(line, "\"rights\" of \(record.what) must include view: nobody can act on a case without seeing it")
            }
            result.append(
                ContactType(
                    key: key, name: name, rights: rights, explanation: explanation, example: example, licenses: licenses ?? [],
                    cardRights: cardRights, needsSomeLicense: needsLicense ?? false, importNames: imports))
        }
        return result
    }

    /// What the code of a permit card gives (C2), which one contact type can say.
    private static func cardRights(
        of rights: Rights?, in record: Record, before: inout Int?, _ reader: inout FileReader
    ) -> Rights? {
        guard let line = record.entries["card_rights"]?.line else { return nil }
        let given = reader.choices("card_rights", among: Rights.allNames.map(\.name), in: record).flatMap { Rights(names: $0) }
        if let before {
            reader.report(line, "\"card_rights\" stands already on line \(before); one contact type has them")
        }
        before = line
        guard let given, let rights, rights.contains(.view) else { return nil }
        if !given.contains(.view) || !given.isSubset(of: rights) {
            reader.report(line, "\"card_rights\" of \(record.what) must include view and nothing that \"rights\" does not have")
        }
        return given
    }
}
