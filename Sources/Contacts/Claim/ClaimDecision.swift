public import Core

/// A contact that carries the address somebody has just proven, as far as C1 asks about it. Contacts that were merged are one
/// candidate.
public struct ClaimCandidate: Sendable, Hashable {
    public let contact: ContactID
    public let kind: Contact.Kind
    /// A company that stands for itself, not under another one: its organization's primary contact (B2).
    public var isPrimary: Bool
    /// Somebody else owns the organization already.
    public var hasOwner = false
    /// Another account acts as it.
    public var isTaken = false
    /// This account acts as it already.
    public var isMine = false
    /// This account once acted as it, and somebody ended that.
    public var wasEnded = false

    public init(_ contact: ContactID, _ kind: Contact.Kind, isPrimary: Bool) {
        self.contact = contact
        self.kind = kind
        self.isPrimary = isPrimary
    }
}

/// What a proven address leads to (C1). Never a silent guess: whatever is not certain goes to a steward.
public struct ClaimDecision: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        /// No contact has this address.
        case nothing
        /// The account acts as the contact already.
        case alreadyYours(ContactID)
        /// (a)
        case linkPerson(ContactID)
        /// (b)
        case firstOwner(ContactID)
        /// (c)
        case joinRequest(ContactID)
        /// A steward must decide.
        case undecided

        /// How the decision is kept.
        public enum Name: String, Sendable, CaseIterable {
            case nothing
            case alreadyYours = "already-yours"
            case linkPerson = "link-person"
            case firstOwner = "first-owner"
            case joinRequest = "join-request"
            case undecided
        }

        public var name: Name {
            switch self {
            case .nothing: .nothing
            case .alreadyYours: .alreadyYours
            case .linkPerson: .linkPerson
            case .firstOwner: .firstOwner
            case .joinRequest: .joinRequest
            case .undecided: .undecided
            }
        }

        public var contact: ContactID? {
            switch self {
            case .nothing, .undecided: nil
            case .alreadyYours(let id), .linkPerson(let id), .firstOwner(let id), .joinRequest(let id): id
            }
        }
    }

    public let outcome: Outcome
    /// What a steward has to look at, and why; empty when everything is decided.
    public let undecided: [ContactID]
    public let reason: UndecidedReason?

    init(_ outcome: Outcome, undecided: [ContactID] = [], _ reason: UndecidedReason? = nil) {
        self.outcome = outcome
        self.undecided = undecided
        self.reason = undecided.isEmpty ? nil : reason
    }

    /// The rule itself, from plain values.
    /// - Parameter isShared: whether the address is marked as a mailbox that several people read.
    public static func decide(_ candidates: [ClaimCandidate], isShared: Bool) -> ClaimDecision {
        let open = candidates.filter { !$0.isMine }
        guard let first = candidates.first else { return ClaimDecision(.nothing) }
        if open.isEmpty { return ClaimDecision(.alreadyYours(first.contact)) }
        guard candidates.count > 1 else { return alone(first, isShared: isShared) }

        let primaries = candidates.filter { $0.kind == .company && $0.isPrimary }
        guard primaries.count == 1, let company = primaries.first else {
            return ClaimDecision(.undecided, undecided: open.map(\.contact), .severalContacts)
        }
        let others = open.map(\.contact).filter { $0 != company.contact }
        let decision = self.company(company)
        guard decision.outcome != .undecided else {
            return ClaimDecision(.undecided, undecided: decision.undecided + others, decision.reason)
        }
        return ClaimDecision(decision.outcome, undecided: others, .severalContacts)
    }

    private static func alone(_ one: ClaimCandidate, isShared: Bool) -> ClaimDecision {
        switch one.kind {
        case .company: company(one)
        case .person where isShared: ClaimDecision(.undecided, undecided: [one.contact], .sharedMailbox)
        case .person where one.isTaken: ClaimDecision(.undecided, undecided: [one.contact], .linkedToAnother)
        case .person where one.wasEnded: ClaimDecision(.undecided, undecided: [one.contact], .endedBefore)
        case .person: ClaimDecision(.linkPerson(one.contact))
        }
    }

    private static func company(_ one: ClaimCandidate) -> ClaimDecision {
        if one.isMine { return ClaimDecision(.alreadyYours(one.contact)) }
        if one.hasOwner { return ClaimDecision(.joinRequest(one.contact)) }
        if one.isTaken { return ClaimDecision(.undecided, undecided: [one.contact], .linkedToAnother) }
        if one.wasEnded { return ClaimDecision(.undecided, undecided: [one.contact], .endedBefore) }
        return ClaimDecision(.firstOwner(one.contact))
    }
}
