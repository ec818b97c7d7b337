internal import Primitives

/// `statuses.yaml`: every status with its one bucket, turn and BLDS value (D3).
enum StatusesFile {
    static let name = "statuses.yaml"
    static let required = ["statuses"]

    static func read(_ root: Record, _ reader: inout FileReader) -> [Status] {
        var seen: [String: Int] = [:]
        var result: [Status] = []
        let items = reader.records(
            "statuses", in: root, kind: "status", id: "key",
            required: ["name", "blds", "bucket", "turn", "tone", "step", "next", "import_names"],
            optional: ["blds_once_inspected", "next_by_module"])
        for (key, record) in items {
            let name = reader.words("name", in: record)
            let blds = reader.choice("blds", among: BLDS.statuses, in: record)
            let bldsOnceInspected = reader.choice("blds_once_inspected", among: BLDS.statuses, in: record)
            let bucket: Bucket? = reader.choice("bucket", in: record)
            let turn: Turn? = reader.choice("turn", in: record)
            let tone: Tone? = reader.choice("tone", in: record)
            let step: ProgressStep? = reader.choice("step", in: record)
            let next = reader.words("next", in: record)
            let nextByModule = nextByModule(record, &reader)
            let imports = reader.importNames(in: record, seen: &seen)
            guard let name, let blds, let bucket, let turn, let tone, let step, let next, let imports else { continue }
            result.append(
                Status(
                    key: key, name: name, blds: blds, bldsOnceInspected: bldsOnceInspected, bucket: bucket, turn: turn,
                    tone: tone, step: step, next: next, nextByModule: nextByModule, importNames: imports))
        }
        return result
    }

    /// `next_by_module: { license: { en: …, es: … } }`
    private static func nextByModule(_ status: Record, _ reader: inout FileReader) -> [CaseModule: LocalizedText] {
        guard let entry = status.entries["next_by_module"],
            let record = reader.record(
                entry.node, what: "\"next_by_module\" of \(status.what)", required: [],
                optional: CaseModule.allCases.map(\.rawValue))
        else { return [:] }
        var words: [CaseModule: LocalizedText] = [:]
        for module in CaseModule.allCases { words[module] = reader.words(module.rawValue, in: record) }
        return words
    }
}
