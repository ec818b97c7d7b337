internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// On the Contacts tab: which of their own people see this case, for those who look after them (B3). Nobody else learns who works for
/// a company.
struct OwnPeople: Sendable {
    struct Person: Sendable {
        let name: String
        let publicID: String
        let role: Membership.Role
        let scope: Membership.Scope
        let seesCase: Bool
    }

    let organization: String
    let publicID: String
    let people: [Person]

    static let most = 200

    /// What a row of the statement about the parties of a case says when it is one of these.
    static let what = "colleague"

    /// The people of each organization on the case that the visitor looks after, in the columns of that statement: the role stands as
    /// the contact type, the scope as the state; `is_mine` is whether the case is open to them. nil for whom there can be none.
    static func rows(on seen: SeenCase) -> SQL? {
        guard seen.principal.account != nil, seen.audience == .party else { return nil }
        return """
            SELECT 'colleague' AS what, m.id, c.id AS contact_id, m.role AS contact_type, m.since,
                CASE WHEN m.scope = \(Membership.Scope.all) OR EXISTS (
                    SELECT 1 FROM case_associate a JOIN case_grant h ON h.id = a.grant_id AND h.until IS NULL AND h.may_view = 1
                    WHERE a.membership_id = m.id AND a.until IS NULL AND h.case_id = \(seen.record.id)
                ) THEN 1 ELSE 0 END AS is_mine,
                c.kind, c.company_name, p.first_name, p.last_name, 0 AS may_view, 0 AS may_act, 0 AS may_bill,
                0 AS may_request_inspection, NULL AS typed, NULL AS folded, CAST(NULL AS BIGINT) AS expires_at, m.scope AS state,
                NULL AS rights, CAST(NULL AS BIGINT) AS answered_at, c.public_id, p.public_id AS person,
                CAST(NULL AS BIGINT) AS survivor, 0 AS findable
            FROM contact c
                JOIN membership m ON m.organization_id = c.id AND m.until IS NULL
                JOIN account p ON p.id = m.account_id
            WHERE c.id IN (
                    SELECT g.contact_id FROM case_grant g WHERE g.case_id = \(seen.record.id) AND g.until IS NULL AND g.may_view = 1)
                AND \(seen.access.visible("organization.people", to: seen.principal, alias: "c"))
            ORDER BY c.id, CASE m.role WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 ELSE 2 END, m.id LIMIT \(most)
            """
    }

    /// Those rows, an organization each.
    static func grouped(_ rows: [Row]) throws -> [OwnPeople] {
        var found: [OwnPeople] = []
        for row in rows {
            let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
            let person = Person(
                name: [first, last].filter { !$0.isEmpty }.joined(separator: " "), publicID: try row["person"],
                role: try row["contact_type"], scope: try row["state"], seesCase: try row["is_mine"])
            let id: String = try row["public_id"]
            if let before = found.last, before.publicID == id {
                found[found.count - 1] = OwnPeople(
                    organization: before.organization, publicID: id, people: before.people + [person])
            } else {
                found.append(OwnPeople(organization: try row["company_name"], publicID: id, people: [person]))
            }
        }
        return found
    }

    func view(of number: String, _ t: Voice) -> HTML {
        let company: [String: WordArgument] = ["company": .text(organization)]
        return section(.class("unprinted")) {
            h2 { t("cases.ownPeople.title", company) }
            p { t("cases.ownPeople.lead", company) }
            listRows(
                people.map { person in
                    ListRow(
                        title: HTML(person.name), subtitle: t(Membership.roleName(person.role)),
                        status: person.seesCase
                            ? tag(t("cases.ownPeople.sees"), .good) : tag(t("cases.ownPeople.seesNot"), .calm),
                        note: person.scope == .all ? t("cases.ownPeople.all") : t("cases.ownPeople.chosen"),
                        action: person.role == .member
                            ? a(
                                ContactAddresses.personCases(publicID, person.publicID).with([("q", number)]),
                                .aria("label", t("cases.ownPeople.chooseFor", ["name": .text(person.name)]))
                            ) { t("cases.ownPeople.choose") } : .empty)
                }, label: t("cases.ownPeople.title", company))
        }
    }
}
