public import Core
public import Database
public import Primitives

/// Who the city knows (B), and how accounts come to act for them (C).
public struct ContactsFeature: Feature {
    public init() {}
    public let name = "Contacts"
    public var words: WordSource? { contactsWords }
    public var migrations: [Migration] { contactsMigrations }
    public var accessRules: [AccessRule] { ContactAccess.rules }
    public var reactions: [Reaction] { [ClaimWriter.reaction] }
    public var effects: [Effect] { [] }
    public var tellings: [FactTelling] { [] }
    public var routes: [Route] { [] }
}
