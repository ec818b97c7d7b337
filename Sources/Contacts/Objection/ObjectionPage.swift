internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Where the link of the mail about a first owner leads. Looking at it changes nothing (mail scanners open links): the button objects.
enum ObjectionPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let found = try await visit.read { conn in try notice(visit, conn) }
        let t = visit.t
        let names: [String: WordArgument] = ["company": .text(found.organizationName), "name": .text(found.accountName)]
        let clock = visit.city.cityClock
        let day: [String: WordArgument] = ["day": .date(clock.date(of: clock.shown(found.createdAt)))]
        return visit.page(t("contacts.objection.title")) {
            h1 { t("contacts.objection.title") }
            p { t("contacts.objection.text", names) }
            p { t("contacts.objection.when", day) }
            if found.hasObjected {
                emptyState(t("contacts.objection.done"))
            } else {
                p { t("contacts.objection.explain") }
                postForm(ContactAddresses.objection(visit.parameter("token")), once: visit.once) {
                    submitButton(t("contacts.objection.button"))
                }
            }
        }
    }

    static func object(_ visit: Visit) async throws -> WebResponse {
        try await visit.change { change in
            let found = try notice(visit, change.conn)
            let link = ContactAddresses.objection(visit.parameter("token"))
            let first = try change.conn.run(
                "UPDATE ownership_notice SET objected_at = \(change.now) WHERE id = \(found.id) AND objected_at IS NULL")
            if first > 0 {
                try change.record(
                    NewFact(
                        .ownershipObjected, about: .contact(found.organization), and: [.account(found.account)],
                        [
                            "name": .string(found.organizationName), "account": .integer(found.account.value),
                            "person": .string(found.accountName), "email": .string(found.email.description),
                            "contacts": .array(found.owned.map { .integer($0.value) }),
                        ]))
            }
            return .init(link, say: Phrase("contacts.objection.thanks"))
        }
    }

    private static func notice(_ visit: Visit, _ conn: Connection) throws -> OwnershipNotice {
        guard let token = SecretToken(presented: visit.parameter("token")),
            let found = try OwnershipNotice.find(token, at: visit.now, conn)
        else { throw NotFound() }
        return found
    }
}
