public import Database
public import Primitives

/// What a fact is about: a case, a contact, an account, the city.
public struct Subject: Sendable, Hashable, LosslessStringConvertible {
    public enum Kind: String, Sendable, CaseIterable { case `case`, contact, account, city, request }
    public let kind: Kind
    public let id: Int64

    public init(_ kind: Kind, _ id: Int64) {
        self.kind = kind
        self.id = id
    }
    public static func `case`(_ id: CaseID) -> Subject { Subject(.case, id.value) }
    public static func contact(_ id: ContactID) -> Subject { Subject(.contact, id.value) }
    public static func account(_ id: AccountID) -> Subject { Subject(.account, id.value) }
    public static let city = Subject(.city, 1)

    public init?(_ description: String) {
        let parts = description.split(separator: ":")
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let id = Int64(parts[1]) else { return nil }
        self.init(kind, id)
    }
    public var description: String { "\(kind.rawValue):\(id)" }
}

/// What happened, as a name: `contact.linked`. Each module declares its own.
public struct FactKind: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// Where a fact comes from. Effects (mail, webhooks) run for live ones only.
public enum Origin: String, Sendable, CaseIterable, SQLConvertible {
    case live
    case imported = "import"
    case demo, migration
}

/// A fact before it is recorded.
public struct NewFact: Sendable {
    public let kind: FactKind
    /// The subject in whose chain it stands.
    public let subject: Subject
    /// Other subjects whose timelines show it.
    public let references: [Subject]
    /// What its sentence needs, and what changed. Never a secret.
    public let arguments: [String: JSON]
    public let before: JSON
    public let after: JSON
    public let why: String?

    public init(
        _ kind: FactKind, about subject: Subject, and references: [Subject] = [], _ arguments: [String: JSON] = [:],
        before: JSON = .null, after: JSON = .null, why: String? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.references = references
        self.arguments = arguments
        self.before = before
        self.after = after
        self.why = why
    }

    var payload: String {
        var members: [String: JSON] = ["arguments": .object(arguments)]
        if before != .null { members["before"] = before }
        if after != .null { members["after"] = after }
        if let why { members["why"] = .string(why) }
        return JSON.object(members).description
    }
}

/// One entry of the log: who, on behalf of whom, when, about what, and what (K3).
public struct Fact: Sendable {
    public let id: Int64
    public let subject: Subject
    public let sequence: Int64
    public let at: Instant
    public let actor: String
    public let onBehalfOf: ContactID?
    public let kind: FactKind
    public let origin: Origin
    /// Empty after lawful disposal; the chain still verifies.
    public let arguments: [String: JSON]
    public let why: String?

    public func text(_ name: String) -> String { arguments[name]?.string ?? "" }
    public func number(_ name: String) -> Int64? { arguments[name]?.integer }
}
