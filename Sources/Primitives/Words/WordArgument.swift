/// What may stand in a hole of a sentence. Dates and amounts are written the city's way for the language.
public enum WordArgument: Sendable, Hashable, Codable {
    case text(String)
    case number(Int)
    case date(CivilDate)
    case money(Money)
    /// What was put into words when it happened, in every language.
    case spoken([Language: String])

    public func text(in language: Language) -> String {
        switch self {
        case .text(let text): text
        case .number(let number): grouped(number)
        case .date(let date): date.long(in: language)
        case .money(let money): money.description
        case .spoken(let texts): texts[language] ?? texts[.english] ?? ""
        }
    }
}

extension WordArgument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .number(value) }
}

/// A sentence that is kept and said later, in the language of whoever reads it.
public struct Phrase: Sendable, Hashable, Codable {
    public let key: String
    public let arguments: [String: WordArgument]

    public init(_ key: WordKey, _ arguments: [String: WordArgument] = [:]) {
        self.key = key.name
        self.arguments = arguments
    }
}

/// The words in one language: what a page or a mail speaks with. `t("register.title")`.
public struct Voice: Sendable {
    public let words: Words
    public let language: Language

    public init(_ words: Words, _ language: Language) {
        self.words = words
        self.language = language
    }

    public func callAsFunction(_ key: WordKey, _ arguments: [String: WordArgument] = [:]) -> String {
        words.text(key, arguments, in: language)
    }
    public func callAsFunction(_ phrase: Phrase) -> String {
        words.text(WordKey(phrase.key), phrase.arguments, in: language)
    }
    public func callAsFunction(_ text: LocalizedText) -> String { text[language] }
}

extension CivilDate {
    /// `March 19, 2021` · `19 de marzo de 2021`
    public func long(in language: Language) -> String {
        switch language {
        case .english: "\(CivilDate.englishMonths[month - 1]) \(day), \(year)"
        case .spanish: "\(day) de \(CivilDate.spanishMonths[month - 1]) de \(year)"
        }
    }

    /// `Mar 19, 2021` · `19 mar 2021`: for tables.
    public func short(in language: Language) -> String {
        switch language {
        case .english: "\(CivilDate.englishMonths[month - 1].prefix(3)) \(day), \(year)"
        case .spanish: "\(day) \(CivilDate.spanishMonths[month - 1].prefix(3)) \(year)"
        }
    }

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let spanishMonths = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]
}
