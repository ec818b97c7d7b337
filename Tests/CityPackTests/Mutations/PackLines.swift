/// A pack's file as a person sees it, line by line: which key stands where, and what it belongs to. It shares nothing with the reader.
struct PackLines {
    struct Line {
        /// From 1.
        let number: Int
        let text: String
        let indent: Int
        /// Begins an item of a list, `- `.
        let isItem: Bool
        /// nil for comments, empty lines, plain items and what goes on from the line before.
        let key: String?
        /// What stands after the colon, without a comment.
        let value: String
        /// The line of the record or key that it belongs to.
        let owner: Int
        /// The keys above it, the outermost first.
        let path: [String]
        /// Goes on with a list in brackets.
        let isContinuation: Bool

        var isBlank: Bool { text.allSatisfy { $0 == " " } || text.trimmingPrefix(while: { $0 == " " }).hasPrefix("#") }
        /// The column of the key: of what comes after the dash in an item.
        var column: Int { isItem ? indent + 2 : indent }
    }

    let lines: [Line]

    init(_ text: String) {
        var lines: [Line] = []
        var open: [(column: Int, key: String, line: Int)] = []
        var items: [Int: Int] = [:]
        var depth = 0
        let first =
            1
            + (text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? 0)
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = String(raw)
            let number = index + 1
            let indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            let isContinuation = depth > 0
            let isItem = !isContinuation && rest.hasPrefix("- ")
            let body = isItem ? rest.dropFirst(2) : rest
            let isComment = rest.isEmpty || rest.hasPrefix("#")
            var key: String?
            var value = ""
            let column = isItem ? indent + 2 : indent
            if !isContinuation, !isComment, let match = body.prefixMatch(of: /([A-Za-z_.-]+):( +|$)/) {
                key = String(match.1)
                value = String(body[match.range.upperBound...])
            } else if !isComment {
                value = String(body)
            }
            if !isComment { depth += PackLines.brackets(value) }
            var owner = first
            if !isContinuation, !isComment {
                open.removeAll { $0.column >= column }
                items = items.filter { $0.key < column || ($0.key == column && !isItem) }
                if isItem { items[column] = number }
                let above = open.last
                owner = items[column] ?? above?.line ?? first
                if let key { open.append((column, key, number)) }
            }
            lines.append(
                Line(
                    number: number, text: line, indent: indent, isItem: isItem, key: key, value: value, owner: owner,
                    path: open.map(\.key), isContinuation: isContinuation))
        }
        self.lines = lines
    }

    /// `[` and `{` opened less closed, outside of quotes.
    private static func brackets(_ text: String) -> Int {
        var depth = 0
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if isQuoted { continue }
            if "[{".contains(character) { depth += 1 }
            if "]}".contains(character) { depth -= 1 }
        }
        return depth
    }

    /// The lines that belong to the key on this line: itself and what is moved in below it.
    func block(_ line: Line) -> ClosedRange<Int> {
        var last = line.number
        for next in lines[line.number...] {
            if next.text.isEmpty { break }
            guard next.isContinuation || next.indent > line.column || (next.isItem && next.indent > line.indent) else { break }
            last = next.number
        }
        return line.number...last
    }
}
