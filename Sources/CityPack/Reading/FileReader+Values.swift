internal import Primitives
internal import Yams

/// Getters. A missing key is reported by `record`, so these stay silent about it; a wrong value is reported here.
extension FileReader {
    mutating func text(_ key: String, in record: Record) -> String? { located(key, in: record)?.value }

    mutating func located(_ key: String, in record: Record) -> Located<String>? {
        guard let entry = record.entries[key] else { return nil }
        guard case .scalar(let scalar) = entry.node else {
            report(entry.line, "\"\(key)\" of \(record.what) must be a text")
            return nil
        }
        let text = tidied(scalar.string)
        guard !text.isEmpty else {
            report(entry.line, "\"\(key)\" of \(record.what) is empty")
            return nil
        }
        return Located(value: text, line: entry.line)
    }

    /// `{ en: …, es: … }`, both said (A9).
    /// - Parameters:
    ///   - placeholders: what may stand in braces; nil when anything may.
    ///   - all: each of them must be there.
    mutating func words(
        _ key: String, in record: Record, placeholders: Set<String>? = [], all: Bool = false
    ) -> LocalizedText? {
        guard let entry = record.entries[key] else { return nil }
        let what = "\"\(key)\" of \(record.what)"
        guard case .mapping(let mapping) = entry.node else {
            report(entry.line, "\(what) must have both languages: { en: …, es: … }")
            return nil
        }
        var said: [String: Located<String>] = [:]
        var unknown: [Located<String>] = []
        for (language, value) in mapping {
            let name = language.scalar?.string ?? ""
            let line = line(of: language)
            guard Language(rawValue: name) != nil else {
                unknown.append(Located(value: name, line: line))
                continue
            }
            said[name] = Located(value: value.scalar.map { prose($0.string) } ?? "", line: line)
            if said[name]?.value == "" { report(line, "\(what) is empty in \"\(name)\"") }
        }
        let missing = [("en", "English"), ("es", "Spanish")].filter { said[$0.0] == nil }
        // One language missing and one unknown is one mistake.
        let meant = missing.count == 1 && unknown.count == 1 ? missing.first?.0 : nil
        for name in unknown {
            let clause = meant.map { "; did you mean \"\($0)\"?" } ?? ""
            report(name.line, "\(what) has an unknown language \"\(name.value)\"" + clause)
        }
        for (language, name) in missing where meant == nil {
            report(entry.line, "\(what) has no \(name) (\"\(language)\")")
        }
        guard let english = said["en"], let spanish = said["es"], !english.value.isEmpty, !spanish.value.isEmpty else {
            return nil
        }
        if let placeholders { judge(placeholders, all: all, english, spanish, what) }
        return LocalizedText(english: english.value, spanish: spanish.value)
    }

    /// Both languages say the same things, and nothing that would stay in braces.
    private mutating func judge(
        _ known: Set<String>, all: Bool, _ english: Located<String>, _ spanish: Located<String>, _ what: String
    ) {
        let holes = [english, spanish].map { Placeholders.names(in: $0.value) }
        var hasUnknown = false
        for (text, names) in zip([english, spanish], holes) {
            for name in names.subtracting(known).sorted() {
                hasUnknown = true
                let clause = Suggestion.clause(for: name, among: known.sorted())
                judge(text.line, "\(what) has a placeholder {\(name)} that nothing fills" + clause)
            }
            let closed = Placeholders.all(in: text.value).count
            if text.value.count(where: { $0 == "{" }) != closed || text.value.count(where: { $0 == "}" }) != closed {
                judge(text.line, "\(what) has a brace that is not closed")
            }
        }
        guard !hasUnknown else { return }
        for (text, name) in [(english, "English"), (spanish, "Spanish")] {
            let own = Placeholders.names(in: text.value)
            let wanted = all ? known : holes[0].union(holes[1])
            for hole in wanted.subtracting(own).sorted() {
                judge(text.line, "\(what) has no {\(hole)} in its \(name)")
            }
        }
    }

    /// A list of texts; `[]` is a list. A single text is not.
    mutating func list(_ key: String, in record: Record, mayBeEmpty: Bool = false) -> [Located<String>]? {
        guard let entry = record.entries[key] else { return nil }
        guard case .sequence(let sequence) = entry.node else {
            report(entry.line, "\"\(key)\" of \(record.what) must be a list: [ …, … ]")
            return nil
        }
        if sequence.isEmpty, !mayBeEmpty { report(entry.line, "\"\(key)\" of \(record.what) is empty") }
        var result: [Located<String>] = []
        for node in sequence {
            guard let scalar = node.scalar, case let text = tidied(scalar.string), !text.isEmpty else {
                report(line(of: node), "\"\(key)\" of \(record.what) has an item that is not a text")
                continue
            }
            result.append(Located(value: text, line: line(of: node)))
        }
        return result
    }

    /// How many items the list has; nil when there is none.
    func listed(_ key: String, in record: Record) -> Int? { record.entries[key]?.node.sequence?.count }

    /// One word of a closed set.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, in record: Record) -> Choice?
    where Choice.RawValue == String {
        guard let word = choice(key, among: Choice.allCases.map(\.rawValue), in: record) else { return nil }
        return Choice(rawValue: word)
    }

    /// - Parameter known: nil when the file that declares them could not be read: then anything is taken.
    mutating func choice(_ key: String, among known: [String]?, in record: Record) -> String? {
        guard let word = located(key, in: record) else { return nil }
        guard let known else { return word.value }
        return isKnown(word, among: known, what: "\"\(key)\" of \(record.what)") ? word.value : nil
    }

    /// Words of a closed set, each at most once.
    mutating func choices(
        _ key: String, among known: [String]?, in record: Record, mayBeEmpty: Bool = false
    ) -> [String]? {
        guard let words = list(key, in: record, mayBeEmpty: mayBeEmpty) else { return nil }
        var result: [String] = []
        for word in words {
            if let known, !isKnown(word, among: known, what: "\"\(key)\" of \(record.what)") { continue }
            if result.contains(word.value) {
                report(word.line, "\"\(key)\" of \(record.what) has \"\(word.value)\" twice")
            } else {
                result.append(word.value)
            }
        }
        return result
    }

    private mutating func isKnown(_ word: Located<String>, among known: [String], what: String) -> Bool {
        if known.contains(word.value) { return true }
        let clause = Suggestion.clause(for: word.value, among: known)
        let help = clause.isEmpty ? "; it can be " + known.joined(separator: ", ") : clause
        report(word.line, "\(what) cannot be \"\(word.value)\"" + help)
        return false
    }

    mutating func flag(_ key: String, in record: Record) -> Bool? {
        choice(key, among: ["true", "false"], in: record).map { $0 == "true" }
    }

    /// `key: true`, or not there.
    mutating func onlyTrue(_ key: String, in record: Record) -> Bool {
        guard let word = located(key, in: record) else { return false }
        if word.value != "true" { report(word.line, "\"\(key)\" of \(record.what) can only be true; leave it out otherwise") }
        return word.value == "true"
    }

    mutating func phone(_ key: String, in record: Record) -> String? {
        text(key, in: record, form: "303-441-1880") { text in
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            return parts.map(\.count) == [3, 3, 4] && parts.joined().utf8.allSatisfy { (48...57).contains($0) }
        }
    }

    mutating func email(_ key: String, in record: Record) -> String? {
        text(key, in: record, form: "permits@example.gov") { FoldedEmail($0) != nil }
    }

    mutating func count(_ key: String, in record: Record, _ range: ClosedRange<Int>) -> Int? {
        guard let text = located(key, in: record) else { return nil }
        if let number = Int(text.value), range.contains(number) { return number }
        report(text.line, "\"\(key)\" of \(record.what) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func date(_ text: Located<String>, what: String) -> CivilDate? {
        if let date = CivilDate(text.value) { return date }
        report(text.line, "\(what) must be a day that exists, as 2018-04-09; \"\(text.value)\" is not")
        return nil
    }

    /// A text that `accepts` lets through; `form` says how it should look.
    mutating func text(_ key: String, in record: Record, form: String, accepts: (String) -> Bool) -> String? {
        guard let text = located(key, in: record) else { return nil }
        if accepts(text.value) { return text.value }
        report(text.line, "\"\(key)\" of \(record.what) must look like \(form); \"\(text.value)\" does not")
        return nil
    }

    /// Names from an older system; `seen` holds those of the records before, because two meanings for one name is no meaning.
    mutating func importNames(in record: Record, seen: inout [String: Int]) -> [String]? {
        guard let names = list("import_names", in: record, mayBeEmpty: true) else { return nil }
        for name in names {
            if let first = seen.updateValue(name.line, forKey: foldedForSearch(name.value)) {
                report(name.line, "import name \"\(name.value)\" of \(record.what) stands already on line \(first)")
            }
        }
        return names.map(\.value)
    }
}

/// A sentence for people, tidied. A space at which no line may end, as in "4 p.m.", stays one.
private func prose(_ text: String) -> String {
    text.split(separator: "\u{00A0}", omittingEmptySubsequences: false).map { tidied(String($0)) }.joined(separator: "\u{00A0}")
}
