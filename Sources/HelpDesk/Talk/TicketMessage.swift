internal import Core
internal import Database
internal import Primitives

/// Something written on a ticket: by whoever asked or by the desk, on the page or by mail. A note is for staff alone.
struct TicketMessage: Sendable {
    enum Author: String, Sendable, SQLConvertible { case asker, staff }
    enum Way: String, Sendable, SQLConvertible { case page, mail }

    static let longest = 5000
    /// No page shows more of one ticket.
    static let most = 200

    let id: Int64
    let author: Author
    /// Of staff.
    let name: String
    let isNote: Bool
    let way: Way
    let text: String
    let writtenAt: Instant

    private static let columns: SQL = "m.id, m.author, m.is_note, m.via, m.text, m.written_at, a.first_name, a.last_name"
    static let table: SQL = "ticket_message m LEFT JOIN account a ON a.id = m.account_id AND m.author = 'staff'"

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        author = try row["author"]
        let (first, last): (String?, String?) = (try row["first_name"] ?? nil, try row["last_name"] ?? nil)
        name = [first, last].compactMap(\.self).joined(separator: " ")
        isNote = try row["is_note"]
        way = try row["via"]
        text = try row["text"]
        writtenAt = try row["written_at"]
    }

    /// The last two hundred, without the notes; the oldest first.
    static func said(on ticket: TicketID, _ conn: Connection) throws -> [TicketMessage] {
        try conn.rows(
            """
            SELECT \(columns) FROM \(table)
            WHERE m.ticket_id = \(ticket) AND m.is_note = 0 ORDER BY m.id DESC LIMIT \(most)
            """
        ).map(TicketMessage.init).reversed()
    }

    /// All that was written on these tickets, without the notes; the oldest first.
    static func said(on tickets: [TicketID], _ conn: Connection) throws -> [TicketID: [TicketMessage]] {
        let rows = try conn.rows(
            """
            SELECT m.ticket_id, \(columns) FROM \(table)
            WHERE m.ticket_id IN \(list: tickets.map(\.value)) AND m.is_note = 0 ORDER BY m.id
            """)
        var said: [TicketID: [TicketMessage]] = [:]
        for row in rows { said[try row["ticket_id"], default: []].append(try TicketMessage(row: row)) }
        return said
    }

    static func find(_ id: Int64, _ conn: Connection) throws -> TicketMessage? {
        try conn.row(
            """
            SELECT \(columns) FROM \(table)
            WHERE m.id = \(id)
            """
        ).map(TicketMessage.init)
    }
}
