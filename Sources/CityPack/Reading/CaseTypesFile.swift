internal import Primitives
internal import Yams

/// `case-types.yaml`: the work classes once, then the types that use them.
enum CaseTypesFile {
    static let name = "case-types.yaml"
    static let keys = FileReader.Keys(required: ["work_classes", "case_types"])
    private static let typeKeys = FileReader.Keys(
        required: ["name", "module", "prefix", "work_classes", "contact_types", "explanation", "import_names"])

    struct Contents {
        let types: [CaseType]
        /// Contact types that at least one case type names, also a type with problems.
        let usedContactTypes: Set<String>
    }

    /// - Parameter contactTypes: the keys of `contact-types.yaml`; nil when that file could not be read.
    static func read(_ root: Record, contactTypes: [String]?, _ reader: inout FileReader) -> Contents {
        let workClasses = workClasses(root, &reader)
        let classKeys = workClasses.map(\.key.value)
        var importNames: [String: Int] = [:]
        var prefixes: [String: Int] = [:]
        var usedContactTypes: Set<String> = []
        var usedClasses: Set<String> = []
        var types: [CaseType] = []
        let items = reader.records("case_types", in: root, kind: "case type", id: "key", typeKeys)
        for (key, record) in items {
            let name = reader.words("name", in: record)
            let module: CaseModule? = reader.choice("module", in: record)
            let prefix = prefix(record, seen: &prefixes, &reader)
            let classes = reader.choices("work_classes", among: classKeys, in: record)
            let contacts = reader.choices("contact_types", among: contactTypes, in: record)
            let explanation = reader.words("explanation", in: record)
            let imports = reader.importNames(in: record, seen: &importNames)
            usedClasses.formUnion(classes ?? [])
            usedContactTypes.formUnion(contacts ?? [])
            guard let name, let module, let prefix, let classes, let contacts, let explanation, let imports else { continue }
            types.append(
                CaseType(
                    key: key, name: name, module: module, prefix: prefix,
                    workClasses: classes.compactMap { key in workClasses.first { $0.key.value == key }?.workClass },
                    contactTypes: contacts, explanation: explanation, importNames: imports))
        }
        for (key, _) in workClasses where !items.isEmpty && !usedClasses.contains(key.value) {
            reader.judge(key.line, "no case type uses work class \"\(key.value)\"")
        }
        return Contents(types: types, usedContactTypes: usedContactTypes)
    }

    /// The kinds of licenses: what `licenses` of a contact type can name. Nothing is reported here.
    static func licenses(_ root: Record?) -> [String]? {
        guard let types = root?.entries["case_types"]?.node.sequence else { return nil }
        let classes = types.filter { $0.value(of: "module")?.scalar?.string == CaseModule.license.rawValue }
            .flatMap { $0.value(of: "work_classes")?.sequence.map { $0.compactMap { $0.scalar?.string } } ?? [] }
        return classes.isEmpty ? nil : classes
    }

    private static func workClasses(
        _ root: Record, _ reader: inout FileReader
    ) -> [(key: Located<String>, workClass: WorkClass?)] {
        var importNames: [String: Int] = [:]
        let items = reader.records(
            "work_classes", in: root, kind: "work class", id: "key",
            FileReader.Keys(required: ["name", "import_names"]))
        return items.map { key, record in
            let name = reader.words("name", in: record)
            let imports = reader.importNames(in: record, seen: &importNames)
            let located = Located(value: key, line: record.entries["key"]?.line ?? record.line)
            guard let name, let imports else { return (located, nil) }
            return (located, WorkClass(key: key, name: name, importNames: imports))
        }
    }

    /// `PPP` or `PPP-SSS`, and its own: numbers rise per prefix and year.
    private static func prefix(_ record: Record, seen: inout [String: Int], _ reader: inout FileReader) -> String? {
        let prefix = reader.text("prefix", in: record, form: "ELE or BLD-SFD") { text in
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            return (1...2).contains(parts.count)
                && parts.allSatisfy { $0.count == 3 && $0.utf8.allSatisfy { (65...90).contains($0) } }
        }
        guard let prefix, let line = record.entries["prefix"]?.line else { return nil }
        if let first = seen.updateValue(line, forKey: prefix) {
            reader.report(line, "prefix \"\(prefix)\" of \(record.what) stands already on line \(first)")
        }
        return prefix
    }
}
