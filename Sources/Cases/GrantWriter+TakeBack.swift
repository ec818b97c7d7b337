public import Core
internal import Database
public import Primitives

/// Takes back what accounts did on cases that were never theirs to act on (C2).
extension GrantWriter {
    /// Ends what these accounts added since then to the cases of a contact, and puts back whom they took off. It makes no difference
    /// whether the contact itself still stands there: they may have taken it off. A case that they put it on themselves is their own.
    public func takeBack(from accounts: [AccountID], since: Instant, onCasesOf contact: ContactID) throws {
        let cases = try change.conn.rows(GrantWriter.touched(by: accounts, since: since, onCasesOf: contact)).map {
            try $0["case_id"] as CaseID
        }
        for id in cases { try takeBack(from: accounts, since: since, on: id, for: contact) }
    }

    /// The same on one case. Whoever sees it by a way that none of them opened had every right to what they did.
    /// - Parameter contact: goes back also where an account took it off that it still belongs to.
    public func takeBack(from accounts: [AccountID], since: Instant, on id: CaseID, for contact: ContactID? = nil) throws {
        let parts = try CaseParts(of: id, since: since, change.conn)
        let intruders = try parts.intruders(from: accounts, on: id, change.conn)
        guard !intruders.isEmpty else { return }
        let actors = Set(intruders.map(CaseParts.actor))
        for invitation in try invitations(by: actors.sorted(), since: since, on: id) {
            _ = try Invitations(change).withdraw(invitation, from: id, isLeaving: false)
        }
        for part in parts.all where part.isLive && part.came(by: actors, since: since) { try end(part.id) }
        for part in parts.toPutBack(actors, for: contact) {
            guard let type = try Invitations(change).type(part.type, of: id) else { continue }
            try putBack(part.contact, on: id, as: type)
        }
    }

    private func invitations(by actors: [String], since: Instant, on id: CaseID) throws -> [Int64] {
        try change.conn.rows(
            """
            SELECT id FROM case_invitation
            WHERE case_id = \(id) AND added_by IN \(list: actors) AND created_at >= \(since) AND ended_at IS NULL ORDER BY id
            """
        ).map { try $0["id"] }
    }

    /// The cases that the contact stood on at any time since then, by others' doing, and on which these accounts changed who is there.
    static func touched(by accounts: [AccountID], since: Instant, onCasesOf contact: ContactID) -> SQL {
        let actors = accounts.map(CaseParts.actor)
        let isOurs: SQL = """
            NOT (o.since >= \(since) AND o.added_by IN \(list: actors))
              AND (EXISTS (SELECT 1 FROM case_grant g
                           WHERE g.case_id = o.case_id AND g.until IS NULL AND g.since >= \(since) AND g.added_by IN \(list: actors))
                OR EXISTS (SELECT 1 FROM case_grant g
                           WHERE g.case_id = o.case_id AND g.until IS NOT NULL AND g.until >= \(since)
                             AND (g.ended_by IN \(list: actors) OR g.added_by IN \(list: actors)))
                OR EXISTS (SELECT 1 FROM case_invitation i
                           WHERE i.case_id = o.case_id AND i.ended_at IS NULL AND i.created_at >= \(since)
                             AND i.added_by IN \(list: actors))
                OR EXISTS (SELECT 1 FROM case_invitation i
                           WHERE i.case_id = o.case_id AND i.ended_at IS NOT NULL AND i.created_at >= \(since)
                             AND i.added_by IN \(list: actors)))
            """
        return """
            SELECT o.case_id FROM case_grant o WHERE o.contact_id = \(contact) AND o.until IS NULL AND \(isOurs)
            UNION
            SELECT o.case_id FROM case_grant o
            WHERE o.contact_id = \(contact) AND o.until IS NOT NULL AND o.until >= \(since) AND \(isOurs)
            ORDER BY case_id
            """
    }
}
