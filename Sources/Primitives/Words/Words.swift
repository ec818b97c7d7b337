internal import Foundation
internal import Yams

/// The name of a sentence in `Words/*.yaml`, written as its dotted path: `"register.title"`.
public struct WordKey: Sendable, Hashable, ExpressibleByStringLiteral {
    public let name: String
    public init(stringLiteral value: String) { name = value }
    public init(_ name: String) { self.name = name }
}

/// Where a module keeps its words: a folder with `en.yaml` and `es.yaml`.
public struct WordSource: Sendable {
    public let module: String
    public let folder: String
    public init(module: String, folder: String) {
        self.module = module
        self.folder = folder
    }
}

/// Every sentence of the portal in every language (A9). Made once at the start; a fault in a file stops the start.
public struct Words: Sendable {
    public struct Problem: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// A sentence with its holes; plural forms by CLDR category.
    struct Entry: Sendable {
        var forms: [String: [Piece]]
        enum Piece: Sendable, Equatable { case text(String), hole(String) }

        var holes: Set<String> {
            Set(forms.values.joined().compactMap { if case .hole(let name) = $0 { name } else { nil } })
        }
    }

    private var entries: [Language: [String: Entry]] = [:]

    public init(_ sources: [WordSource]) throws(Problem) {
        for source in sources {
            for language in Language.allCases {
                let file = "\(source.folder)/\(language.rawValue).yaml"
                guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                    throw Problem(description: "\(source.module): \(language.rawValue).yaml cannot be read at \(source.folder).")
                }
                do {
                    guard let node = try Yams.compose(yaml: text) else { continue }
                    try add(node, path: "", language: language, file: "\(source.module)/Words/\(language.rawValue).yaml")
                } catch let problem as Problem {
                    throw problem
                } catch {
                    throw Problem(description: "\(source.module)/Words/\(language.rawValue).yaml: \(error)")
                }
            }
        }
    }

    private mutating func add(_ node: Node, path: String, language: Language, file: String) throws {
        switch node {
        case .mapping(let mapping):
            let keys = mapping.keys.compactMap(\.string)
            if keys.contains("other"), keys.allSatisfy({ ["zero", "one", "many", "other"].contains($0) }) {
                var forms: [String: [Entry.Piece]] = [:]
                for (key, value) in mapping { forms[key.string ?? ""] = Words.pieces(value.string ?? "") }
                try insert(Entry(forms: forms), path, language, file)
            } else {
                for (key, value) in mapping {
                    guard let name = key.string else { continue }
                    try add(value, path: path.isEmpty ? name : "\(path).\(name)", language: language, file: file)
                }
            }
        case .scalar(let scalar):
            try insert(Entry(forms: ["other": Words.pieces(scalar.string)]), path, language, file)
        default:
            throw Problem(description: "\(file): \(path) must be a sentence or plural forms.")
        }
    }

    private mutating func insert(_ entry: Entry, _ path: String, _ language: Language, _ file: String) throws {
        guard entries[language, default: [:]].updateValue(entry, forKey: path) == nil else {
            throw Problem(description: "\(file): \(path) is already the name of another sentence.")
        }
    }

    /// With a city's own sentences in place of the program's. One whose name is not known, or that has a hole which the program
    /// does not fill, is left out: the pack may be from another version.
    public func with(_ sentences: [String: LocalizedText]) -> Words {
        var copy = self
        for (key, text) in sentences {
            guard let own = entries[.english]?[key], own.forms.count == 1 else { continue }
            let known = own.holes
            for language in Language.allCases {
                let entry = Entry(forms: ["other": Words.pieces(text[language])])
                if entry.holes.isSubset(of: known) { copy.entries[language]?[key] = entry }
            }
        }
        return copy
    }

    static func pieces(_ text: String) -> [Entry.Piece] {
        var result: [Entry.Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { result.append(.text(String(rest[..<open]))) }
            result.append(.hole(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { result.append(.text(String(rest))) }
        return result
    }

    public func contains(_ key: WordKey) -> Bool { entries[.english]?[key.name] != nil }

    /// The sentence in that language. A key that is not there comes out in brackets; a test finds those before a person does.
    public func text(_ key: WordKey, _ arguments: [String: WordArgument], in language: Language) -> String {
        guard let entry = entries[language]?[key.name] ?? entries[.english]?[key.name] else { return "⟦\(key.name)⟧" }
        var form = "other"
        if case .number(let count)? = arguments["count"] { form = language.pluralForm(count) }
        let pieces = entry.forms[form] ?? entry.forms["other"] ?? []
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .hole(let name): result += arguments[name]?.text(in: language) ?? "⟦\(name)⟧"
            }
        }
        return result
    }

    /// For the test of the words: every key of a language with the holes of its sentence.
    public func holes(in language: Language) -> [String: Set<String>] {
        (entries[language] ?? [:]).mapValues(\.holes)
    }

    /// For the test of the words: the plural forms each key has.
    public func forms(in language: Language) -> [String: Set<String>] {
        (entries[language] ?? [:]).mapValues { Set($0.forms.keys) }
    }
}

extension Language {
    /// The CLDR plural category of a whole number. Spanish has `many` for millions ("un millón de casos").
    func pluralForm(_ count: Int) -> String {
        switch self {
        case .english: count == 1 ? "one" : "other"
        case .spanish: count == 1 ? "one" : (count != 0 && count % 1_000_000 == 0 ? "many" : "other")
        }
    }
}
