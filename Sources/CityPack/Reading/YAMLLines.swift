/// How a pack is written, line by line. YAML takes more, but notices a slip lines later or takes it for something else; a pack
/// keeps to what can be checked where it stands:
/// levels of two spaces, no tabs, a quote and a brace closed on the line that opens them, and `key: value` on every other line.
struct YAMLLines {
    struct Fault: Equatable {
        let line: Int
        let message: String
    }

    static func faults(in text: String) -> [Fault] {
        var lines = YAMLLines()
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            lines.read(Array(line), number: index + 1)
        }
        if let open = lines.brackets.last { lines.faults.append(Fault(line: open, message: "this \"[\" is not closed")) }
        return lines.faults
    }

    private var faults: [Fault] = []
    /// The lines of the `[` that are open.
    private var brackets: [Int] = []
    /// Inside `key: |`: the indentation of the key.
    private var block: Int?
    /// A plain word after `- `, which the next line must not go into.
    private var plainItem: (indent: Int, line: Int)?

    private mutating func read(_ line: [UInt8], number: Int) {
        let indent = line.prefix { $0 == 32 }.count
        let rest = line[indent...]
        guard let first = rest.first(where: { $0 != 13 }) else { return }
        if let key = block {
            if indent > key { return }
            block = nil
        }
        if first == UInt8(ascii: "#") { return }
        func fault(_ message: String) { faults.append(Fault(line: number, message: message)) }
        if first == 9 { return fault("this line begins with a tab; use two spaces for each level") }
        if !brackets.isEmpty, YAMLLines.isKey(rest) {
            faults.append(Fault(line: brackets[0], message: "this \"[\" is not closed"))
            brackets = []
        }
        if brackets.isEmpty {
            if let item = plainItem, indent > item.indent {
                faults.append(Fault(line: item.line, message: "this line must be \"- key: value\", with a space after the colon"))
            }
            plainItem = nil
            if !indent.isMultiple(of: 2) { return fault("this line is moved in by \(indent) spaces; use two for each level") }
            let isItem = first == UInt8(ascii: "-") && (rest.count == 1 || rest.dropFirst().first == 32)
            if isItem {
                let item = rest.dropFirst().drop { $0 == 32 }
                if let start = item.first, YAMLLines.isWord(start), !YAMLLines.isKey(item) { plainItem = (indent, number) }
            } else if first != UInt8(ascii: "["), !YAMLLines.isKey(rest) {
                return fault("this line must be \"key: value\", with a space after the colon")
            }
        }
        scan(line, from: indent, number)
    }

    /// `word:` at the end or before a space.
    private static func isKey(_ text: ArraySlice<UInt8>) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return false }
        let isName = text[..<colon].allSatisfy { isWord($0) || $0 == 45 || $0 == 95 || $0 == 46 }
        guard isName, let next = text.dropFirst(colon - text.startIndex + 1).first else { return isName }
        return next == 32 || next == 13
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    /// Quotes, braces and brackets of one line.
    private mutating func scan(_ line: [UInt8], from start: Int, _ number: Int) {
        var index = start
        var braces = 0
        // Whether a value may begin here; a quote elsewhere is a part of a word.
        var begins = true
        func fault(_ message: String) { faults.append(Fault(line: number, message: message)) }
        while index < line.count {
            let byte = line[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard begins else {
                    if byte == UInt8(ascii: "\"") { return fault("a quote stands inside a text without quotes") }
                    break
                }
                guard let end = YAMLLines.end(ofQuote: line, from: index) else {
                    return fault("a quote is not closed on this line; for a long text write \"key: >\" and the text below")
                }
                index = end
                begins = false
            case UInt8(ascii: "{") where begins: braces += 1
            case UInt8(ascii: "}") where braces > 0: braces -= 1
            case UInt8(ascii: "[") where begins: brackets.append(number)
            case UInt8(ascii: "]"):
                if brackets.popLast() == nil { return fault("this \"]\" closes nothing") }
            case UInt8(ascii: "}"): return fault("this \"}\" closes nothing")
            case UInt8(ascii: "#") where index == start || line[index - 1] == 32: return finish(braces, number)
            case 9: return fault("this line has a tab; use spaces")
            case UInt8(ascii: "|") where begins && braces == 0 && brackets.isEmpty,
                UInt8(ascii: ">") where begins && braces == 0 && brackets.isEmpty:
                block = start
                return
            default: break
            }
            let opens = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: ",")
            let follows =
                (byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")) && index + 1 < line.count && line[index + 1] == 32
            if opens || follows { begins = true } else if byte != 32 { begins = false }
            index += 1
        }
        finish(braces, number)
    }

    private mutating func finish(_ braces: Int, _ number: Int) {
        if braces > 0 { faults.append(Fault(line: number, message: "this \"{\" is not closed on its line")) }
    }

    /// The index of the quote that closes.
    private static func end(ofQuote line: [UInt8], from start: Int) -> Int? {
        let quote = line[start]
        var index = start + 1
        while index < line.count {
            if quote == UInt8(ascii: "\""), line[index] == UInt8(ascii: "\\") { index += 2; continue }
            if line[index] == quote { return index }
            index += 1
        }
        return nil
    }
}
