internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import Primitives

extension Ticket {
    static func find(number: String, _ conn: Connection) throws -> Ticket? {
        guard let number = TicketNumber.parse(number) else { return nil }
        return try conn.row("SELECT \(columns) FROM access_request r WHERE r.number = \(number)").map(Ticket.init)
    }

    static func find(_ id: TicketID, _ conn: Connection) throws -> Ticket? {
        try conn.row("SELECT \(columns) FROM access_request r WHERE r.id = \(id)").map(Ticket.init)
    }

    /// A guest's link works so long after the request was answered.
    static let linkLasts = Span.days(90)

    /// By a guest's secret link, while it works.
    static func find(token: SecretToken, at now: Instant, _ conn: Connection) throws -> Ticket? {
        try conn.row(
            """
            SELECT \(columns) FROM access_request r
            WHERE r.token_hash = \(token.hash) AND (r.answered_at IS NULL OR r.answered_at > \(now - linkLasts))
            """
        ).map(Ticket.init)
    }

    /// How many wait for the city in a queue, and since when the oldest does.
    static func waiting(in queue: Queue, _ conn: Connection) throws -> (count: Int, oldest: Instant?) {
        guard
            let row = try conn.row(
                """
                SELECT COUNT(*) AS count, MIN(created_at) AS oldest FROM access_request
                WHERE state = 'waiting' AND turn = 'city' AND kind IN \(list: queue.kindNames)
                """)
        else { return (0, nil) }
        return (try row["count"], try row["oldest"])
    }

    /// 1 for the one that is answered next; 0 when it does not wait for the city.
    func placeInQueue(_ conn: Connection) throws -> Int {
        guard state == .waiting, turn == .city else { return 0 }
        return try conn.value(
            """
            SELECT COUNT(*) FROM access_request
            WHERE state = 'waiting' AND turn = 'city' AND kind IN \(list: kind.queue.kindNames) AND id <= \(id)
            """) ?? 0
    }

    /// One page of a queue: the oldest first while they wait, the newest answer first afterwards.
    /// - Parameter visible: the rows this principal may see, for the alias `r`.
    static func list(
        _ view: QueueView, in queue: Queue, visible: SQL, limit: Int, offset: Int, _ conn: Connection
    ) throws -> [Ticket] {
        try conn.rows(
            """
            SELECT \(columns) FROM access_request r
            WHERE r.kind IN \(list: queue.kindNames) AND \(view.filter) AND \(visible)
            ORDER BY \(view.isOpen ? "r.id" : "r.id DESC" as SQL) LIMIT \(limit) OFFSET \(offset)
            """
        ).map(Ticket.init)
    }

    /// How many stand in each view of a queue: one question.
    static func counts(
        _ views: [QueueView], in queue: Queue, visible: SQL, _ conn: Connection
    ) throws -> [(view: QueueView, count: Int)] {
        let counts = views.map { view -> SQL in
            """
            (SELECT COUNT(*) FROM access_request r WHERE r.kind IN \(list: queue.kindNames) AND \(view.counted) AND \(visible))
            """
        }
        let row = try conn.row("SELECT \(counts.joined(separator: ", "))")
        return try views.enumerated().map { index, view in (view, try row?[index] ?? 0) }
    }

    /// A person's own, the newest first.
    static func own(visible: SQL, limit: Int, _ conn: Connection) throws -> [Ticket] {
        try conn.rows(
            "SELECT \(columns) FROM access_request r WHERE \(visible) ORDER BY r.id DESC LIMIT \(limit)"
        ).map(Ticket.init)
    }
}

/// A steward's yes: this asker is that contact. It waits while the email is not proven.
struct AccessDecision: Sendable {
    let id: Int64
    let request: TicketID
    let contact: ContactID
    let evidence: String
    /// Who was connected; nil while it waits for the proof.
    let account: AccountID?
    let madeLink: Bool

    static let columns: SQL = "d.id, d.request_id, d.contact_id, d.evidence, d.account_id, d.made_link"

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        request = try row["request_id"]
        contact = try row["contact_id"]
        evidence = try row["evidence"]
        account = try row["account_id"]
        madeLink = try row["made_link"]
    }

    /// The live ones of a request.
    static func all(of request: TicketID, _ conn: Connection) throws -> [AccessDecision] {
        try conn.rows(
            """
            SELECT \(columns) FROM access_decision d
            WHERE d.request_id = \(request) AND d.until IS NULL ORDER BY d.id
            """
        ).map(AccessDecision.init)
    }

    /// The live one that connected this account with this record.
    static func find(_ account: AccountID, with contact: ContactID, _ conn: Connection) throws -> AccessDecision? {
        try conn.row(
            """
            SELECT \(columns) FROM access_decision d
            WHERE d.contact_id = \(contact) AND d.account_id = \(account) AND d.until IS NULL ORDER BY d.id LIMIT 1
            """
        ).map(AccessDecision.init)
    }

    static func find(_ id: Int64, _ conn: Connection) throws -> AccessDecision? {
        try conn.row("SELECT \(columns) FROM access_decision d WHERE d.id = \(id) AND d.until IS NULL").map(AccessDecision.init)
    }

    /// Those that wait for this address.
    static func waiting(for email: FoldedEmail, _ conn: Connection) throws -> [AccessDecision] {
        try conn.rows(
            """
            SELECT \(columns) FROM access_decision d
            WHERE d.folded = \(email) AND d.connected_at IS NULL AND d.until IS NULL ORDER BY d.id
            """
        ).map(AccessDecision.init)
    }
}
