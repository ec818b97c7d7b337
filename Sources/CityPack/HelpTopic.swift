public import Primitives

/// What the help desk does with a question of a topic (I1).
public enum TopicKind: String, Sendable, CaseIterable, Codable {
    /// Somebody wants to see a case.
    case caseAccess = "case-access"
    /// A contact record is wrong.
    case contactCorrection = "contact-correction"
    /// A company says which of its addresses is the first.
    case primaryEmail = "primary-email"
    case accountTrouble = "account-trouble"
    case question
}

/// Something people ask the help desk about: who answers it, and by when (I1, I2).
public struct HelpTopic: Sendable, Hashable {
    /// Stable and in stored rows.
    public let key: String
    public let name: LocalizedText
    public let explanation: LocalizedText
    public let kind: TopicKind
    /// The key of the department that answers.
    public let department: String
    /// The key of the staff role that answers.
    public let role: String
    /// It is answered within so many working days.
    public let workingDays: Int
    /// Whether the form asks for a case number.
    public let asksForCase: Bool
}

/// An answer that staff give often, ready to be changed and sent.
public struct Macro: Sendable, Hashable {
    public let key: String
    public let name: LocalizedText
    /// With placeholders; `text(name:number:phone:)` fills them.
    public let text: LocalizedText
    /// Keys of the topics it fits.
    public let topics: [String]

    /// What stands for the person's name, the number of the request, and the department's phone.
    public static let placeholders: Set<String> = ["name", "number", "phone"]

    public func text(name: String, number: String, phone: String) -> LocalizedText {
        func said(_ text: String) -> String {
            text.replacing("{number}", with: number).replacing("{phone}", with: phone).replacing("{name}", with: name)
        }
        return LocalizedText(english: said(text.english), spanish: said(text.spanish))
    }
}

/// The city's own words for a sentence of a mail.
public struct CityNotice: Sendable, Hashable {
    /// The program's name of the sentence: `accounts.mail.closing`.
    public let key: String
    public let text: LocalizedText
}

/// What a person on the city's side is there for, and what that carries (K2).
public struct RoleDeclaration: Sendable, Hashable {
    /// Stable and in stored rows: `contact-steward`.
    public let key: String
    public let name: LocalizedText
    public let explanation: LocalizedText
    /// The program's names of what the role carries, in the order of the file.
    public let may: [String]
}
