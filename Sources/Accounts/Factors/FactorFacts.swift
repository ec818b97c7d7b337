internal import Core
internal import Mail
internal import Primitives

/// How the facts of second steps are told, and the mails that follow: every address of the account hears of each (A7).
enum FactorFacts {
    static let tellings = [
        FactTelling(.factorAdded, for: .party) { fact in
            switch FactorKind(rawValue: fact.text("factor")) {
            case .app: Phrase("accounts.fact.appAdded")
            case .recovery: Phrase("accounts.fact.codesMade")
            case .directory: Phrase("accounts.fact.directoryAdded", ["name": .text(fact.text("name"))])
            case .passkey, nil: Phrase("accounts.fact.passkeyAdded", ["name": .text(fact.text("name"))])
            }
        },
        FactTelling(.factorRemoved, for: .party) { fact in
            switch FactorKind(rawValue: fact.text("factor")) {
            case .app, .recovery: Phrase("accounts.fact.appRemoved")
            case .directory: Phrase("accounts.fact.directoryRemoved", ["name": .text(fact.text("name"))])
            case .passkey, nil: Phrase("accounts.fact.passkeyRemoved", ["name": .text(fact.text("name"))])
            }
        },
        FactTelling(.recoveryCodeUsed, for: .party) { fact in
            Phrase("accounts.fact.codeUsed", ["count": .number(Int(fact.number("left") ?? 0))])
        },
    ]

    static let effects = [
        Effect(on: .factorAdded) { fact, change in
            // Codes that come with the app or the passkey they stand in for are told of in its mail.
            guard FactorKind(rawValue: fact.text("factor")) != .recovery || fact.arguments["alone"] == .bool(true) else { return }
            try write(fact, subject: "accounts.mail.factor.added", what: FactorFacts.added(fact), change)
        },
        Effect(on: .factorRemoved) { fact, change in
            try write(fact, subject: "accounts.mail.factor.removed", what: FactorFacts.removed(fact), change)
        },
        Effect(on: .recoveryCodeUsed) { fact, change in
            try write(fact, subject: "accounts.mail.factor.codeUsed", what: "accounts.mail.factor.codeUsedWhat", change)
        },
    ]

    private static func added(_ fact: Fact) -> WordKey {
        switch FactorKind(rawValue: fact.text("factor")) {
        case .app: "accounts.mail.factor.appAdded"
        case .directory: "accounts.mail.factor.directoryAdded"
        case .recovery: "accounts.mail.factor.codesMade"
        case .passkey, nil: "accounts.mail.factor.passkeyAdded"
        }
    }

    private static func removed(_ fact: Fact) -> WordKey {
        switch FactorKind(rawValue: fact.text("factor")) {
        case .app: "accounts.mail.factor.appRemoved"
        case .directory: "accounts.mail.factor.directoryRemoved"
        case .passkey, .recovery, nil: "accounts.mail.factor.passkeyRemoved"
        }
    }

    private static func write(_ fact: Fact, subject: WordKey, what: WordKey, _ change: Change) throws {
        let id = AccountID(fact.subject.id)
        guard let account = try Account.find(id, change.conn) else { return }
        let t = change.city.voice(account.language)
        for email in try Account.emails(of: id, change.conn) {
            let letter = Letter(
                to: email.typed, language: account.language, subject: t(subject),
                paragraphs: [t(what), t("accounts.mail.factor.notYou")],
                button: .init(title: t("accounts.mail.changed.button"), url: change.city.url(AccountAddresses.reset())),
                closing: accountLetterClosing(change.city, t))
            try Outbox.queue(letter, at: change.now, change.conn)
        }
    }
}
