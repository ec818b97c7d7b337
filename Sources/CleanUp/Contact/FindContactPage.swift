internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/contacts`: finding a record by whatever a caller says: a name, an email, a phone number, the older system's number.
struct FindContactPage: Sendable {
    static let most = 50
    private static let text = Field<String>.text(
        "q", kind: .search, label: "cleanUp.find.text", hint: "cleanUp.find.textHint", isRequired: false)
    static let form = Form(text)

    let desk: Link

    struct Found: Sendable {
        let publicID: String
        let name: String
        let kind: Contact.Kind
        let city: String
        let email: String
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let typed = tidied(visit.submission.values["q"] ?? "")
        let found = try await visit.read { conn in try typed.isEmpty ? [] : FindContactPage.find(typed, conn) }
        let t = visit.t
        return visit.page(t("cleanUp.find.title"), crumbs: [Crumb(title: t("cleanUp.staffDesk"), link: desk)]) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.find.title"), lead: t("cleanUp.find.lead"))
            getForm(CleanUpAddresses.contacts(), role: "search") {
                joined {
                    visit.submission.view(FindContactPage.text, t, marksOptional: false)
                    submitButton(t("cleanUp.find.button"))
                }
            }
            if !typed.isEmpty { FindContactPage.results(found, t) }
        }
    }

    /// `/staff/contacts/{id}/merge`: which record may be the same as this one.
    func showOthers(_ visit: Visit) async throws -> WebResponse {
        let typed = tidied(visit.submission.values["q"] ?? "")
        let own = visit.parameter("id")
        let (contact, found) = try await visit.read { conn in
            guard let contact = try FullContact.find([own], conn).first else { throw NotFound() }
            let found = try typed.isEmpty ? [] : FindContactPage.find(typed, conn).filter { $0.publicID != contact.publicID }
            return (contact, found)
        }
        let t = visit.t
        let crumbs = contactCrumbs(t, desk) + [Crumb(title: contact.name, link: CleanUpAddresses.contact(contact.publicID))]
        return visit.page(t("cleanUp.others.title"), crumbs: crumbs) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.others.title"), lead: t("cleanUp.others.lead", ["name": .text(contact.name)]))
            getForm(CleanUpAddresses.others(visit.parameter("id")), role: "search") {
                joined {
                    visit.submission.view(FindContactPage.text, t, marksOptional: false)
                    submitButton(t("cleanUp.find.button"))
                }
            }
            if !typed.isEmpty {
                FindContactPage.results(found, t) { CleanUpAddresses.compare(contact.publicID, $0) }
            }
        }
    }

    private static func results(
        _ found: [Found], _ t: Voice, leadingTo link: (String) -> Link = { CleanUpAddresses.contact($0) }
    ) -> HTML {
        guard !found.isEmpty else { return emptyState(t("cleanUp.find.nothing")) }
        return group {
            h2 { t("cleanUp.find.found", ["count": .number(found.count)]) }
            listRows(
                found.map { one in
                    ListRow(
                        title: a(link(one.publicID)) { one.name },
                        subtitle: [kindName(one.kind, t), one.city, one.email].filter { !$0.isEmpty }.joined(separator: " · "))
                }, label: t("cleanUp.find.results"))
            if found.count >= most { p(.class("soft")) { t("cleanUp.find.more", ["count": .number(most)]) } }
        }
    }

    static func kindName(_ kind: Contact.Kind, _ t: Voice) -> String {
        switch kind {
        case .person: t("cleanUp.contact.person")
        case .company: t("cleanUp.contact.company")
        }
    }

    private static func find(_ typed: String, _ conn: Connection) throws -> [Found] {
        try conn.rows(
            """
            SELECT c.public_id, \(Contact.face),
                COALESCE((SELECT a.city FROM contact_address a WHERE a.contact_id = c.id AND a.until IS NULL ORDER BY a.id LIMIT 1), '')
                    AS city,
                COALESCE((SELECT e.typed FROM contact_email e WHERE e.contact_id = c.id AND e.until IS NULL ORDER BY e.id LIMIT 1), '')
                    AS email
            FROM (SELECT DISTINCT k.survivor_id FROM contact_cluster k WHERE k.contact_id IN (\(candidates(typed)))) hit
                JOIN contact c ON c.id = hit.survivor_id JOIN contact_cluster k ON k.contact_id = c.id
            WHERE c.until IS NULL ORDER BY c.search_name, c.id LIMIT \(most)
            """
        ).map { row in
            Found(
                publicID: try row["public_id"], name: try Contact.name(row: row), kind: try row["kind"], city: try row["city"],
                email: try row["email"])
        }
    }

    /// Each way by its own index.
    static func candidates(_ typed: String) -> SQL {
        if let email = FoldedEmail(typed) {
            return "SELECT contact_id FROM contact_email WHERE folded = \(email) AND until IS NULL"
        }
        let digits = typed.filter(\.isNumber)
        if digits.count >= 7, typed.allSatisfy({ $0.isNumber || " ()-.+".contains($0) }) {
            // Some were typed with the country's 1.
            let number = String(digits.suffix(10))
            return "SELECT contact_id FROM contact_phone WHERE digits IN (\(number), \("1" + number)) AND until IS NULL"
        }
        return """
            \(Contact.named(typed, most: 200))
            UNION SELECT id FROM contact WHERE legacy_id = \(typed)
            """
    }
}
