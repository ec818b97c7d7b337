internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives

/// Whoever was added to a case or taken off it is told.
enum ContactMail {
    static let most = 20

    static let effects: [Effect] = [
        Effect(on: .contactAdded) { fact, change in
            try tellPeople(fact, change) { t, number, type in
                (
                    t("cases.mail.addedSubject", ["number": .text(number)]),
                    t("cases.mail.added", ["number": .text(number), "type": .text(type)])
                )
            }
        },
        Effect(on: .contactRemoved) { fact, change in
            try tellPeople(fact, change) { t, number, _ in
                (t("cases.mail.removedSubject", ["number": .text(number)]), t("cases.mail.removed", ["number": .text(number)]))
            }
        },
        Effect(on: .invitationWithdrawn, run: tellWithdrawn),
    ]

    /// Everybody who acts as the contact, but not whoever did it themselves.
    private static func tellPeople(
        _ fact: Fact, _ change: Change, _ words: (Voice, _ number: String, _ type: String) -> (subject: String, text: String)
    ) throws {
        guard fact.subject.kind == .case, let contact = fact.number("contact").map(ContactID.init),
            let about = try about(CaseID(fact.subject.id), change)
        else { return }
        var people = try ContactPeople.owners(of: contact, change.conn)
        if people.isEmpty { people = try ContactPeople.behind(contact, change.conn) }
        for person in people.prefix(most) where person.account != change.principal.signedIn {
            guard try MailKind.cases.isWanted(by: person.account, change.conn) else { continue }
            let t = change.city.voice(person.language)
            let (subject, text) = words(t, about.number, typeName(fact, about.pack, t))
            try send(
                person.email.typed, t, subject, [text, about.line(t)], button: t("cases.mail.open"), CaseAddresses.dashboard(),
                change)
        }
    }

    /// Only whom the address had already brought to the case, and only when others took them off.
    private static func tellWithdrawn(_ fact: Fact, _ change: Change) throws {
        guard let id = fact.number("invitation"), let about = try about(CaseID(fact.subject.id), change),
            let row = try change.conn.row(
                "SELECT typed, folded FROM case_invitation WHERE id = \(id) AND contact_id IS NOT NULL"),
            let account = try Account.find(email: row["folded"], change.conn), account.id != change.principal.signedIn,
            try MailKind.cases.isWanted(by: account.id, change.conn)
        else { return }
        let t = change.city.voice(account.language)
        try send(
            row["typed"], t, t("cases.mail.removedSubject", ["number": .text(about.number)]),
            [t("cases.mail.removed", ["number": .text(about.number)]), about.line(t)], button: t("cases.mail.open"),
            CaseAddresses.dashboard(), change)
    }

    struct About {
        let number: String
        let typeName: LocalizedText
        let pack: CityPack
        func line(_ t: Voice) -> String { "\(number): \(t(typeName))" }
    }

    static func about(_ id: CaseID, _ change: Change) throws -> About? {
        guard let row = try change.conn.row("SELECT number, type, pack_hash FROM case_record WHERE id = \(id)") else {
            return nil
        }
        let pack = try change.city.pack(row["pack_hash"], change.conn)
        let key: String = try row["type"]
        return About(
            number: try row["number"], typeName: pack.caseType(key)?.name ?? LocalizedText(english: key, spanish: key), pack: pack
        )
    }

    static func typeName(_ fact: Fact, _ pack: CityPack, _ t: Voice) -> String {
        pack.contactType(fact.text("type")).map { t($0.name) } ?? fact.text("type")
    }

    static func send(
        _ to: String, _ t: Voice, _ subject: String, _ paragraphs: [String], button: String, _ link: Link, _ change: Change
    ) throws {
        let city = change.city.pack.city
        let letter = Letter(
            to: to, language: t.language, subject: subject, paragraphs: paragraphs,
            button: Letter.Button(title: button, url: change.city.url(link)),
            closing: t("cases.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)]))
        try Outbox.queue(letter, at: change.now, change.conn)
    }
}
