internal import Contacts
internal import Core
internal import Primitives
internal import Web

/// Saying that several people read an address, or that one does (C1 d). Nobody becomes a person by proving a shared one.
enum SharedMailbox {
    private static let email = Field<String>.hidden("email")
    private static let shared = Field<String>.hidden("shared")
    static let form = Form(email, shared)

    /// POST
    @Sendable static func mark(_ visit: Visit) async throws -> WebResponse {
        guard let id = Int64(try visit.submission[email]) else { throw NotFound() }
        let isShared = try visit.submission[shared] == "yes"
        return try await visit.change { change in
            guard let contact = try FullContact.find([visit.parameter("id")], change.conn).first,
                let line = contact.emails.first(where: { $0.id == id })
            else { throw NotFound() }
            try ContactWriter(change).markMailbox(id, isShared: isShared)
            return .init(
                CleanUpAddresses.contact(contact.publicID),
                say: Phrase(isShared ? "cleanUp.mailbox.saidShared" : "cleanUp.mailbox.saidOwn", ["email": .text(line.text)]))
        }
    }
}
