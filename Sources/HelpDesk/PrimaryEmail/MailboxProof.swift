internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives
internal import Web

/// The owner of a mailbox says that a designation is meant: by a link in a mail to it, and a click on the page behind the link.
/// Opening the link alone does nothing (A1).
enum MailboxProof {
    static let token = Field<String>.hidden("token")
    static let form = Form(token)
    static let lifetime = Span.days(7)

    /// The mail with the link. It says nothing that the owner of the mailbox should not read.
    static func ask(_ email: TypedAddress, for received: TicketWriter.Received, _ language: Language, _ change: Change) throws {
        guard let ticket = try Ticket.find(received.id, change.conn),
            try change.allows(.mailPerRecipient, email.folded.description)
        else { return }
        let token = SecretToken(randomness: change.city.randomness)
        try change.conn.run(
            """
            INSERT INTO mailbox_proof (token_hash, ticket_id, typed, folded, expires_at)
            VALUES (\(token.hash), \(ticket.id), \(email.typed), \(email.folded), \(change.now + lifetime))
            """)
        let t = change.city.voice(language)
        let city = change.city.pack.city
        try Outbox.queue(
            Letter(
                to: email.typed, language: language, subject: t("helpDesk.mail.mailbox.subject"),
                paragraphs: [
                    t(
                        "helpDesk.mail.mailbox.text",
                        [
                            "person": .text(ticket.asker), "company": .text(ticket.wish["company"] ?? ""),
                            "number": .text(ticket.number),
                        ]),
                    t("helpDesk.mail.mailbox.not"),
                ],
                button: .init(
                    title: t("helpDesk.mail.mailbox.button"),
                    url: change.city.url(HelpDeskAddresses.proveMailbox().with([("token", token.text)]))),
                closing: t("helpDesk.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)])),
            at: change.now, change.conn)
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let presented = visit.submission.values[token.definition.name] ?? visit.query(token.definition.name)
        let (ticket, email) = try await visit.read { conn in try find(presented, at: visit.now, conn) }
        let t = visit.t
        var page = visit.page(t("helpDesk.primary.confirmTitle")) {
            h1 { t("helpDesk.primary.confirmTitle") }
            p {
                t(
                    "helpDesk.primary.confirmText",
                    ["email": .text(email), "company": .text(ticket.wish["company"] ?? ""), "person": .text(ticket.asker)])
            }
            postForm(HelpDeskAddresses.proveMailbox(), once: visit.once) {
                input(.type("hidden"), .name(token.definition.name), .value(presented))
                submitButton(t("helpDesk.primary.confirm"))
            }
            p(.class("soft")) { t("helpDesk.mail.mailbox.not") }
        }
        page.isCompressible = false
        return page
    }

    static func confirm(_ visit: Visit) async throws -> WebResponse {
        let presented = try visit.submission[token]
        return try await visit.change { change in
            let (ticket, _) = try find(presented, at: change.now, change.conn)
            try change.conn.run(
                "UPDATE mailbox_proof SET proven_at = \(change.now) WHERE ticket_id = \(ticket.id) AND proven_at IS NULL")
            try accept(ticket.id, change)
            return .init(HelpDeskAddresses.help(), say: Phrase("helpDesk.said.mailboxProven", ["number": .text(ticket.number)]))
        }
    }

    /// From now on it waits for a steward.
    static func accept(_ id: TicketID, _ change: Change) throws {
        let touched = try change.conn.run(
            "UPDATE access_request SET turn = 'city' WHERE id = \(id) AND state = 'waiting' AND turn = 'asker'")
        guard touched > 0, let ticket = try Ticket.find(id, change.conn) else { return }
        try change.record(NewFact(.mailboxProven, about: .request(id), ["number": .string(ticket.number)]))
    }

    private static func find(_ presented: String, at now: Instant, _ conn: Connection) throws -> (Ticket, String) {
        guard let token = SecretToken(presented: presented),
            let row = try conn.row(
                "SELECT ticket_id, typed FROM mailbox_proof WHERE token_hash = \(token.hash) AND expires_at > \(now)"),
            let ticket = try Ticket.find(row["ticket_id"] as TicketID, conn)
        else { throw NotFound() }
        return (ticket, try row["typed"])
    }
}
