public import Primitives

/// Marks for the keys of records that the core speaks of without knowing their tables.
public enum AccountSubject: Sendable {}
public enum ContactSubject: Sendable {}
public enum CaseSubject: Sendable {}
public typealias AccountID = ID<AccountSubject>
public typealias ContactID = ID<ContactSubject>
public typealias CaseID = ID<CaseSubject>

/// Who asks. Every decision is made for one of these; nothing is decided by hand (`may`, `visible(to:)`).
public enum Principal: Sendable, Hashable {
    case guest
    /// Somebody with a secret link or an invoice number for one thing.
    case proof(Subject)
    /// A person who signed in, acting for an organization or for themselves.
    case account(AccountID, actingFor: ContactID?)
    case staff(AccountID, roles: Set<StaffRole>)
    case apiKey(Int64)
    /// The phone line, after case number and PIN.
    case caller(CaseID)
    case job(String)
    case importer(String)

    /// The account behind a person of the public.
    public var account: AccountID? {
        switch self {
        case .account(let id, _): id
        default: nil
        }
    }

    /// The account of anybody who signed in, staff too.
    public var signedIn: AccountID? {
        switch self {
        case .account(let id, _), .staff(let id, _): id
        default: nil
        }
    }

    public var isStaff: Bool { if case .staff = self { true } else { false } }

    /// How facts name the actor.
    public var actor: String {
        switch self {
        case .guest: "guest"
        case .proof(let subject): "proof:\(subject)"
        case .account(let id, _): "account:\(id)"
        case .staff(let id, _): "staff:\(id)"
        case .apiKey(let id): "key:\(id)"
        case .caller(let id): "caller:\(id)"
        case .job(let name): "job:\(name)"
        case .importer(let name): "importer:\(name)"
        }
    }

    public var onBehalfOf: ContactID? { if case .account(_, let organization) = self { organization } else { nil } }
}

/// The key of what a person on the city's side is there for (K2), as it is stored: `contact-steward`. Which roles there are and
/// what each carries stands in the city pack's `roles.yaml`; a role that the live pack does not have carries nothing.
public struct StaffRole: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}
