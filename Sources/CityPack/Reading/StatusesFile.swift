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
            optional: ["blds_once_inspected"])
        for (key, record) in items {
            let name = reader.words("name", in: record)
            let blds = reader.choice("blds", among: BLDS.statuses, in: record)
            let bldsOnceInspected = reader.choice("blds_once_inspected", among: BLDS.statuses, in: record)
            let bucket: Bucket? = reader.choice("bucket", in: record)
            let turn: Turn? = reader.choice("turn", in: record)
            let tone: Tone? = reader.choice("tone", in: record)
            let step: ProgressStep? = reader.choice("step", in: record)
            let next = reader.words("next", in: record)
            let imports = reader.importNames(in: record, seen: &seen)
            guard let name, let blds, let bucket, let turn, let tone, let step, let next, let imports else { continue }
            result.append(
                Status(
                    key: key, name: name, blds: blds, bldsOnceInspected: bldsOnceInspected, bucket: bucket, turn: turn,
                    tone: tone, step: step, next: next, importNames: imports))
        }
        return result
    }
}
