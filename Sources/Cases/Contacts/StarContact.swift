internal import CityPack
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Marks a contact as a favorite, or no longer, and comes back to the same search (B6).
enum StarContact {
    /// POST
    static func star(_ visit: Visit) async throws -> WebResponse {
        let contact = try visit.submission[ContactForms.Favorite.contact]
        let isOn = try visit.submission[ContactForms.Favorite.star] == "on"
        let key = try visit.submission[ContactForms.Favorite.type]
        let text = try visit.submission[ContactForms.Favorite.text]
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), change.city, change.principal, change.conn)
            guard let account = change.principal.account,
                let found = try PublicID(contact).flatMap({ try Contact.find($0, change.conn) }),
                try AddContact.mayName(found, change)
            else { throw NotFound() }
            let offered = seen.type?.contactTypes ?? []
            if isOn {
                try Favorites(change).add(found.id, as: offered.contains(key) ? key : "", for: account)
            } else {
                try Favorites(change).remove(found.id, for: account)
            }
            let back = CaseAddresses.contacts(seen.number).with([("as", key), ("q", text)], fragment: ContactsView.addID)
            let arguments: [String: WordArgument] = ["name": .text(found.name)]
            return .init(
                back, say: isOn ? Phrase("cases.contacts.starred", arguments) : Phrase("cases.contacts.unstarred", arguments))
        }
    }
}
