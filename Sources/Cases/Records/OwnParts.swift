internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// The cases an account has a part in, by itself or for an organization, with the part (A7).
enum OwnParts {
    static let all = [AccountRecords("cases", order: 50, title: "cases.records.title", load: load)]

    private static func load(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        let visible = visit.city.access.visible("case.party-view", to: visit.principal, alias: "c")
        let parts = try conn.rows(
            """
            WITH whole (contact_id) AS (
                SELECT contact_id FROM contact_link WHERE account_id = \(id) AND until IS NULL
                UNION SELECT organization_id FROM membership
                    WHERE account_id = \(id) AND until IS NULL AND scope = \(Membership.Scope.all)),
            mine (grant_id) AS (
                SELECT g.id FROM whole CROSS JOIN case_grant g WHERE g.contact_id = whole.contact_id AND g.until IS NULL
                UNION SELECT a.grant_id FROM membership s JOIN case_associate a ON a.membership_id = s.id AND a.until IS NULL
                    WHERE s.account_id = \(id) AND s.until IS NULL AND s.scope = \(Membership.Scope.chosen))
            SELECT c.number, g.contact_id, g.contact_type, g.may_view, g.may_act, g.may_bill, g.may_request_inspection, g.since
            FROM mine CROSS JOIN case_grant g CROSS JOIN case_record c
            WHERE g.id = mine.grant_id AND g.until IS NULL AND c.id = g.case_id AND \(visible)
            ORDER BY c.active_on DESC, c.id DESC, g.id
            """)
        var names: [ContactID: String] = [:]
        var rows: [ListRow] = []
        var json: [JSON] = []
        for part in parts {
            let (number, contact, type, since): (String, ContactID, String, Instant) = (
                try part["number"], try part["contact_id"], try part["contact_type"], try part["since"]
            )
            if names[contact] == nil { names[contact] = try Contact.find(contact, conn)?.name ?? "" }
            let typeName = visit.city.pack.contactType(type).map { t($0.name) } ?? type
            rows.append(
                ListRow(
                    title: a(CaseAddresses.show(number)) { number },
                    subtitle: t(
                        "cases.records.part",
                        [
                            "name": .text(names[contact] ?? ""), "type": .text(typeName), "date": .date(visit.day(of: since)),
                        ])))
            json.append([
                "number": .string(number), "contact": .string(names[contact] ?? ""), "contact_type": .string(type),
                "since": .string(since.description), "may_view": .bool(try part["may_view"]),
                "may_act": .bool(try part["may_act"]), "may_bill": .bool(try part["may_bill"]),
                "may_request_inspection": .bool(try part["may_request_inspection"]),
            ])
        }
        return .init(
            view: group {
                if rows.isEmpty {
                    p(.class("soft")) { t("cases.records.none") }
                } else {
                    listRows(Array(rows.prefix(AccountRecords.mostShown)), label: t("cases.records.title"))
                    if rows.count > AccountRecords.mostShown {
                        p(.class("soft")) {
                            t("cases.records.more", ["most": .number(AccountRecords.mostShown), "count": .number(rows.count)])
                        }
                    }
                }
            }, json: .array(json))
    }
}
