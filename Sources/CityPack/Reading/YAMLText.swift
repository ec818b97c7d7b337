internal import Yams

/// Turns a file's text into nodes that know their lines, or into the line where the YAML breaks.
enum YAMLText {
    struct Broken: Error {
        let line: Int
        let message: String
    }

    static func compose(_ text: String) throws(Broken) -> Node {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw broken(error, text: text)
        } catch {
            throw Broken(line: 1, message: "this is not YAML: \(error)")
        }
        guard let node else { throw Broken(line: 1, message: "this file is empty") }
        return node
    }

    private static func broken(_ error: YamlError, text: String) -> Broken {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // An open quote or brace, or a key without a colon, is noticed far below the line to mend.
            let begun = context.flatMap { context in
                ["quoted", "simple key", "flow"].contains { context.text.contains($0) } ? context.mark.line : nil
            }
            return Broken(line: min(begun ?? mark.line, lastLine(text)), message: sentence(context?.text, problem))
        case .reader(let problem, let offset, _, _):
            let before = text.utf8.prefix(offset ?? 0)
            return Broken(line: 1 + before.count { $0 == UInt8(ascii: "\n") }, message: sentence(nil, problem))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let name = duplicates.first ?? ""
            let line = second(name, after: context.mark, in: text) ?? context.mark.line
            return Broken(line: line, message: "\"\(name)\" stands here twice; keep one")
        default:
            return Broken(line: 1, message: "this is not YAML: \(error)")
        }
    }

    /// The last line with anything on it: the end of the file is not a line that somebody can see.
    private static func lastLine(_ text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return 1 + (lines.lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? 0)
    }

    private static func sentence(_ context: String?, _ problem: String) -> String {
        "this is not YAML: " + [context, problem].compactMap { $0 }.joined(separator: ", ")
    }

    /// The line where a key at the same depth comes again.
    private static func second(_ name: String, after mark: Mark, in text: String) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated().dropFirst(mark.line) {
            guard line.prefix(mark.column - 1).allSatisfy({ $0 == " " }) else {
                if line.trimmingPrefix(while: { $0 == " " }).hasPrefix("#") { continue }
                return nil
            }
            if line.dropFirst(mark.column - 1).hasPrefix(name + ":") { return index + 1 }
        }
        return nil
    }
}

extension Node {
    /// What stands at a key of a mapping. By the letters alone: a node's own comparison asks what type a text might have.
    func value(of key: String) -> Node? {
        guard case .mapping(let mapping) = self else { return nil }
        for (name, value) in mapping where name.scalar?.string == key { return value }
        return nil
    }
}
