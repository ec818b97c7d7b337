internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Puts somebody back: by name with the rights they had, by address with a new invitation.
enum PutBackContact {
    /// POST
    static func putBack(_ visit: Visit) async throws -> WebResponse {
        guard let wanted = Int64(try visit.submission[ContactForms.PutBack.removal]) else { throw NotFound() }
        return try await visit.change { change in
            let seen = try AddContact.open(visit, change)
            let link = CaseAddresses.contacts(seen.number)
            let since = change.city.cityClock.now - Removals.lifetime
            let people = try Parties.forTab(of: seen, mayAct: true, at: change.now, removedSince: since, change.conn)
            guard
                let removal = people.removals.first(where: { $0.id == wanted }),
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
