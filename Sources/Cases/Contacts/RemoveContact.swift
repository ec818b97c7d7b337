internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Takes somebody off a case. Whoever may act on it can take off anybody; anybody can leave (B7).
enum RemoveContact {
    /// POST
    static func remove(_ visit: Visit) async throws -> WebResponse {
        guard let key = Party.Key(try visit.submission[ContactForms.Remove.party]) else { throw NotFound() }
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), change.city, change.principal, change.conn)
            let mayAct = try seen.may("case.act", change.conn)
            let parties = try Parties.all(of: seen, mayAct: mayAct, at: change.now, change.conn)
            guard let party = parties.first(where: { $0.key == key && !$0.isDeclined }) else {
                return .init(CaseAddresses.contacts(seen.number), say: Phrase("cases.contacts.alreadyGone"))
            }
            guard mayAct || party.isMine else { throw Refusal("cases.contacts.mayNotAct", status: 403) }
            let before = try actors(on: seen.record.id, change.conn)
            try end(party, seen, change)
            if before > 0, try actors(on: seen.record.id, change.conn) == 0 {
                throw visit.submission.refusing("cases.contacts.lastActor", ["phone": .text(change.city.pack.city.phone)])
            }
            let remains = try seen.may("case.view", change.conn)
            return .init(
                remains ? CaseAddresses.contacts(seen.number) : CaseAddresses.dashboard(),
                say: party.isMine
                    ? Phrase("cases.contacts.left", ["number": .text(seen.number)])
                    : Phrase("cases.contacts.removed", ["name": .text(party.label)]))
        }
    }

    /// POST: somebody who was added by address lets the others see their name.
    static func showName(_ visit: Visit) async throws -> WebResponse {
        guard case .email(let id)? = Party.Key(try visit.submission[ContactForms.Remove.party]) else { throw NotFound() }
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), change.city, change.principal, change.conn)
            guard let account = change.principal.account else { throw NotFound() }
            let shown = try Invitations(change).showName(id, on: seen.record.id, to: account)
            return .init(CaseAddresses.contacts(seen.number), say: shown ? Phrase("cases.contacts.nameShown") : nil)
        }
    }

    private static func end(_ party: Party, _ seen: SeenCase, _ change: Change) throws {
        switch party.key {
        case .grant:
            // The contacts that stand on the case themselves, not the one whose face they show.
            for contact in party.records {
                try GrantWriter(change).remove(contact, from: seen.record.id, type: party.type, isLeaving: party.isMine)
            }
        case .email(let id): _ = try Invitations(change).withdraw(id, from: seen.record.id, isLeaving: party.isMine)
        }
    }

    /// How many can still act on the case and are known to: somebody always must. Who was added by address does not count, or
    /// leaving would tell whether the address belongs to an account (A2).
    private static func actors(on id: CaseID, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value(
            "SELECT COUNT(*) FROM case_grant WHERE case_id = \(id) AND may_act = 1 AND added_as IS NULL AND until IS NULL") ?? 0
    }
}
