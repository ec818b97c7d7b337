public import Database
public import Primitives

/// Limits that guard secrets: sign-in, codes, people search, mail. Rows, so that they hold across nodes and restarts.
/// Every one is named here with its numbers; an operator may set others (`docs/operations.md`).
public struct Limit: Sendable, Hashable {
    public let name: String
    let most: Int
    let window: Span

    public static let signInPerAccount = Limit(name: "sign-in-account", most: 10, window: .minutes(15))
    /// Codes after the password, and passwords asked for again.
    public static let secondStep = Limit(name: "second-step", most: 10, window: .minutes(15))
    /// Challenges for passkeys, per network address.
    public static let passkeyChallenge = Limit(name: "passkey-challenge", most: 200, window: .minutes(15))
    public static let signInPerAddress = Limit(name: "sign-in-address", most: 100, window: .minutes(15))
    public static let mailPerRecipient = Limit(name: "mail-recipient", most: 5, window: .hours(1))
    public static let mailPerAddress = Limit(name: "mail-address", most: 60, window: .hours(1))
    /// To somebody of the older portal who cannot sign in.
    public static let oldPortalMail = Limit(name: "old-portal-mail", most: 1, window: .days(1))
    public static let peopleSearch = Limit(name: "people-search", most: 60, window: .minutes(10))
    public static let contactAdd = Limit(name: "contact-add", most: 60, window: .hours(1))
    /// Accounts that one person of the staff looks up to help with them.
    public static let accountLookUp = Limit(name: "account-look-up", most: 60, window: .hours(1))
    /// Mails that tell somebody of many wrong guesses at their account.
    public static let guessesMail = Limit(name: "guesses-mail", most: 1, window: .days(1))
    /// Forms kept for after sign-in, per network address: a guest could fill the disk with them.
    public static let keptForm = Limit(name: "kept-form", most: 40, window: .minutes(10))
    /// Searches and files of the public record, per network address; wide enough for a newsroom or a city hall behind one address.
    public static let reading = Limit(name: "reading", most: 1200, window: .minutes(10))
    public static let accessRequest = Limit(name: "access-request", most: 20, window: .hours(1))

    /// Answers to an invitation by its secret link, per network address.
    public static let invitationAnswer = Limit(name: "invitation-answer", most: 30, window: .minutes(10))

    /// Following cases and putting them into collections, per account.
    public static let following = Limit(name: "following", most: 300, window: .hours(1))
    /// Email about cases that somebody follows, per account: the page has what is not written about.
    public static let followingMail = Limit(name: "following-mail", most: 50, window: .days(1))

    /// Evidence that somebody shows of a case or a record (C2): per account, per network address, and for each thing that is guessed at.
    public static let claimPerAccount = Limit(name: "claim-account", most: 5, window: .hours(1))
    public static let claimPerAddress = Limit(name: "claim-address", most: 20, window: .days(1))
    public static let claimPerTarget = Limit(name: "claim-target", most: 10, window: .days(1))

    public static let all = [
        signInPerAccount, secondStep, signInPerAddress, passkeyChallenge, mailPerRecipient, mailPerAddress, oldPortalMail,
        peopleSearch, reading, contactAdd, keptForm, accessRequest, invitationAnswer, accountLookUp, guessesMail,
        following, followingMail, claimPerAccount, claimPerAddress, claimPerTarget,
    ]

    /// The same limit with the operator's numbers, as they are written in a setting: `10/15m`, `60/1h`, `5/1d`.
    /// - Returns: nil for what cannot be read so.
    public func with(setting text: String) -> Limit? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let most = Int(parts[0]), most > 0, let unit = parts[1].last,
            let count = Int64(parts[1].dropLast()),
            count > 0, count < 1000
        else { return nil }
        switch unit {
        case "m": return Limit(name: name, most: most, window: .minutes(count))
        case "h": return Limit(name: name, most: most, window: .hours(count))
        case "d": return Limit(name: name, most: most, window: .days(count))
        default: return nil
        }
    }

    /// In the environment: `GROUNDWORK_LIMIT_SIGN_IN_ACCOUNT`.
    public var settingName: String { "LIMIT_" + name.uppercased().split(separator: "-").joined(separator: "_") }

    /// Counts one more.
    /// - Returns: false when this is too many for now.
    public func take(_ who: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Bool {
        let before = now - window
        // It answers nothing when the window is full.
        let count: Int? = try conn.value(
            """
            INSERT INTO rate_limit AS l (hash, window_start, count) VALUES (\(sha256("\(name)|\(who)")), \(now), 1)
            ON CONFLICT (hash) DO UPDATE SET
                window_start = CASE WHEN l.window_start > \(before) THEN l.window_start ELSE excluded.window_start END,
                count = CASE WHEN l.window_start > \(before) THEN l.count + 1 ELSE 1 END
            WHERE l.window_start <= \(before) OR l.count < \(most)
            RETURNING count
            """)
        return count != nil
    }

    /// What each try costs after the free ones: so long, then twice as long each time, and at most the window.
    private static let firstDelay = Span.seconds(30)
    /// Tries are forgotten so long after the last.
    private static let memory = Span.days(1)

    /// Counts one more guess at a secret, unless it is too early for one: the first `most` guesses are free, and after each later one
    /// the next must wait longer (A3). Nobody is locked out for good, and nobody can guess on.
    /// - Returns: how long to wait when it is too early.
    public func wait(_ who: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Span? {
        let key = sha256("\(name)|\(who)")
        var guesses = 0
        if let row = try conn.row("SELECT window_start, count FROM rate_limit WHERE hash = \(key)") {
            let last: Instant = try row["window_start"]
            if last + Limit.memory > now { guesses = try row["count"] }
            let next = last + delay(after: guesses)
            if next > now { return next - now }
        }
        try conn.run(
            """
            INSERT INTO rate_limit (hash, window_start, count) VALUES (\(key), \(now), \(guesses + 1))
            ON CONFLICT (hash) DO UPDATE SET window_start = excluded.window_start, count = excluded.count
            """)
        return nil
    }

    /// What is counted of somebody now; nothing is counted by asking.
    public func guesses(of who: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Guesses {
        guard let row = try conn.row("SELECT window_start, count FROM rate_limit WHERE hash = \(sha256("\(name)|\(who)"))") else {
            return .none
        }
        let last: Instant = try row["window_start"]
        guard last + Limit.memory > now else { return .none }
        let count: Int = try row["count"]
        let next = last + delay(after: count)
        return Guesses(count: count, wait: next > now ? next - now : nil, isDelayed: count >= most)
    }

    private func delay(after guesses: Int) -> Span {
        guard guesses >= most else { return .seconds(0) }
        let doublings = min(guesses - most, 20)
        return min(window, Span(microseconds: Limit.firstDelay.microseconds << Int64(doublings)))
    }

    /// Takes one guess back that was right, where the ones before it still count.
    public func forgive(_ who: String, _ conn: Connection) throws(DatabaseError) {
        try conn.run("UPDATE rate_limit SET count = count - 1 WHERE hash = \(sha256("\(name)|\(who)")) AND count > 0")
    }

    /// Forgets what was counted: after a good sign-in.
    public func clear(_ who: String, _ conn: Connection) throws(DatabaseError) {
        try conn.run("DELETE FROM rate_limit WHERE hash = \(sha256("\(name)|\(who)"))")
    }
}

/// The guesses at a secret since the last right one.
public struct Guesses: Sendable, Hashable {
    public let count: Int
    /// How long the next one has to wait; nil when it need not.
    public let wait: Span?
    /// Whether the free ones are used up.
    public let isDelayed: Bool

    public static let none = Guesses(count: 0, wait: nil, isDelayed: false)
}

extension CityContext {
    /// A limit with the numbers that hold in this city.
    public func numbers(_ limit: Limit) -> Limit { settings.limits.first { $0.name == limit.name } ?? limit }
}

extension Change {
    /// Counts one more, by the numbers that hold in this city.
    /// - Returns: false when this is too many for now.
    public func allows(_ limit: Limit, _ who: String) throws(DatabaseError) -> Bool {
        try city.numbers(limit).take(who, at: now, conn)
    }

    /// Counts one more guess at a secret, by the numbers that hold in this city.
    /// - Throws: how long to wait, when it is too early for one.
    public func guess(_ limit: Limit, _ who: String) throws {
        if let wait = try city.numbers(limit).wait(who, at: now, conn) { throw Refusal.tooEarly(wait) }
    }
}
