internal import Core
internal import Database
internal import Primitives

/// What the page of a ticket begins with: the ticket, who asks, and the names it needs. One statement.
struct TicketHead: Sendable {
    let request: Ticket
    let asker: Asker
    /// Whether the visitor may answer it.
    let mayAnswer: Bool
    /// The number of the request that this one objects to.
    let about: String?
    /// What that request said about cases, else this one.
    let caseText: String
    /// Who answered.
    let answeredBy: String
    /// Whose connection an objection is about.
    let objected: String?
    /// Whether the owner of the mailbox said yes that is to stand for a company.
    let isMailboxProven: Bool

    /// - Throws: `NotFound` for who may not see it.
    static func find(
        _ number: String, as principal: Principal, _ access: AccessTable, _ conn: Connection
    ) throws -> TicketHead {
        guard let number = TicketNumber.parse(number) else { throw NotFound() }
        func may(_ action: Action) -> SQL { access.visible(action, to: principal, alias: "r", isOne: true) }
        let rows = try conn.rows(
            """
            SELECT \(Ticket.columns), \(Asker.columns), CASE WHEN \(may("ticket.answer")) THEN 1 ELSE 0 END AS may_answer,
                o.number AS about_number, o.case_text AS about_text, w.first_name AS answered_first, w.last_name AS answered_last,
                j.first_name AS objected_first, j.last_name AS objected_last,
                CASE WHEN r.kind = \(Ticket.Kind.primaryEmail) AND EXISTS (
                    SELECT 1 FROM fact m WHERE m.subject = \(requestSubject) AND m.kind = \(FactKind.mailboxProven)
                ) THEN 1 ELSE 0 END AS mailbox_proven
            FROM access_request r \(Asker.joins)
            LEFT JOIN access_request o ON o.id = r.about_id
            LEFT JOIN account w ON w.id = r.answered_by AND w.closed_at IS NULL
            LEFT JOIN account j ON j.id = r.objected_account AND j.closed_at IS NULL
            WHERE r.number = \(number) AND \(may("ticket.view"))
            ORDER BY e.is_primary DESC, e.id
            """)
        guard let first = rows.first else { throw NotFound() }
        return try TicketHead(first, rows)
    }

    /// `Subject.request` of the row's ticket.
    private static let requestSubject: SQL = "'request:' || CAST(r.id AS TEXT)"

    /// - Parameter rows: one for each address of the asker.
    private init(_ row: Row, _ rows: [Row]) throws {
        request = try Ticket(row: row)
        asker = try Asker(request, row, rows)
        mayAnswer = try row["may_answer"]
        about = try row["about_number"]
        caseText = try row["about_text"] ?? request.caseText
        answeredBy = try Self.name(row["answered_first"], row["answered_last"]) ?? ""
        objected = try Self.name(row["objected_first"], row["objected_last"])
        isMailboxProven = try row["mailbox_proven"]
    }

    private static func name(_ first: String?, _ last: String?) -> String? {
        guard let first, let last else { return nil }
        return "\(first) \(last)"
    }
}
