internal import Accounts
internal import Core
internal import Mail
internal import Primitives

/// Both sides are told when a merge gives somebody access, and when that ends (C3): the person, and whoever the record is of.
enum MergeMails {
    static let effects: [Effect] = [
        Effect(on: .contactLinked, .memberJoined) { fact, change in
            try tell(
                fact, change,
                person: Words("contacts.mail.mergeGave.subject", ["contacts.mail.mergeGave.text"]),
                others: Words(
                    "contacts.mail.mergeGave.otherSubject", ["contacts.mail.mergeGave.otherText", "contacts.mail.linked.wrong"]))
        },
        Effect(on: .contactUnlinked, .memberLeft) { fact, change in
            try tell(
                fact, change,
                person: Words(
                    "contacts.mail.mergeEnded.subject", ["contacts.mail.mergeEnded.text", "contacts.mail.linked.wrong"]),
                others: Words("contacts.mail.mergeEnded.otherSubject", ["contacts.mail.mergeEnded.otherText"]))
        },
    ]

    private struct Words {
        let subject: WordKey
        let paragraphs: [WordKey]
        init(_ subject: WordKey, _ paragraphs: [WordKey]) {
            self.subject = subject
            self.paragraphs = paragraphs
        }
    }

    private static func tell(_ fact: Fact, _ change: Change, person: Words, others: Words) throws {
        guard fact.number("edge") != nil, let account = fact.number("account").map({ AccountID($0) }) else { return }
        var known = Set(try Account.emails(of: account, change.conn).map(\.folded))
        if let gainer = try ContactPeople.person(account, change.conn) {
            try send(person, fact, to: gainer.email, gainer.language, change)
        }
        for (address, language) in try side(of: ContactID(fact.subject.id), change) where known.insert(address.folded).inserted {
            try send(others, fact, to: address, language, change)
        }
    }

    /// A person who acts for the record, or an owner of the organization; then the addresses on file.
    private static func side(of contact: ContactID, _ change: Change) throws -> [(TypedAddress, Language)] {
        let isCompany = try Contact.find(contact, change.conn)?.kind == .company
        let people =
            isCompany
            ? try ContactPeople.owners(of: contact, change.conn) : try ContactPeople.behind(contact, change.conn)
        let onFile = try ContactDetails.find(contact, change.conn).emails.map { email in
            (email.address, try Account.find(email: email.address.folded, change.conn)?.language ?? .english)
        }
        return people.map { ($0.email, $0.language) } + onFile
    }

    private static func send(
        _ words: Words, _ fact: Fact, to address: TypedAddress, _ language: Language, _ change: Change
    ) throws {
        let city = change.city.pack.city
        let t = change.city.voice(language)
        let arguments: [String: WordArgument] = [
            "name": .text(fact.text("name")), "person": .text(fact.text("person")), "phone": .text(city.phone),
        ]
        try Outbox.queue(
            Letter(
                to: address.typed, language: language, subject: t(words.subject, arguments),
                paragraphs: words.paragraphs.map { t($0, arguments) },
                closing: t("contacts.mail.closing", ["city": .text(city.name)])),
            at: change.now, change.conn)
    }
}
