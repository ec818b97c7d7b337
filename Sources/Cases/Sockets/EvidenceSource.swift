public import Core
public import Database
public import Primitives
public import Web

/// Something that people have on paper and that shows which record is theirs (C2): a page asks for it, and whoever owns the records
/// compares. What follows is decided in one place, by the rules of C1.
public struct EvidenceSource: Sendable {
    /// What the answers name.
    public struct Found: Sendable {
        public let contact: ContactID
        /// Whose paper it is. Where whoever shows it has a part in this case that carries money, it may be another party's: the portal
        /// shows them the same.
        public let caseID: CaseID
        /// What was shown, for lists and letters: "Invoice 1042".
        public let name: Phrase
        /// How we know, as a short sentence for the audit. Never what has to be kept secret.
        public let evidence: String

        public init(contact: ContactID, on caseID: CaseID, name: Phrase, evidence: String) {
            self.contact = contact
            self.caseID = caseID
            self.name = name
            self.evidence = evidence
        }
    }

    /// Names it in addresses and facts: `invoice`.
    public let key: String
    public let title: WordKey
    public let explanation: WordKey
    /// The questions, in order; at least one.
    public let fields: [Field<String>]
    /// What is guessed at with these answers, known or not: tries are limited for each.
    public let target: @Sendable ([String]) -> String
    /// The live contact that the answers name, or nil: whatever is wrong, by the same one question. What stands on a confidential case
    /// or a draft is no evidence.
    public let find: @Sendable ([String], Connection) throws -> Found?

    public init(
        key: String, title: WordKey, explanation: WordKey, fields: [Field<String>],
        target: @escaping @Sendable ([String]) -> String,
        find: @escaping @Sendable ([String], Connection) throws -> Found?
    ) {
        self.key = key
        self.title = title
        self.explanation = explanation
        self.fields = fields
        self.target = target
        self.find = find
    }
}
