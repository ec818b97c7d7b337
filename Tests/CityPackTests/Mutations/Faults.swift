/// Every fault of every kind on every line of a file, always the same ones. Whether something is a fault is decided here, by what
/// kind of thing is done to what kind of line, never by what the checker says.
struct Faults {
    let file: String
    let pack: PackLines
    private let lines: [String]
    private(set) var all: [Fault] = []

    init(file: String, text: String) {
        self.file = file
        pack = PackLines(text)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for line in pack.lines where !line.isBlank {
            structure(line)
            keys(line)
            values(line)
            texts(line)
        }
        names()
    }

    // MARK: - What a line is made of

    private mutating func structure(_ line: PackLines.Line) {
        let text = line.text
        if !line.isContinuation {
            add(.badIndent, line, with: " " + text)
            if line.indent > 0 { add(.badIndent, line, with: String(text.dropFirst())) }
        }
        if line.indent > 0 { add(.tab, line, with: "\t" + text.dropFirst(2)) }
        if let key = line.key, let colon = text.range(of: "\(key):") {
            add(.noColon, line, with: text.replacingCharacters(in: colon, with: key), orBelow: line.value.isEmpty)
            if !line.value.isEmpty, let space = text.range(of: "\(key): ") {
                add(.noColon, line, with: text.replacingCharacters(in: space, with: "\(key):"))
            }
        }
        if let quote = text.firstIndex(of: "\"") {
            add(.badQuote, line, with: text.removing(quote))
            if let last = text.lastIndex(of: "\""), last != quote { add(.badQuote, line, with: text.removing(last)) }
        }
        for bracket in ["[", "]", "{", "}"] as [Character] {
            guard let place = text.unquoted(bracket) else { continue }
            var fault = Set([line.number])
            // A list that goes on over lines is mended where it begins as well as where it ends.
            if "[]".contains(bracket) { fault.formUnion(list(around: line)) }
            add(.badBracket, lines: fault, replacing: line.number, with: text.removing(place))
        }
    }

    /// The lines of a list in brackets that this line has a part in.
    private func list(around line: PackLines.Line) -> Set<Int> {
        var numbers: Set<Int> = [line.number]
        var index = line.number - 1
        while index > 0, pack.lines[index].isContinuation { index -= 1; numbers.insert(index + 1) }
        // The key stands above when the list begins on a line of its own.
        if pack.lines[index].key == nil, index > 0 { numbers.insert(index) }
        return numbers
    }

    // MARK: - Keys

    private static let optional: Set<String> = [
        "sample", "next_by_module", "blds_once_inspected", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday", "card_rights",
    ]

    private mutating func keys(_ line: PackLines.Line) {
        for word in line.text.keys {
            add(.misspelledKey, line, with: line.text.replacingCharacters(in: word, with: String(line.text[word]).misspelled))
        }
        guard let key = line.key else { return }
        let isModule = line.path.dropLast().last == "next_by_module"
        if !line.isItem, !Faults.optional.contains(key), !isModule {
            let block = pack.block(line)
            add(
                key == "es" ? .noSpanish : .deletedKey, lines: [line.owner, line.number, above(line)], replacing: block, with: [])
        } else if line.isItem, line.number < lines.count, let next = lines[line.number...].first,
            next.hasPrefix(String(repeating: " ", count: line.column)), !next.dropFirst(line.column).hasPrefix(" ")
        {
            let moved = String(repeating: " ", count: line.indent) + "- " + next.dropFirst(line.column)
            add(.deletedKey, lines: [line.number], replacing: line.number...(line.number + 1), with: [moved])
        }
        if line.value.isEmpty || !line.value.hasPrefix("[") || line.value.hasSuffix("]") {
            add(
                .doubledKey, lines: [line.number, line.number + 1], replacing: line.number...line.number,
                with: [line.text, line.text])
        }
    }

    private func above(_ line: PackLines.Line) -> Int { max(1, line.number - 1) }

    // MARK: - Values

    private static let choices: Set<String> = [
        "module", "blds", "blds_once_inspected", "bucket", "turn", "tone", "step", "visibility", "kind", "role", "time_zone",
        "start", "open", "asks_for_case", "sample",
    ]
    private static let references: Set<String> = [
        "work_classes", "contact_types", "licenses", "rights", "card_rights", "after", "may", "topics",
    ]

    private mutating func values(_ line: PackLines.Line) {
        let key = line.key ?? line.path.last ?? ""
        let isReference = Faults.references.contains(key) && (line.key != nil ? line.value.contains("[") : true)
        if Faults.choices.contains(key) || isReference || (key == "department" && file == "topics.yaml") {
            for word in line.text.words(from: line) {
                add(
                    .misspelledName, line, with: line.text.replacingCharacters(in: word, with: String(line.text[word]).misspelled)
                )
            }
        }
        if let range = line.text.firstRange(of: #/visibility: [a-z]+, /#) {
            add(.noClass, line, with: line.text.replacingCharacters(in: range, with: ""))
        }
        if let date = line.text.firstRange(of: /\d{4}-\d\d-\d\d/) {
            add(.badDate, line, with: line.text.replacingCharacters(in: date, with: "2026-02-30"))
        }
        if ["working_days", "response_working_days"].contains(key) {
            add(.badNumber, line, with: line.text.replacing(line.value, with: "0"))
            add(.badNumber, line, with: line.text.replacing(line.value, with: "three"))
        }
        if ["phone", "inspection_line"].contains(key) || line.text.contains("\"#") || key == "prefix"
            || line.text.contains(":00-")
        {
            let last = line.text.lastIndex {
                $0.isNumber || ("A"..."Z").contains($0) || ("a"..."f").contains($0) && line.text.contains("\"#")
            }
            let place = key == "prefix" || line.text.contains("\"#") ? line.text.lastIndexInValue : last
            if let place { add(.badForm, line, with: line.text.removing(place)) }
        }
        wrongType(line)
        if key == "after", line.key != nil, let name = name(of: line) {
            add(.path, line, with: line.text.replacing(line.value, with: "[\(name)]"))
        }
    }

    private mutating func wrongType(_ line: PackLines.Line) {
        guard line.key != nil, !line.value.isEmpty else { return }
        let value = line.value
        let other: String
        if value.hasPrefix("{ value:") {
            other = "[[x]]"
        } else if value.hasPrefix("{") {
            guard !line.isItem else { return }
            other = "x"
        } else if value.hasPrefix("[") {
            guard value.hasSuffix("]") else { return }
            other = value.filter { !"[]".contains($0) }.isEmpty ? "x" : "\"" + value.filter { !"[]\"".contains($0) } + "\""
        } else {
            other = "[\(value)]"
        }
        add(.wrongType, line, with: String(line.text.dropLast(value.count)) + other)
    }

    /// The key of the item that the line belongs to.
    private func name(of line: PackLines.Line) -> String? { pack.lines[line.owner - 1].value }

    // MARK: - Texts

    private mutating func texts(_ line: PackLines.Line) {
        let text = line.text
        if let quoted = text.firstRange(of: /"[^"]+"/) {
            add(.emptyText, line, with: text.replacingCharacters(in: quoted, with: "\"\""))
        } else if line.key != nil, !line.value.isEmpty, !line.value.hasPrefix("["), !line.value.hasPrefix("{") {
            add(.emptyText, line, with: String(text.dropLast(line.value.count)) + "\"\"")
        }
        if let spanish = text.firstRange(of: /, es: "[^"]*"/) {
            add(.noSpanish, line, with: text.replacingCharacters(in: spanish, with: ""))
        }
        if ["en", "es"].contains(line.key ?? ""), let hole = text.firstRange(of: /\{[a-z]+\}/) {
            let other = Set([line.number - 1, line.number, line.number + 1])
            add(
                .placeholder, line,
                with: text.replacingCharacters(in: hole, with: "{" + String(text[hole].dropFirst().dropLast()).misspelled + "}"))
            let gone = text.replacing(text[hole], with: "x")
            add(.placeholder, lines: other, replacing: line.number...line.number, with: [gone])
        }
    }

    // MARK: - Names that must be their own

    private mutating func names() {
        var before: [String: String] = [:]
        for line in pack.lines where !line.isBlank {
            let list = line.path.first ?? ""
            if line.key == "import_names", line.value != "[]" {
                if let earlier = before["\(list) import"] {
                    add(.doubledImport, line, with: line.text.replacing(line.value, with: earlier))
                }
                before["\(list) import"] = line.value
            }
            if line.isItem, line.key == "key" {
                if let earlier = before["\(list) key"] {
                    add(.doubledName, line, with: line.text.replacing(line.value, with: earlier))
                }
                before["\(list) key"] = line.value
                // A work class, a contact type and a status must be used by somebody: its own name misspelled shows there.
                if ["work_classes", "contact_types"].contains(list) || file == "modules.yaml" || file == "notices.yaml" {
                    add(.misspelledName, line, with: line.text.replacing(line.value, with: line.value.misspelled))
                }
            }
            if line.key == "prefix", !line.value.hasPrefix("{") {
                if let earlier = before["prefix"] {
                    add(.doubledName, line, with: line.text.replacing(line.value, with: earlier))
                }
                before["prefix"] = line.value
            }
            if file == "fields.yaml", let name = line.text.firstMatch(of: /name: ([a-z_]+)/) {
                add(
                    .misspelledName, line,
                    with: line.text.replacing("name: \(name.1)", with: "name: \(String(name.1).misspelled)"))
            }
        }
    }

    // MARK: - Collecting

    private mutating func add(_ kind: Fault.Kind, _ line: PackLines.Line, with text: String, orBelow: Bool = false) {
        add(
            kind, lines: orBelow ? [line.number, line.number + 1] : [line.number], replacing: line.number...line.number,
            with: [text])
    }

    private mutating func add(_ kind: Fault.Kind, lines numbers: Set<Int>, replacing number: Int, with text: String) {
        add(kind, lines: numbers, replacing: number...number, with: [text])
    }

    private mutating func add(
        _ kind: Fault.Kind, lines numbers: Set<Int>, replacing range: ClosedRange<Int>, with texts: [String]
    ) {
        var changed = lines
        changed.replaceSubrange((range.lowerBound - 1)...(range.upperBound - 1), with: texts)
        all.append(Fault(file: file, kind: kind, place: range.lowerBound, lines: numbers, text: changed.joined(separator: "\n")))
    }
}
