internal import Primitives

/// `topics.yaml`: what people ask the help desk about (I1, I2).
enum TopicsFile {
    static let name = "topics.yaml"
    static let keys = FileReader.Keys(required: ["topics"])
    private static let topicKeys = FileReader.Keys(
        required: ["name", "explanation", "kind", "department", "role", "working_days", "asks_for_case"])

    /// - Parameters: the keys of the files they stand in; nil when that file could not be read.
    static func read(_ root: Record, departments: [String]?, roles: [String]?, _ reader: inout FileReader) -> [HelpTopic] {
        var result: [HelpTopic] = []
        for (key, record) in reader.records("topics", in: root, kind: "topic", id: "key", topicKeys, mayBeEmpty: reader.isStored)
        {
            let name = reader.words("name", in: record)
            let explanation = reader.words("explanation", in: record)
            let kind: TopicKind? = reader.choice("kind", in: record)
            let department = reader.choice("department", among: departments, in: record)
            let role = reader.choice("role", among: roles, in: record)
            let days = reader.count("working_days", in: record, 1...60)
            let asks = reader.flag("asks_for_case", in: record)
            guard let name, let explanation, let kind, let department, let role, let days, let asks else { continue }
            result.append(
                HelpTopic(
                    key: key, name: name, explanation: explanation, kind: kind, department: department, role: role,
                    workingDays: days, asksForCase: asks))
        }
        return result
    }
}

/// `macros.yaml`: answers that staff give often.
enum MacrosFile {
    static let name = "macros.yaml"
    static let keys = FileReader.Keys(required: ["macros"])

    static func read(_ root: Record, topics: [String]?, _ reader: inout FileReader) -> [Macro] {
        let items = reader.records(
            "macros", in: root, kind: "macro", id: "key", FileReader.Keys(required: ["name", "text", "topics"]), mayBeEmpty: true)
        return items.compactMap { key, record in
            let name = reader.words("name", in: record)
            let text = reader.words("text", in: record, placeholders: Macro.placeholders)
            let topics = reader.choices("topics", among: topics, in: record)
            guard let name, let text, let topics else { return nil }
            return Macro(key: key, name: name, text: text, topics: topics)
        }
    }
}

/// `notices.yaml`: sentences of mails in the city's own words.
enum NoticesFile {
    static let name = "notices.yaml"
    static let keys = FileReader.Keys(required: ["notices"])

    /// - Parameter known: the program's sentences with their placeholders; nil when nobody said.
    static func read(_ root: Record, known: [String: Set<String>]?, _ reader: inout FileReader) -> [CityNotice] {
        let items = reader.records(
            "notices", in: root, kind: "notice", id: "key", FileReader.Keys(required: ["text"]), mayBeEmpty: true, hasDots: true)
        return items.compactMap { key, record in
            if let known, known[key] == nil {
                reader.judge(
                    record.entries["key"]?.line ?? record.line,
                    "no mail has a sentence \"\(key)\"" + Suggestion.clause(for: key, among: known.keys.sorted()))
            }
            let text = reader.words("text", in: record, placeholders: known.map { $0[key] ?? [] }, all: true)
            return text.map { CityNotice(key: key, text: $0) }
        }
    }
}
