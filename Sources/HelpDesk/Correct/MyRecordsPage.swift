internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/help/correct`: the records that somebody acts as, to choose the one that is wrong.
enum MyRecordsPage {
    private static let most = 100

    static func show(_ visit: Visit) async throws -> WebResponse {
        let visible = visit.city.access.visible("contact.view", to: visit.principal, alias: "c")
        let contacts = try await visit.read { conn -> [Contact] in
            guard let account = visit.principal.account else { return [] }
            let ids: [ContactID] = try conn.rows(
                """
                SELECT c.id FROM contact c
                WHERE c.id IN (
                    SELECT l.contact_id FROM contact_link l WHERE l.account_id = \(account) AND l.until IS NULL
                    UNION SELECT s.organization_id FROM membership s WHERE s.account_id = \(account) AND s.until IS NULL)
                  AND c.until IS NULL AND \(visible)
                ORDER BY c.id LIMIT \(most)
                """
            ).map { try $0["id"] }
            return try Contact.find(ids, conn)
        }
        let t = visit.t
        return visit.page(
            t("helpDesk.correct.choose"),
            crumbs: [
                Crumb(title: t("helpDesk.help.title"), link: HelpDeskAddresses.help()),
                Crumb(title: t("helpDesk.topics.title"), link: HelpDeskAddresses.topics()),
            ]
        ) {
            h1 { t("helpDesk.correct.choose") }
            if contacts.isEmpty {
                emptyState(
                    t("helpDesk.correct.none"), action: linkButton(t("helpDesk.ask.title"), HelpDeskAddresses.accessRequest()))
            } else {
                p { t("helpDesk.correct.chooseLead") }
                listRows(
                    contacts.map { contact in
                        ListRow(
                            title: a(HelpDeskAddresses.correct(contact.publicID.description)) { contact.name },
                            subtitle: contact.kind == .company ? t("helpDesk.suggest.company") : t("helpDesk.suggest.person"))
                    })
            }
        }
    }
}
