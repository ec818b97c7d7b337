internal import Core
internal import Database
internal import Primitives

/// What somebody would see that they do not see now: the cases of a contact, without those they are already on.
enum GainedCases {
    static func count(_ contact: ContactID, _ account: AccountID, _ access: AccessTable, _ conn: Connection) throws -> Int {
        let seen = access.visible("case.party-view", to: .account(account, actingFor: nil), alias: "c")
        return try conn.value(
            """
            SELECT COUNT(*) FROM case_record c
            WHERE c.id IN (SELECT g.case_id FROM case_grant g WHERE g.contact_id = \(contact) AND g.may_view = 1 AND g.until IS NULL)
              AND NOT \(seen)
            """) ?? 0
    }
}
