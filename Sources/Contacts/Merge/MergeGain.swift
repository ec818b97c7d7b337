public import Core
public import Database
public import Primitives

/// What an account would be able to act for if two records were one. A merge gives it to nobody by itself: whoever merges gives it to
/// those for whom there is evidence, and unmerging takes it back (`model.md` 3).
public struct MergeGain: Sendable, Hashable {
    public enum Way: Sendable, Hashable {
        case link
        case membership(Membership.Role)
    }

    public let account: AccountID
    /// The account's name.
    public let person: String
    public let way: Way
    /// The records it would act for and does not now.
    public let contacts: [ContactID]
    /// An address that the account proved and that is on one of those records, as one person's.
    public let proof: FoldedEmail?

    /// Tells a gain from the others of a merge: the account, and the first record.
    public var key: String { "\(account)-\(contacts.first?.description ?? "")" }

    /// Everybody who acts for a record of one side and not for all of the other's. Two statements.
    public static func all(between one: [ContactID], and other: [ContactID], _ conn: Connection) throws -> [MergeGain] {
        let held = try holders(of: one + other, conn)
        let proofs = try proofs(of: Array(held.keys), at: one + other, conn)
        var gains: [MergeGain] = []
        for (account, holder) in held.sorted(by: { $0.key.value < $1.key.value }) {
            for (own, wanted) in [(one, other), (other, one)] {
                guard let way = strongest(own.compactMap { holder.ways[$0] }) else { continue }
                let missing = wanted.filter { holder.ways[$0] == nil }
                guard !missing.isEmpty else { continue }
                gains.append(
                    MergeGain(
                        account: account, person: holder.name, way: way, contacts: missing,
                        proof: missing.compactMap { proofs[account]?[$0] }.first))
            }
        }
        return gains
    }

    private struct Holder {
        let name: String
        var ways: [ContactID: Way]
    }

    private static func strongest(_ ways: [Way]) -> Way? {
        func rank(_ way: Way) -> Int {
            switch way {
            case .link: 3
            case .membership(.owner): 2
            case .membership(.manager): 1
            case .membership(.member): 0
            }
        }
        return ways.max { rank($0) < rank($1) }
    }

    /// Who acts for each of these records. Members who see chosen cases only gain nothing.
    private static func holders(of contacts: [ContactID], _ conn: Connection) throws -> [AccountID: Holder] {
        let ids = contacts.map(\.value)
        var held: [AccountID: Holder] = [:]
        for row in try conn.rows(
            """
            SELECT l.account_id, l.contact_id, NULL AS role, a.first_name, a.last_name
            FROM contact_link l JOIN account a ON a.id = l.account_id
            WHERE l.contact_id IN \(list: ids) AND l.until IS NULL AND a.closed_at IS NULL
            UNION ALL
            SELECT m.account_id, m.organization_id, m.role, a.first_name, a.last_name
            FROM membership m JOIN account a ON a.id = m.account_id
            WHERE m.organization_id IN \(list: ids) AND m.until IS NULL AND m.scope = 'all' AND a.closed_at IS NULL
            """)
        {
            let (account, contact): (AccountID, ContactID) = (try row["account_id"], try row["contact_id"])
            let role: Membership.Role? = try row["role"]
            let names: [String] = [try row["first_name"], try row["last_name"]]
            var holder = held[account] ?? Holder(name: tidied(names.joined(separator: " ")), ways: [:])
            holder.ways[contact] = strongest([holder.ways[contact], role.map(Way.membership) ?? .link].compactMap(\.self))
            held[account] = holder
        }
        return held
    }

    /// Addresses that these accounts proved and that stand on these records, as one person's.
    private static func proofs(
        of accounts: [AccountID], at contacts: [ContactID], _ conn: Connection
    ) throws(DatabaseError) -> [AccountID: [ContactID: FoldedEmail]] {
        var proofs: [AccountID: [ContactID: FoldedEmail]] = [:]
        for row in try conn.rows(
            """
            SELECT e.account_id, c.contact_id, e.folded FROM contact_email c JOIN account_email e ON e.folded = c.folded
            WHERE c.contact_id IN \(list: contacts.map(\.value)) AND c.until IS NULL AND c.shared_mailbox = 0
              AND e.account_id IN \(list: accounts.map(\.value)) AND e.proven_at IS NOT NULL AND e.until IS NULL
            ORDER BY c.id
            """)
        {
            let (account, contact): (AccountID, ContactID) = (try row["account_id"], try row["contact_id"])
            if proofs[account]?[contact] == nil { proofs[account, default: [:]][contact] = try row["folded"] }
        }
        return proofs
    }
}
