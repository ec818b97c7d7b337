internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Somebody who was taken off a case a short while ago and can be put back with one press: taking off has no question before it.
struct Removal: Sendable {
    enum Who: Sendable {
        case contact(ContactID)
        case address(TypedAddress, InvitationTerms)
    }

    /// The fact that tells of it.
    let id: Int64
    let who: Who
    /// The name, or the address as it was typed.
    let label: String
    /// Key of the contact type.
    let type: String

    fileprivate var place: String {
        switch who {
        case .contact(let id): "\(id)|\(type)"
        case .address(let address, _): "\(address.folded)|\(type)"
        }
    }
}

enum Removals {
    /// How long somebody can be put back.
    static let lifetime = Span.days(1)

    /// The newest first. Whoever left by themselves is not among them: they are asked, or added anew.
    static func all(of seen: SeenCase, at now: Instant, _ conn: Connection) throws -> [Removal] {
        var decided: Set<String> = []
        return try FactLog.timeline(of: .case(seen.record.id), limit: 100, conn).compactMap { fact in
            guard fact.subject == .case(seen.record.id), fact.at > now - lifetime,
                let removal = try removal(fact, seen.record.id, conn),
                decided.insert(removal.place).inserted, fact.arguments["left"] != .bool(true),
                try !isThere(removal, seen.record.id, conn)
            else { return nil }
            return removal
        }
    }

    private static func removal(_ fact: Fact, _ id: CaseID, _ conn: Connection) throws -> Removal? {
        switch fact.kind {
        case .contactRemoved:
            guard let contact = fact.number("contact").map(ContactID.init) else { return nil }
            return try Removal(
                id: fact.id, who: .contact(contact), label: Parties.shownName(of: contact, conn), type: fact.text("type"))
        case .invitationWithdrawn:
            guard let invitation = fact.number("invitation"),
                let row = try conn.row(
                    """
                    SELECT typed, folded, rights FROM case_invitation WHERE id = \(invitation) AND case_id = \(id)
                    """)
            else { return nil }
            let address = TypedAddress(typed: try row["typed"], folded: try row["folded"])
            let terms = InvitationTerms(rights: Rights(stored: try row["rights"]), lifetime: InvitationTerms.usual.lifetime)
            return Removal(id: fact.id, who: .address(address, terms), label: address.typed, type: fact.text("type"))
        default: return nil
        }
    }

    private static func isThere(_ removal: Removal, _ id: CaseID, _ conn: Connection) throws(DatabaseError) -> Bool {
        switch removal.who {
        case .contact(let contact):
            try conn.exists(
                """
                SELECT 1 FROM case_grant
                WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(removal.type) AND until IS NULL
                  AND added_as IS NULL
                """)
        case .address(let address, _):
            try conn.exists(
                """
                SELECT 1 FROM case_invitation
                WHERE case_id = \(id) AND folded = \(address.folded) AND contact_type = \(removal.type) AND ended_at IS NULL
                """)
        }
    }
}

/// Puts somebody back: by name with the rights they had, by address with a new invitation.
enum PutBackContact {
    /// POST
    static func putBack(_ visit: Visit) async throws -> WebResponse {
        guard let wanted = Int64(try visit.submission[ContactForms.PutBack.removal]) else { throw NotFound() }
        return try await visit.change { change in
            let seen = try AddContact.open(visit, change)
            let link = CaseAddresses.contacts(seen.number)
            guard
                let removal = try Removals.all(of: seen, at: change.city.cityClock.now, change.conn).first(where: {
                    $0.id == wanted
                }),
                let type = seen.pack.contactType(removal.type)
            else { return .init(link, say: Phrase("cases.contacts.notToPutBack")) }
            switch removal.who {
            case .contact(let contact): try GrantWriter(change).putBack(contact, on: seen.record.id, as: type)
            case .address(let address, let terms):
                _ = try Invitations(change).add(address, to: seen.record.id, as: type, language: visit.language, terms: terms)
            }
            let arguments: [String: WordArgument] = ["name": .text(removal.label), "type": .text(visit.t(type.name))]
            return .init(link, say: Phrase("cases.contacts.isBack", arguments))
        }
    }
}
