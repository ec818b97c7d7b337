internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/contacts/{id}`: everything the city holds on a person or a company, and what can be done about it.
struct ContactPage: Sendable {
    private static let mostCases = 20
    private static let mostFacts = 100

    let desk: Link

    struct Listed: Sendable {
        let number: String
        let type: String
        /// The address as it was typed.
        let place: String
    }

    struct Model: Sendable {
        let contact: FullContact
        let cases: [Listed]
        let history: ContactHistory
        let mayMerge: Bool
        let mayCorrect: Bool
        let mayHold: Bool
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let model = try await visit.read { conn in
            guard let contact = try FullContact.find([visit.parameter("id")], conn).first else { throw NotFound() }
            return Model(
                contact: contact, cases: try ContactPage.cases(contact, visit, conn),
                history: try ContactHistory(
                    FactLog.timeline(
                        of: contact.records.map { .contact($0.id) }, limit: ContactPage.mostFacts, conn), visit, conn),
                mayMerge: visit.city.access.may("contact.merge", visit.principal),
                mayCorrect: visit.city.access.may("contact.correct", visit.principal),
                mayHold: visit.city.access.may("contact.hold", visit.principal))
        }
        // A record that lives on under another's face has the other's page.
        if model.contact.publicID != visit.parameter("id") {
            return visit.redirect(.init(CleanUpAddresses.contact(model.contact.publicID)))
        }
        return visit.page(model.contact.name, crumbs: contactCrumbs(visit.t, desk)) {
            visit.submission.summary(visit.t)
            ContactView(visit: visit, model: model).content
        }
    }

    /// The newest cases of all its records that this person may see.
    private static func cases(_ contact: FullContact, _ visit: Visit, _ conn: Connection) throws -> [Listed] {
        let pack = visit.city.pack
        return try conn.rows(
            """
            SELECT c.number, c.type, (
                SELECT l.typed FROM case_location l WHERE l.case_id = c.id AND l.is_primary = 1 ORDER BY l.id LIMIT 1) AS place
            FROM case_record c
            WHERE c.id IN (
                SELECT g.case_id FROM case_grant g
                WHERE g.contact_id IN \(list: contact.records.map(\.id.value)) AND g.until IS NULL AND g.added_as IS NULL)
              AND \(visit.city.access.visible("case.view", to: visit.principal, alias: "c"))
            ORDER BY c.active_on DESC, c.id DESC LIMIT \(mostCases)
            """
        ).map { row in
            let type: String = try row["type"]
            return Listed(
                number: try row["number"], type: pack.caseType(type).map { visit.t($0.name) } ?? type,
                place: try row["place"] ?? "")
        }
    }
}

func contactCrumbs(_ t: Voice, _ desk: Link) -> [Crumb] {
    [Crumb(title: t("cleanUp.staffDesk"), link: desk), Crumb(title: t("cleanUp.find.title"), link: CleanUpAddresses.contacts())]
}
