internal import Core
internal import Mail
internal import Primitives

/// How help with an account is told: its owner reads of each look-up and each act in their activity, and gets a mail of each act (A8).
enum SupportFacts {
    static let tellings = [
        FactTelling(.accountLookedUp, for: .party) { _ in Phrase("accounts.fact.lookedUp") },
        FactTelling(.accountSought, for: .staff) { Phrase("accounts.fact.sought", ["email": .text($0.text("email"))]) },
        FactTelling(.registrationHelped, for: .staff) {
            Phrase("accounts.fact.registrationHelped", ["email": .text($0.text("email"))])
        },
        FactTelling(.accountHelped, for: .party) { fact in
            guard let act = SupportAct(rawValue: fact.text("act")) else { return Phrase("accounts.fact.lookedUp") }
            return Phrase(act.told, ["email": .text(fact.text("email"))])
        },
        FactTelling(.secondStepKept, for: .party) { _ in Phrase("accounts.fact.secondStepKept") },
    ]

    static let effects = [
        Effect(on: .accountHelped) { fact, change in
            guard let what = SupportAct(rawValue: fact.text("act"))?.mailed else { return }
            try write(fact, subject: "accounts.mail.helped.subject", what: what, change)
        },
        Effect(on: .secondStepKept) { fact, change in
            try write(fact, subject: "accounts.mail.kept.subject", what: "accounts.mail.kept.what", change)
        },
    ]

    private static func write(_ fact: Fact, subject: WordKey, what: WordKey, _ change: Change) throws {
        let id = AccountID(fact.subject.id)
        guard let account = try Account.find(id, change.conn) else { return }
        let t = change.city.voice(account.language)
        for email in try Account.emails(of: id, change.conn) {
            let letter = Letter(
                to: email.typed, language: account.language, subject: t(subject),
                paragraphs: [
                    t(what, ["email": .text(fact.text("email"))]),
                    t("accounts.mail.helped.notYou", ["phone": .text(change.city.pack.city.phone)]),
                ],
                button: .init(title: t("accounts.security.title"), url: change.city.url(AccountAddresses.security())),
                closing: accountLetterClosing(change.city, t))
            try Outbox.queue(letter, at: change.now, change.conn)
        }
    }
}

extension FactKind {
    /// Somebody of the staff opened the account to help.
    static let accountLookedUp: FactKind = "account.looked-up"
    /// Somebody of the staff looked for an account that is not there; it stands with them. Arguments: `email` (folded).
    static let accountSought: FactKind = "account.sought"
    /// Staff sent the confirmation of a new account's address again; it stands with them. Arguments: `email` (folded).
    static let registrationHelped: FactKind = "account.registration-helped"
    /// Arguments: `act` (`SupportAct`), `email` (folded, of a link that was sent), `count` (of sessions that ended).
    static let accountHelped: FactKind = "account.helped"
    /// A second step that was to be removed stays.
    static let secondStepKept: FactKind = "account.second-step-kept"
}
