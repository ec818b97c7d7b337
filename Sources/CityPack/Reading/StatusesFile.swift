internal import Primitives

/// `statuses.yaml`: every status with its one bucket, turn and BLDS value, and how a case comes to it (D2, D3).
enum StatusesFile {
    static let name = "statuses.yaml"
    static let keys = FileReader.Keys(required: ["statuses"])
    private static let statusKeys = FileReader.Keys(
        required: ["name", "blds", "bucket", "turn", "tone", "step", "next", "import_names"],
        optional: ["start", "after", "blds_once_inspected", "next_by_module"])

    static func read(_ root: Record, _ reader: inout FileReader) -> [Status] {
        var seen: [String: Int] = [:]
        var result: [Status] = []
        let items = reader.records("statuses", in: root, kind: "status", id: "key", statusKeys)
        let known = reader.declared.map(\.value)
        var paths: [StatusPaths.Step] = []
        for (key, record) in items {
            let name = reader.words("name", in: record)
            let blds = reader.choice("blds", among: BLDS.statuses, in: record)
            let bldsOnceInspected = reader.choice("blds_once_inspected", among: BLDS.statuses, in: record)
            let bucket: Bucket? = reader.choice("bucket", in: record)
            let turn: Turn? = reader.choice("turn", in: record)
            let tone: Tone? = reader.choice("tone", in: record)
            let step: ProgressStep? = reader.choice("step", in: record)
            let next = reader.words("next", in: record, placeholders: ["phone"])
            let nextByModule = nextByModule(record, &reader)
            let isStart = reader.onlyTrue("start", in: record)
            let after = reader.choices("after", among: known, in: record)
            let imports = reader.importNames(in: record, seen: &seen)
            paths.append(
                StatusPaths.Step(
                    key: key, record: record, isStart: isStart, after: after ?? [],
                    isKnown: after.map { $0.count } == reader.listed("after", in: record), bucket: bucket))
            guard let name, let blds, let bucket, let turn, let tone, let step, let next, let imports else { continue }
            result.append(
                Status(
                    key: key, name: name, blds: blds, bldsOnceInspected: bldsOnceInspected, bucket: bucket, turn: turn,
                    tone: tone, step: step, next: next, nextByModule: nextByModule, isStart: isStart, after: after ?? [],
                    importNames: imports))
        }
        StatusPaths(steps: paths).judge(&reader)
        return result
    }

    /// `next_by_module: { license: { en: …, es: … } }`
    private static func nextByModule(_ status: Record, _ reader: inout FileReader) -> [CaseModule: LocalizedText] {
        guard let entry = status.entries["next_by_module"],
            let record = reader.record(
                entry.node, what: "\"next_by_module\" of \(status.what)",
                FileReader.Keys(required: [], optional: CaseModule.allCases.map(\.rawValue)))
        else { return [:] }
        var words: [CaseModule: LocalizedText] = [:]
        for module in CaseModule.allCases { words[module] = reader.words(module.rawValue, in: record, placeholders: ["phone"]) }
        return words
    }
}

/// The ways of a case through the statuses: each is reached from a start, and each that is not the end leads on (D2).
struct StatusPaths {
    struct Step {
        let key: String
        let record: Record
        let isStart: Bool
        let after: [String]
        /// Whether every name in `after` is one.
        let isKnown: Bool
        /// nil when it could not be read.
        let bucket: Bucket?

        /// Where it says how it is reached.
        var line: Int { record.entries["after"]?.line ?? record.entries["key"]?.line ?? record.line }
        var saysHow: Bool { record.entries["start"] != nil || record.entries["after"] != nil }
    }

    let steps: [Step]

    func judge(_ reader: inout FileReader) {
        let reached = reached()
        let left = Set(steps.flatMap { step in step.after.filter { $0 != step.key } })
        for step in steps {
            if !step.saysHow {
                reader.judge(
                    step.record.line, "\(step.record.what) does not say how it is reached: give \"start: true\" or \"after\"")
            } else if step.after.contains(step.key) {
                reader.judge(step.line, "\"after\" of \(step.record.what) names itself")
            } else if step.isKnown, !reached.contains(step.key) {
                reader.judge(
                    step.line, "\(step.record.what) is never reached: no way leads to it from a status with \"start: true\"")
            }
            if let bucket = step.bucket, bucket != .closed, !left.contains(step.key) {
                reader.judge(
                    step.record.entries["key"]?.line ?? step.record.line,
                    "\(step.record.what) is a dead end: it is not closed, and no status comes \"after\" it")
            }
        }
    }

    private func reached() -> Set<String> {
        var reached = Set(steps.filter(\.isStart).map(\.key))
        while true {
            let next = steps.filter { !reached.contains($0.key) && !reached.isDisjoint(with: $0.after) }.map(\.key)
            if next.isEmpty { return reached }
            reached.formUnion(next)
        }
    }
}
