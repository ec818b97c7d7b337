internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Somebody says that two of their own records are the same (B10). A steward looks at both and decides.
struct MergeProposal: Sendable {
    enum State: String, Sendable, SQLConvertible { case waiting, merged, declined }

    let id: Int64
    let publicID: String
    let account: AccountID
    let person: String
    let one: (publicID: String, name: String)
    let other: (publicID: String, name: String)
    let why: String
    let since: Instant

    /// Nobody has more of them waiting.
    static let mostWaiting = 10

    /// Those that wait for the city, the oldest first; of one account or of all.
    static func waiting(of account: AccountID? = nil, _ conn: Connection) throws -> [MergeProposal] {
        let mine: SQL = account.map { "AND p.account_id = \($0)" } ?? ""
        // Not in the order of the keys, which would go through all that were decided: few wait, and an index holds only those.
        return try conn.rows("\(selection) WHERE p.state = 'waiting' \(mine) ORDER BY p.id + 0 LIMIT 200").map(MergeProposal.init)
    }

    static func find(_ publicID: String, _ conn: Connection) throws -> MergeProposal? {
        try conn.row("\(selection) WHERE p.public_id = \(publicID) AND p.state = 'waiting'").map(MergeProposal.init)
    }

    private static let selection: SQL = """
        SELECT p.id, p.public_id, p.account_id, p.why, p.created_at, a.first_name AS person_first, a.last_name AS person_last,
            c.public_id AS one_id, c.kind AS one_kind, c.company_name AS one_company, c.first_name AS one_first,
            c.last_name AS one_last, o.public_id AS other_id, o.kind AS other_kind, o.company_name AS other_company,
            o.first_name AS other_first, o.last_name AS other_last
        FROM merge_proposal p JOIN account a ON a.id = p.account_id
            JOIN contact c ON c.id = p.one_contact JOIN contact o ON o.id = p.other_contact
        """

    private init(row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        account = try row["account_id"]
        why = try row["why"]
        since = try row["created_at"]
        let names: [String] = [try row["person_first"], try row["person_last"]]
        person = tidied(names.joined(separator: " "))
        one = (try row["one_id"], try MergeProposal.name("one", row))
        other = (try row["other_id"], try MergeProposal.name("other", row))
    }

    private static func name(_ side: String, _ row: Row) throws -> String {
        FullContact.name(
            try row["\(side)_kind"],
            Face(values: [
                .companyName: try row["\(side)_company"], .firstName: try row["\(side)_first"],
                .lastName: try row["\(side)_last"],
            ]))
    }

    /// The records that an account acts for by itself: as a person, or as an owner or manager.
    static func records(of account: AccountID, _ conn: Connection) throws -> [Contact] {
        try conn.rows(
            """
            SELECT DISTINCT \(Contact.columns) FROM (
                SELECT contact_id FROM contact_link WHERE account_id = \(account) AND until IS NULL
                UNION SELECT organization_id FROM membership
                WHERE account_id = \(account) AND role IN ('owner', 'manager') AND until IS NULL
            ) mine JOIN contact c ON c.id = mine.contact_id
            WHERE c.until IS NULL ORDER BY c.id LIMIT 100
            """
        ).map(Contact.init)
    }

    /// Keeps what somebody proposes. Does nothing when it waits already.
    static func make(_ one: Contact, _ other: Contact, why: String, by account: AccountID, _ change: Change) throws {
        let pair = one.id.value < other.id.value ? (one, other) : (other, one)
        guard pair.0.kind == pair.1.kind else { throw Refusal("contacts.merge.otherKind") }
        guard try Contact.survivor(of: one.id, change.conn) != Contact.survivor(of: other.id, change.conn) else {
            throw Refusal("contacts.merge.alreadyOne")
        }
        let made = try change.conn.run(
            """
            INSERT INTO merge_proposal (public_id, account_id, one_contact, other_contact, why, state, created_at)
            VALUES (\(change.publicID()), \(account), \(pair.0.id), \(pair.1.id), \(why), \(State.waiting), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return }
        try change.record(
            NewFact(
                .mergeProposed, about: .account(account), and: [.contact(pair.0.id), .contact(pair.1.id)],
                ["one": .string(pair.0.name), "other": .string(pair.1.name)], why: why))
    }

    func end(_ state: State, answer: String = "", _ change: Change) throws {
        let ended = try change.conn.run(
            """
            UPDATE merge_proposal SET state = \(state), decided_by = \(change.principal.actor), decided_at = \(change.now),
                answer = \(answer)
            WHERE id = \(id) AND state = 'waiting'
            """)
        guard ended > 0 else { throw Refusal("cleanUp.proposals.decided") }
        try change.record(
            NewFact(
                .mergeProposalDecided, about: .account(account),
                [
                    "one": .string(one.name), "other": .string(other.name), "merged": .bool(state == .merged),
                    "answer": .string(answer),
                ]))
    }

    /// Records that were proposed as one and are one now: whoever proposed it is told.
    static let reaction = Reaction(on: .contactsMerged) { fact, change in
        let ids = try Cluster.members(of: ContactID(fact.subject.id), change.conn)
        let list = ids.map(\.value)
        let proposals = try change.conn.rows(
            """
            \(selection) WHERE p.state = 'waiting' AND p.one_contact IN \(list: list) AND p.other_contact IN \(list: list)
            """
        ).map(MergeProposal.init)
        for proposal in proposals { try proposal.end(.merged, change) }
    }
}

extension FactKind {
    /// In the account's chain, referring to both records. Arguments: `one`, `other` (names). Why: the person's words.
    static let mergeProposed: FactKind = "account.merge-proposed"
    /// In the account's chain. Arguments: `one`, `other`, `merged` (true or false), `answer` (the steward's words).
    static let mergeProposalDecided: FactKind = "account.merge-proposal-decided"
}
