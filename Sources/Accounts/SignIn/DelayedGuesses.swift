internal import Core
internal import Database
internal import Mail
internal import Primitives

/// Tells the owner that somebody guesses at their account: when the guesses begin to be slowed down, and once a day at most (A3, A7).
enum DelayedGuesses {
    /// After a guess that was wrong.
    static func note(_ account: AccountID, _ change: Change) throws {
        let who = PasswordGuesses.key(account)
        let passwords = try PasswordGuesses.worst(of: account, change.city, at: change.now, change.conn)
        let codes = try change.city.numbers(.secondStep).guesses(of: who, at: change.now, change.conn)
        guard passwords.isDelayed || codes.isDelayed, try change.allows(.guessesMail, who) else { return }
        try change.record(NewFact(.signInDelayed, about: .account(account)))
    }

    static let tellings = [FactTelling(.signInDelayed, for: .party) { _ in Phrase("accounts.fact.delayed") }]

    static let effects = [
        Effect(on: .signInDelayed) { fact, change in
            let id = AccountID(fact.subject.id)
            guard let account = try Account.find(id, change.conn) else { return }
            let t = change.city.voice(account.language)
            for email in try Account.emails(of: id, change.conn) {
                let letter = Letter(
                    to: email.typed, language: account.language, subject: t("accounts.mail.delayed.subject"),
                    paragraphs: [
                        t("accounts.mail.delayed.what"), t("accounts.mail.delayed.you"),
                        t("accounts.mail.delayed.notYou", ["phone": .text(change.city.pack.city.phone)]),
                    ],
                    button: .init(title: t("accounts.mail.changed.button"), url: change.city.url(AccountAddresses.reset())),
                    closing: accountLetterClosing(change.city, t))
                try Outbox.queue(letter, at: change.now, change.conn)
            }
        }
    ]
}

extension FactKind {
    /// Guesses at the account's password or codes have to wait from now on; recorded once a day at most.
    static let signInDelayed: FactKind = "account.sign-in-delayed"
}
