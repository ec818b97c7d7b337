internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Puts somebody on a case: by name, or by an exact address (B5).
enum AddContact {
    static let action = "add-contact"

    /// Nobody is added to a case that is over.
    static let obstacles: @Sendable (SeenCase, CityContext, Connection) throws -> [Obstacle] = { seen, city, _ in
        guard let status = seen.status, status.bucket == .closed else { return [] }
        let reason = Phrase("cases.contacts.closed", ["phone": .text(city.pack.city.phone)])
        return [Obstacle(reason)]
    }

    /// POST: a contact from the search or from the favorites.
    static func byName(_ visit: Visit) async throws -> WebResponse {
        let contact = try visit.submission[ContactForms.Add.contact]
        let type = try visit.submission[ContactForms.Add.type]
        return try await visit.change { change in
            let seen = try open(visit, change)
            let type = try contactType(type, seen, visit)
            guard let found = try PublicID(contact).flatMap({ try Contact.find($0, change.conn) }),
                try mayName(found, change)
            else { throw NotFound() }
            let isNew = try GrantWriter(change).add(found.id, to: seen.record.id, as: type)
            return .init(CaseAddresses.contacts(seen.number), say: said(found.name, type, isNew: isNew, visit.t))
        }
    }

    /// POST: whoever has this address. The answer is the same whether or not anybody has.
    static func byEmail(_ visit: Visit) async throws -> WebResponse {
        let email = try visit.submission[ContactForms.AddEmail.email]
        let type = try visit.submission[ContactForms.AddEmail.type]
        return try await visit.change { change in
            let seen = try open(visit, change)
            let type = try contactType(type, seen, visit)
            let address = TypedAddress(typed: email.typed, folded: email.folded)
            let outcome = try Invitations(change).add(address, to: seen.record.id, as: type, language: visit.language)
            return .init(
                CaseAddresses.contacts(seen.number), say: said(email.typed, type, isNew: outcome == .added, visit.t))
        }
    }

    /// The case, when this person may add somebody to it now; takes one of the person's additions.
    static func open(_ visit: Visit, _ change: Change) throws -> SeenCase {
        let seen = try SeenCase.find(number: visit.parameter("number"), change.city, change.principal, change.conn)
        guard try seen.may("case.act", change.conn) else { throw Refusal("cases.contacts.mayNotAct", status: 403) }
        if let obstacle = try change.city.obstacles(to: action, seen, change.conn).first {
            throw visit.submission.refusing(WordKey(obstacle.reason.key), obstacle.reason.arguments)
        }
        guard try change.allows(.contactAdd, change.principal.actor) else { throw Refusal.tooMany }
        return seen
    }

    static func contactType(_ key: String, _ seen: SeenCase, _ visit: Visit) throws -> ContactType {
        guard seen.type?.contactTypes.contains(key) ?? false, let type = seen.pack.contactType(key) else {
            throw visit.submission.refusing("cases.contacts.chooseType")
        }
        return type
    }

    /// Only whom the search could have shown, or a favorite: a contact's key alone never reveals a name.
    static func mayName(_ contact: Contact, _ change: Change) throws -> Bool {
        if contact.isFindable { return true }
        guard let account = change.principal.account else { return false }
        return try Favorites.contains(contact.id, of: account, change.conn)
    }

    static func said(_ name: String, _ type: ContactType, isNew: Bool, _ t: Voice) -> Phrase {
        let arguments: [String: WordArgument] = ["name": .text(name), "type": .text(t(type.name))]
        return isNew ? Phrase("cases.contacts.added", arguments) : Phrase("cases.contacts.alreadyThere", arguments)
    }
}
