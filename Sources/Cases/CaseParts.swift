internal import Core
internal import Database
internal import Primitives

/// Who stands on a case or stood there since some moment, and by whom each came: for finding everybody who came in by somebody who
/// should not have been there (C2).
struct CaseParts {
    struct Part {
        /// Of its grant.
        let id: Int64
        let contact: ContactID
        let type: String
        let isNamed: Bool
        let isLive: Bool
        /// Who ended it, as facts name the actor.
        let endedBy: String?
        let by: [Adding]

        /// Whether nobody but these put it there, since then.
        func came(by actors: Set<String>, since: Instant) -> Bool {
            by.allSatisfy { $0.at >= since && actors.contains($0.actor) }
        }
    }

    /// Somebody put a contact there, by name or by its address.
    struct Adding {
        let actor: String
        let at: Instant
    }

    private struct Invited {
        let contact: ContactID
        let type: String
        let adding: Adding
        let until: Instant?

        init(row: Row) throws {
            contact = try row["contact_id"]
            type = try row["contact_type"]
            adding = Adding(actor: try row["added_by"], at: try row["created_at"])
            until = try row["ended_at"]
        }
    }

    let all: [Part]
    private let since: Instant
    private let contacts: ContactsOfActors

    /// How facts and rows name the account.
    static func actor(_ account: AccountID) -> String { Principal.account(account, actingFor: nil).actor }

    init(of id: CaseID, since: Instant, _ conn: Connection) throws {
        let invited = try conn.rows(
            """
            SELECT contact_id, contact_type, added_by, created_at, ended_at FROM case_invitation
            WHERE case_id = \(id) AND contact_id IS NOT NULL AND ended_at IS NULL
            UNION ALL
            SELECT contact_id, contact_type, added_by, created_at, ended_at FROM case_invitation
            WHERE case_id = \(id) AND contact_id IS NOT NULL AND ended_at IS NOT NULL
            """
        ).map(Invited.init)
        let rows = try conn.rows(
            """
            SELECT id, contact_id, contact_type, added_by, added_as, since, until, ended_by FROM case_grant
            WHERE case_id = \(id) AND until IS NULL
            UNION ALL
            SELECT id, contact_id, contact_type, added_by, added_as, since, until, ended_by FROM case_grant
            WHERE case_id = \(id) AND until IS NOT NULL AND until >= \(since)
            ORDER BY id
            """)
        let named = try rows.flatMap { row in
            let (adder, ender): (String, String?) = (try row["added_by"], try row["ended_by"])
            return [adder, ender].compactMap(\.self)
        }
        let contacts = try ContactsOfActors(invited.map(\.adding.actor) + named, conn)
        all = try rows.map { row in
            let (contact, type): (ContactID, String) = (try row["contact_id"], try row["contact_type"])
            let adding = Adding(actor: try row["added_by"], at: try row["since"])
            let (typed, until): (String?, Instant?) = (try row["added_as"], try row["until"])
            let inviters = invited.filter { one in
                one.contact == contact && one.type == type && adding.at <= one.until ?? adding.at
                    && one.adding.at <= until ?? one.adding.at
            }.map(\.adding)
            // Whoever proves an invited address is the one who is written as adding: they came by whoever invited.
            let isAnswer = !inviters.isEmpty && contacts.mayProve(adding.actor, contact)
            return Part(
                id: try row["id"], contact: contact, type: type, isNamed: typed == nil, isLive: until == nil,
                endedBy: try row["ended_by"], by: inviters + (isAnswer ? [] : [adding]))
        }
        self.since = since
        self.contacts = contacts
    }

    /// These, and everybody who came in by them and changed something too; without those who see the case by a way that none of them
    /// opened.
    func intruders(from accounts: [AccountID], on id: CaseID, _ conn: Connection) throws -> Set<AccountID> {
        var found = Set(accounts)
        var isGrowing = true
        while isGrowing {
            let more = contacts.accounts(of: Set(parts(of: found).map(\.contact))).subtracting(found)
            found.formUnion(more)
            isGrowing = !more.isEmpty
        }
        var isShrinking = true
        while isShrinking {
            let theirs = Set(parts(of: found).map(\.id))
            let others = all.filter { $0.isLive && !theirs.contains($0.id) }.map(\.id)
            let rightful = try found.filter { try CaseParts.sees($0, id, by: others, conn) }
            found.subtract(rightful)
            isShrinking = !rightful.isEmpty
        }
        return found
    }

    private func parts(of accounts: Set<AccountID>) -> [Part] {
        let actors = Set(accounts.map(CaseParts.actor))
        return all.filter { $0.came(by: actors, since: since) }
    }

    private static func sees(_ account: AccountID, _ id: CaseID, by grants: [Int64], _ conn: Connection) throws -> Bool {
        guard !grants.isEmpty else { return false }
        return try CaseAccess.partyView(within: grants)
            .may("case.party-view", .account(account, actingFor: nil), on: id.value, conn)
    }

    /// Whom these took off, unless they had put them there, or left themselves.
    /// - Parameter claimed: goes back also where an account took it off that it still belongs to.
    func toPutBack(_ actors: Set<String>, for claimed: ContactID?) -> [Part] {
        all.filter { part in
            guard !part.isLive, part.isNamed, let ender = part.endedBy, actors.contains(ender) else { return false }
            return !part.came(by: actors, since: since) && (part.contact == claimed || !contacts.isStillOf(ender, part.contact))
        }
    }
}

/// The contacts behind those who changed something: of accounts, now and at any time.
private struct ContactsOfActors {
    private var now: [AccountID: Set<ContactID>] = [:]
    private var ever: [AccountID: Set<ContactID>] = [:]

    init(_ actors: [String], _ conn: Connection) throws {
        for account in Set(actors.compactMap(ContactsOfActors.account)) {
            for row in try conn.rows(
                """
                SELECT contact_id, until FROM contact_link WHERE account_id = \(account)
                UNION ALL
                SELECT organization_id, until FROM membership WHERE account_id = \(account)
                """)
            {
                let (contact, until): (ContactID, Instant?) = (try row[0], try row[1])
                ever[account, default: []].insert(contact)
                if until == nil { now[account, default: []].insert(contact) }
            }
        }
    }

    private static func account(_ actor: String) -> AccountID? {
        guard actor.hasPrefix("account:") else { return nil }
        return Int64(actor.dropFirst("account:".count)).map { AccountID($0) }
    }

    /// Those to whom one of the contacts belongs or belonged.
    func accounts(of contacts: Set<ContactID>) -> Set<AccountID> {
        Set(ever.filter { !$0.value.isDisjoint(with: contacts) }.keys)
    }

    /// Whether the actor may be whoever proved the contact's address: its account, or nobody yet, by the link of a mail.
    func mayProve(_ actor: String, _ contact: ContactID) -> Bool {
        if actor == Principal.guest.actor || actor.hasPrefix("job:") { return true }
        return ContactsOfActors.account(actor).flatMap { ever[$0] }?.contains(contact) ?? false
    }

    func isStillOf(_ actor: String, _ contact: ContactID) -> Bool {
        ContactsOfActors.account(actor).flatMap { now[$0] }?.contains(contact) ?? false
    }
}
