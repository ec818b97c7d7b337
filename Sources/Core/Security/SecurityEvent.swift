internal import Crypto
public import Database
internal import Foundation
public import Primitives
public import Web

/// Something that whoever looks after the portal's safety wants to find afterwards: who did not get in, who was refused, who was
/// stopped, who read what is confidential. One row stands for everything alike within an hour, so that a flood fills no table.
public struct SecurityEvent: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Somebody got in; `way` says how.
        case signedIn = "signed-in"
        /// A password, a code, a passkey or the city's sign-in service did not let somebody in, or did not confirm who is there.
        case signInFailed = "sign-in-failed"
        /// A session of staff went on in another kind of browser than it began in, where it is nobody's.
        case otherBrowser = "other-browser"
        /// A page or a deed that this person may not see or do (403).
        case refused
        /// A page of one thing that is not there, or not for this person (404).
        case notThere = "not-there"
        /// More than a limit allows (429).
        case tooMany = "too-many"
        /// A form that another site sent (403).
        case otherSite = "other-site"
        /// A form with answers that cannot be taken (422).
        case notTaken = "not-taken"
        /// Somebody read what is confidential; `subject` says what.
        case confidentialRead = "confidential-read"
    }

    public let kind: Kind
    /// Whose account it is about; nil when nobody knows.
    public let account: AccountID?
    /// What was typed as an address, as a hash with the installation's key: the same address is found again, and never read.
    public let typedHash: String
    /// How somebody tried to get in: `password`, `passkey`, `password+app`, …
    public let way: String
    /// What it was about, as staff know it: a case's number.
    public let subject: String

    public init(_ kind: Kind, account: AccountID? = nil, typedHash: String = "", way: String = "", subject: String = "") {
        self.kind = kind
        self.account = account
        self.typedHash = typedHash
        self.way = way
        self.subject = subject
    }

    /// An hour's rows are kept so long.
    public static let keptFor = Span.days(180)
    private static let hour = Span.hours(1).microseconds

    /// Keeps it, with where it came from.
    public func keep(from request: WebRequest, route: String, at now: Instant, _ conn: Connection) throws(DatabaseError) {
        let since = Instant(microseconds: now.microseconds / SecurityEvent.hour * SecurityEvent.hour)
        try conn.run(
            """
            INSERT INTO security_event (
                kind, since, account_id, typed_hash, way, subject, network, route, times, first_at, last_at, request_id)
            VALUES (
                \(kind.rawValue), \(since), \(account?.value ?? 0), \(typedHash), \(way), \(subject),
                \(request.network), \(route), 1, \(now), \(now), \(request.id))
            ON CONFLICT (since, kind, account_id, typed_hash, way, subject, network, route) DO UPDATE SET
                times = security_event.times + 1, last_at = excluded.last_at, request_id = excluded.request_id
            """)
    }

    static func tidy(at now: Instant, _ conn: Connection) throws(DatabaseError) {
        try conn.run("DELETE FROM security_event WHERE since < \(now - keptFor)")
    }
}

extension CityContext {
    /// Keeps an event of a request. One that cannot be kept stops nobody, and is a line of the log.
    public func keep(_ event: SecurityEvent, from request: WebRequest) async {
        await SecurityLog(self).keep(event, request, route: request.route)
    }

    /// A typed address as events keep it.
    public func typedHash(_ email: FoldedEmail) -> String {
        let key = SymmetricKey(data: SHA256.hash(data: Data("typed-address|\(settings.secretKey ?? "")".utf8)))
        let code = HMAC<SHA256>.authenticationCode(for: Data(email.description.utf8), using: key)
        return String(hexadecimal(Array(code)).prefix(20))
    }
}

extension Visit {
    /// Outside a transaction.
    public func note(_ event: SecurityEvent) async { await city.keep(event, from: request) }

    /// Within a transaction that changes something anyway.
    public func note(_ event: SecurityEvent, _ change: Change) throws {
        try event.keep(from: request, route: request.route, at: change.now, change.conn)
    }
}
