internal import Core
internal import Database
internal import Primitives

/// What somebody would see that they do not see now: the cases of a contact, without those they are already on.
struct GainedCases: Sendable {
    let count: Int
    /// The newest of them.
    let numbers: [String]

    static func of(
        _ contact: ContactID, for account: AccountID?, _ access: AccessTable, listing limit: Int, _ conn: Connection
    ) throws -> GainedCases {
        let numbers: [String] = try conn.rows(
            """
            SELECT c.number FROM case_record c WHERE \(condition(contact, account, access))
            ORDER BY c.active_on DESC, c.id DESC LIMIT \(limit)
            """
        ).map { try $0["number"] }
        return GainedCases(count: try count(contact, account, access, conn), numbers: numbers)
    }

    static func count(_ contact: ContactID, _ account: AccountID?, _ access: AccessTable, _ conn: Connection) throws -> Int {
        try conn.value("SELECT COUNT(*) FROM case_record c WHERE \(condition(contact, account, access))") ?? 0
    }

    private static func condition(_ contact: ContactID, _ account: AccountID?, _ access: AccessTable) -> SQL {
        let grants: SQL = """
            c.id IN (SELECT g.case_id FROM case_grant g WHERE g.contact_id = \(contact) AND g.may_view = 1 AND g.until IS NULL)
            """
        guard let account else { return grants }
        let seen = access.visible("case.party-view", to: .account(account, actingFor: nil), alias: "c")
        return grants + " AND NOT " + seen
    }
}
