internal import Core
internal import Database
internal import Primitives

/// What was done with a ticket, said on it and decided: one statement.
struct TicketRecord: Sendable {
    /// The newest first.
    private(set) var history: [Fact] = []
    /// The last two hundred, the oldest first, with the notes.
    private(set) var messages: [TicketMessage] = []
    private(set) var decisions: [AccessDecision] = []

    init(of ticket: TicketID, _ conn: Connection) throws {
        let parts = [facts(ticket), said(ticket), decided(ticket)]
        // Each part is named by its place in the list.
        let lists = parts.enumerated().map { index, part -> SQL in "SELECT * FROM (\(part)) part\(raw: String(index))" }
        for row in try conn.rows(lists.joined(separator: " UNION ALL ")) {
            switch try row["what"] as String {
            case "fact": history.append(try Fact(row: row))
            case "message": messages.append(try TicketMessage(row: row))
            default: decisions.append(try AccessDecision(row: row))
            }
        }
    }

    private func facts(_ ticket: TicketID) -> SQL {
        """
        SELECT 'fact' AS what, \(FactLog.columns), NULL AS author, 0 AS is_note, NULL AS via, NULL AS text,
            CAST(NULL AS BIGINT) AS written_at, NULL AS first_name, NULL AS last_name, CAST(NULL AS BIGINT) AS request_id,
            CAST(NULL AS BIGINT) AS contact_id, NULL AS evidence, CAST(NULL AS BIGINT) AS account_id, 0 AS made_link
        \(FactLog.table(of: .request(ticket), limit: 50))
        """
    }

    private func said(_ ticket: TicketID) -> SQL {
        """
        SELECT * FROM (
            SELECT 'message' AS what, m.id, NULL AS subject, CAST(NULL AS BIGINT) AS sequence, CAST(NULL AS BIGINT) AS at, NULL AS actor,
                CAST(NULL AS BIGINT) AS on_behalf_of, NULL AS kind, NULL AS origin, NULL AS body, m.author, m.is_note, m.via, m.text,
                m.written_at, a.first_name, a.last_name, CAST(NULL AS BIGINT) AS request_id, CAST(NULL AS BIGINT) AS contact_id,
                NULL AS evidence, CAST(NULL AS BIGINT) AS account_id, 0 AS made_link
            FROM \(TicketMessage.table) WHERE m.ticket_id = \(ticket) ORDER BY m.id DESC LIMIT \(TicketMessage.most)) latest
        ORDER BY id
        """
    }

    private func decided(_ ticket: TicketID) -> SQL {
        """
        SELECT 'decision' AS what, d.id, NULL AS subject, CAST(NULL AS BIGINT) AS sequence, CAST(NULL AS BIGINT) AS at, NULL AS actor,
            CAST(NULL AS BIGINT) AS on_behalf_of, NULL AS kind, NULL AS origin, NULL AS body, NULL AS author, 0 AS is_note, NULL AS via,
            NULL AS text, CAST(NULL AS BIGINT) AS written_at, NULL AS first_name, NULL AS last_name, d.request_id, d.contact_id,
            d.evidence, d.account_id, d.made_link
        FROM access_decision d WHERE d.request_id = \(ticket) AND d.until IS NULL ORDER BY d.id
        """
    }
}
