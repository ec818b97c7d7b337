internal import Core
internal import HTML
internal import Mail
internal import Primitives

/// What is mailed about an account's addresses: the link to a new one, and to all of them that something changed (A6).
enum EmailLetters {
    static let effects = [
        Effect(on: .emailProven) { fact, change in
            guard fact.arguments["added"] == .bool(true) else { return }
            try tellAll(fact, change) { t, email in t("accounts.mail.emails.added", ["email": .text(email)]) }
        },
        Effect(on: .emailRemoved) { fact, change in
            try tellAll(fact, also: fact.text("email"), change) { t, email in
                t("accounts.mail.emails.removed", ["email": .text(email)])
            }
        },
        Effect(on: .primaryEmailChanged) { fact, change in
            try tellAll(fact, change) { t, email in t("accounts.mail.emails.primary", ["email": .text(email)]) }
        },
    ]

    static func confirm(_ account: Account, _ email: TypedAddress, _ token: SecretToken, _ city: CityContext) -> Letter {
        let t = city.voice(account.language)
        let names: [String: WordArgument] = ["name": .text(account.name), "email": .text(email.typed)]
        return Letter(
            to: email.typed, language: account.language, subject: t("accounts.mail.addEmail.subject"),
            paragraphs: [
                t("accounts.mail.addEmail.what", names), t("accounts.mail.addEmail.how"), t("accounts.mail.addEmail.notYou"),
            ],
            button: .init(
                title: t("accounts.mail.addEmail.button"),
                url: city.url(AccountAddresses.confirmEmail().with([("token", token.text)]))),
            closing: accountLetterClosing(city, t))
    }

    /// To the owner of an address that somebody wanted to add to another account.
    static func belongsToYou(_ owner: Account, _ email: TypedAddress, _ city: CityContext) -> Letter {
        let t = city.voice(owner.language)
        return Letter(
            to: email.typed, language: owner.language, subject: t("accounts.mail.emailTaken.subject"),
            paragraphs: [
                t("accounts.mail.emailTaken.what"), t("accounts.mail.emailTaken.how"), t("accounts.mail.emailTaken.notYou"),
            ],
            button: .init(title: t("accounts.signIn.button"), url: city.url(AccountAddresses.signIn())),
            closing: accountLetterClosing(city, t))
    }

    private static func tellAll(
        _ fact: Fact, also former: String? = nil, _ change: Change, _ words: (Voice, _ email: String) -> String
    ) throws {
        let id = AccountID(fact.subject.id)
        guard let account = try Account.find(id, change.conn) else { return }
        let t = change.city.voice(account.language)
        let addresses = try Account.emails(of: id, change.conn).map(\.typed) + [former].compactMap(\.self)
        for address in addresses {
            let letter = Letter(
                to: address, language: account.language, subject: t("accounts.mail.emails.subject"),
                paragraphs: [
                    words(t, fact.text("email")),
                    t("accounts.mail.emails.notYou", ["phone": .text(change.city.pack.city.phone)]),
                ],
                button: .init(title: t("accounts.activity.title"), url: change.city.url(AccountAddresses.activity())),
                closing: accountLetterClosing(change.city, t))
            try Outbox.queue(letter, at: change.now, change.conn)
        }
    }
}
