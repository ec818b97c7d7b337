internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Whether others find me, or my organization, by name (B5).
enum FindableForm {
    static let contact = Field<String>.hidden("contact")
    static let findable = Field<Bool>.checkbox("findable", label: "contacts.findable.label")
    static let form = Form(contact, findable)

    static func save(_ visit: Visit) async throws -> WebResponse {
        let (name, isFindable) = (try visit.submission[contact], try visit.submission[findable])
        return try await visit.change { change in
            guard let publicID = PublicID(name), let contact = try Contact.find(publicID, change.conn),
                try visit.may("contact.set-findable", on: contact.id.value, change.conn)
            else { throw NotFound() }
            try ContactWriter(change).setFindable(isFindable, contact.id)
            let said: [String: WordArgument] = ["name": .text(contact.name)]
            return .init(
                AccountAddresses.account(),
                say: isFindable ? Phrase("contacts.findable.on", said) : Phrase("contacts.findable.off", said))
        }
    }
}
