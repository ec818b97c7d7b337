internal import Core
internal import Mail
internal import Primitives

/// When a proven address links an account to a record, the record's other addresses are told (C1 a). Links that a steward makes or
/// ends are told to both sides by the help desk, whose request they answer, and those of a merge by `MergeMails`: one notice an event.
enum LinkMails {
    static let effect = Effect(on: .contactLinked) { fact, change in
        guard fact.text("how") == ContactWriter.How.registration.rawValue, let number = fact.number("account"),
            let person = try ContactPeople.person(AccountID(number), change.conn)
        else { return }
        let own: [FoldedEmail] = try change.conn.rows(
            "SELECT folded FROM account_email WHERE account_id = \(person.account) AND until IS NULL"
        ).map { try $0["folded"] }
        var known = Set(own)
        let t = change.city.voice(person.language)
        let city = change.city.pack.city
        let names: [String: WordArgument] = ["name": .text(fact.text("name")), "person": .text(person.name)]
        for email in try ContactDetails.find(ContactID(fact.subject.id), change.conn).emails {
            guard known.insert(email.address.folded).inserted else { continue }
            try Outbox.queue(
                Letter(
                    to: email.address.typed, language: person.language, subject: t("contacts.mail.linked.subject"),
                    paragraphs: [
                        t("contacts.mail.linked.record", names), t("contacts.mail.linked.wrong", ["phone": .text(city.phone)]),
                    ],
                    closing: t("contacts.mail.closing", ["city": .text(city.name)])),
                at: change.now, change.conn)
        }
    }
}
