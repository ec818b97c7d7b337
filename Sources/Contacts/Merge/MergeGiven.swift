public import Core
public import Database
public import Primitives

/// A right that somebody has because two records are one: a link or a membership that carries the edge (B9).
public struct MergeGiven: Sendable {
    enum Way: Sendable, Hashable {
        case link
        /// - Parameter own: what the account is in the organization by itself, beside it.
        case membership(own: Membership.Place?)
    }

    let id: Int64
    let way: Way
    public let account: AccountID
    public let contact: ContactID
    let edge: Int64

    /// What ends when this edge does: all that it gave, and of what others gave, what stands on a record that is then not one with any
    /// record the account has by itself. The answer is the same before and after.
    public static func ending(with edge: IdentityEdge, _ conn: Connection) throws -> [MergeGiven] {
        let forest = try Forest(around: [edge.from, edge.into], without: edge.id, conn)
        let contacts = forest.contacts.sorted { $0.value < $1.value }
        let given = try live(at: contacts, conn)
        guard !given.isEmpty else { return [] }
        let grounds = try OwnGround.all(of: Array(Set(given.map(\.account))), at: contacts, conn)
        // Which trees somebody stands in, each by its root.
        let stands = Set(grounds.map { OwnGround(account: $0.account, contact: forest.root(of: $0.contact)) })
        return given.filter { one in
            one.edge == edge.id || !stands.contains(OwnGround(account: one.account, contact: forest.root(of: one.contact)))
        }
    }

    /// What merges gave at these records and has not ended.
    static func live(at contacts: [ContactID], _ conn: Connection) throws -> [MergeGiven] {
        let ids = contacts.map(\.value)
        return try conn.rows(
            """
            SELECT 'link' AS what, id, account_id, contact_id, edge_id, NULL AS own_role, NULL AS own_scope FROM contact_link
            WHERE contact_id IN \(list: ids) AND edge_id IS NOT NULL AND until IS NULL
            UNION ALL
            SELECT 'member', id, account_id, organization_id, edge_id, own_role, own_scope FROM membership
            WHERE organization_id IN \(list: ids) AND edge_id IS NOT NULL AND until IS NULL
            ORDER BY 1, 2
            """
        ).map { row in
            let way: Way = try row["what"] == "link" ? .link : .membership(own: Membership.Place(own: row))
            return MergeGiven(
                id: try row["id"], way: way, account: try row["account_id"], contact: try row["contact_id"],
                edge: try row["edge_id"])
        }
    }
}

extension ContactWriter {
    /// Gives the account what it gains by a merge, until that is taken back.
    /// - Parameter evidence: how we know that it may, for the history.
    public func give(_ gain: MergeGain, by edge: IdentityEdge, evidence: String) throws {
        for contact in gain.contacts {
            switch gain.way {
            case .link: try link(gain.account, to: contact, how: .merge, evidence: evidence, edge: edge.id)
            case .membership(let role):
                try join(gain.account, organization: contact, as: role, evidence: evidence, edge: edge.id)
            }
        }
    }

    /// After the account has lost a record: what merges gave it on the others that are one with that one ends too, unless it still has
    /// one of them by itself.
    /// - Parameter withdraws: whether what the person asked of others is taken back (decision 21).
    func endGivenWithoutGround(
        to account: AccountID, around contact: ContactID, withdraws: Bool = true, why: String?
    ) throws {
        let members = try Cluster.members(of: contact, change.conn)
        guard members.count > 1, try OwnGround.all(of: [account], at: members, change.conn).isEmpty else { return }
        for given in try MergeGiven.live(at: members, change.conn) where given.account == account {
            try end(given, withdraws: withdraws, why: why)
        }
    }

    /// Access ends at the person's next request; what they are by themselves stays.
    func end(_ given: MergeGiven, withdraws: Bool = true, why: String?) throws {
        var arguments = try names(given.contact, given.account)
        arguments["edge"] = .integer(given.edge)
        let (about, person): (Subject, [Subject]) = (.contact(given.contact), [.account(given.account)])
        switch given.way {
        case .link:
            try change.conn.run("UPDATE contact_link SET until = \(change.now) WHERE id = \(given.id)")
            try change.record(NewFact(.contactUnlinked, about: about, and: person, arguments, why: why))
        case .membership(own: nil):
            try change.conn.run("UPDATE membership SET until = \(change.now) WHERE id = \(given.id)")
            try change.record(NewFact(.memberLeft, about: about, and: person, arguments, why: why))
            if withdraws { try withdrawInvitations(by: given.account, at: given.contact, nowA: nil, edge: given.edge) }
        case .membership(own: let own?):
            let before = try Membership.find(given.account, in: given.contact, change.conn)?.role ?? own.role
            try change.conn.run("UPDATE membership SET until = \(change.now) WHERE id = \(given.id)")
            try change.conn.run(
                """
                INSERT INTO membership (organization_id, account_id, role, scope, since)
                VALUES (\(given.contact), \(given.account), \(own.role), \(own.scope), \(change.now))
                """)
            arguments["role"] = .string(own.role.rawValue)
            try change.record(
                NewFact(
                    .memberRoleChanged, about: about, and: person, arguments, before: .string(before.rawValue),
                    after: .string(own.role.rawValue), why: why))
            try withdrawInvitations(by: given.account, at: given.contact, nowA: own.role, edge: given.edge)
        }
    }
}
