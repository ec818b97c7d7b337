internal import Primitives
internal import Yams

/// A value and the line where it stands.
struct Located<Value> {
    let value: Value
    let line: Int
}

/// One mapping of a file, its keys known and unwrapped. Getters are on `FileReader`, which collects what is wrong.
struct Record {
    struct Entry {
        let line: Int
        let node: Node
    }

    /// How messages name it: `status "in-review"`.
    let what: String
    let line: Int
    let entries: [String: Entry]
}

/// Reads one file and collects every problem in it instead of stopping at the first.
struct FileReader {
    let file: String
    private(set) var problems: [PackProblem] = []
    private(set) var samples: [SampleValue] = []
    /// Keys of the records read so far, also of those with problems: names that other files may use.
    private(set) var declared: [Located<String>] = []

    /// A version that the database kept is taken as it is: what was asked for later may be missing, and it is not judged again.
    let isStored: Bool

    init(file: String, isStored: Bool = false) {
        self.file = file
        self.isStored = isStored
    }

    /// A rule of today that the file breaks although every value could be read.
    mutating func judge(_ line: Int, _ message: String) {
        if !isStored { report(line, message) }
    }

    mutating func report(_ line: Int, _ message: String) {
        problems.append(PackProblem(file: file, line: line, message: message))
    }

    func line(of node: Node) -> Int { node.mark?.line ?? 1 }

    // MARK: Records

    /// The whole file as one record.
    mutating func root(_ node: Node, _ keys: Keys) -> Record? {
        record(node, what: "this file", keys)
    }

    /// The keys of a kind of record.
    struct Keys {
        let required: [String]
        /// Required since a later version of the program: a stored pack may lack them.
        var now: [String] = []
        /// Taken in a stored pack only.
        var older: [String] = []
        var optional: [String] = []
    }

    /// Reports unknown and missing keys. A misspelled key is reported once, as misspelled and not as missing too.
    mutating func record(_ node: Node, what: String, _ keys: Keys) -> Record? {
        guard case .mapping(let mapping) = node else {
            report(line(of: node), "\(what) must be lines of \"key: value\"")
            return nil
        }
        let required = isStored ? keys.required : keys.required + keys.now
        let optional = isStored ? keys.optional + keys.now + keys.older : keys.optional
        let known = required + optional + ["sample"]
        var entries: [String: Record.Entry] = [:]
        var meant: Set<String> = []
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                judge(line(of: key), "\(what) has an unknown key \"\(name)\"" + Suggestion.clause(for: name, among: known))
                Suggestion.nearest(to: name, among: known).map { _ = meant.insert($0) }
                continue
            }
            if name == "sample" {
                markSample(value, line: line(of: key), what: what)
            } else {
                entries[name] = unwrapped(name, value, line: line(of: key), what: what)
            }
        }
        for name in required where entries[name] == nil && !meant.contains(name) {
            report(line(of: node), "\(what) has no \"\(name)\"")
        }
        return Record(what: what, line: line(of: node), entries: entries)
    }

    /// The list below `key`, each item a record with its own name in `id` ("key" or "name"). Names must be unique.
    mutating func records(
        _ key: String, in parent: Record, kind: String, id: String, _ keys: Keys, mayBeEmpty: Bool = false, hasDots: Bool = false
    ) -> [(id: String, record: Record)] {
        guard let entry = parent.entries[key] else { return [] }
        guard case .sequence(let sequence) = entry.node, mayBeEmpty || !sequence.isEmpty else {
            report(entry.line, "\"\(key)\" must be a list, each item beginning with \"- \(id):\"")
            return []
        }
        var result: [(id: String, record: Record)] = []
        var seen: [String: Int] = [:]
        for node in sequence {
            let name = node.value(of: id)?.scalar?.string ?? ""
            let what = name.isEmpty ? "this \(kind)" : "\(kind) \"\(name)\""
            let keys = Keys(required: [id] + keys.required, now: keys.now, older: keys.older, optional: keys.optional)
            guard let record = record(node, what: what, keys) else { continue }
            guard let entry = record.entries[id], let name = text(id, in: record) else { continue }
            if !hasDots, !isName(name) {
                report(entry.line, "\"\(id)\" of \(what) must be small letters, digits, \"-\" and \"_\", a letter first")
            }
            if let first = seen[name] {
                report(entry.line, "\(what) stands already on line \(first); keep one")
            } else {
                seen[name] = entry.line
                declared.append(Located(value: name, line: entry.line))
            }
            result.append((name, record))
        }
        return result
    }

    private func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (97...122).contains(first) else { return false }
        return text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }

    // MARK: Samples

    /// `key: { value: X, sample: true }` stands for `key: X` and says that X is invented.
    private mutating func unwrapped(_ key: String, _ node: Node, line keyLine: Int, what: String) -> Record.Entry {
        guard case .mapping(let mapping) = node, let value = node.value(of: "value") else {
            return Record.Entry(line: keyLine, node: node)
        }
        for (name, inner) in mapping where name.scalar?.string != "value" {
            if name.scalar?.string == "sample" {
                markSample(inner, line: line(of: name), what: "\"\(key)\" of \(what)")
            } else {
                let text = name.scalar?.string ?? ""
                let clause = Suggestion.clause(for: text, among: ["value", "sample"])
                report(line(of: name), "\"\(key)\" of \(what) has an unknown key \"\(text)\"" + clause)
            }
        }
        return Record.Entry(line: keyLine, node: value)
    }

    private mutating func markSample(_ node: Node, line: Int, what: String) {
        guard node.scalar?.string == "true" else {
            report(line, "\"sample\" of \(what) can only be true; leave it out otherwise")
            return
        }
        samples.append(SampleValue(file: file, line: line, what: what))
    }
}
