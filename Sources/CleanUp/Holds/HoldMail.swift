internal import Contacts
internal import Core
internal import Mail
internal import Primitives

/// Whoever acts for a contact hears that it is held, from what and why, and that it no longer is (B11).
enum HoldMail {
    static let effects = [
        Effect(on: .holdPlaced) { fact, change in
            try write(fact, subject: "cleanUp.mail.hold.placed", what: "cleanUp.mail.hold.what", because: fact.why, change)
        },
        Effect(on: .holdLifted) { fact, change in
            try write(fact, subject: "cleanUp.mail.hold.lifted", what: "cleanUp.mail.hold.again", because: nil, change)
        },
    ]

    private static func write(
        _ fact: Fact, subject: WordKey, what: WordKey, because reason: String?, _ change: Change
    ) throws {
        let city = change.city.pack.city
        let name: [String: WordArgument] = ["name": .text(fact.text("name"))]
        for person in try people(ContactID(fact.subject.id), change) {
            let t = change.city.voice(person.language)
            let held = fact.text("held").split(separator: " ").compactMap { ContactHold.Held(rawValue: String($0)) }
            let list = held.map { t($0.title) }.joined(separator: " · ")
            try Outbox.queue(
                Letter(
                    to: person.email.typed, language: person.language, subject: t(subject, name),
                    paragraphs: [t(what, name), list] + (reason.map { [$0] } ?? [])
                        + [t("cleanUp.mail.hold.questions", ["phone": .text(city.phone)])],
                    closing: t("contacts.mail.closing", ["city": .text(city.name)])),
                at: change.now, change.conn)
        }
    }

    /// Through every record that is one with the held one; each person once.
    private static func people(_ contact: ContactID, _ change: Change) throws -> [ContactPeople.Person] {
        var known: Set<AccountID> = []
        return try Cluster.members(of: contact, change.conn).flatMap { try ContactPeople.behind($0, change.conn) }
            .filter { known.insert($0.account).inserted }
    }
}
