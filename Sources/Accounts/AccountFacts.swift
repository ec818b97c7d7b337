internal import CityPack
internal import Core
internal import HTML
internal import Mail
internal import Primitives

/// How the facts of an account are told: to its owner and to staff, never to the public.
let accountTellings =
    [
        FactTelling(.accountCreated, for: .party) { _ in Phrase("accounts.fact.created") },
        FactTelling(.emailProven, for: .party) { Phrase("accounts.fact.emailProven", ["email": .text($0.text("email"))]) },
        FactTelling(.emailRemoved, for: .party) { Phrase("accounts.fact.emailRemoved", ["email": .text($0.text("email"))]) },
        FactTelling(.primaryEmailChanged, for: .party) {
            Phrase("accounts.fact.primaryEmail", ["email": .text($0.text("email"))])
        },
        FactTelling(.detailsChanged, for: .party) { _ in Phrase("accounts.fact.details") },
        FactTelling(.mailChoiceChanged, for: .party, MailKind.tell),
        FactTelling(.activityDisowned, for: .party) {
            Phrase("accounts.fact.disowned", ["count": .number(Int($0.number("count") ?? 0))])
        },
        FactTelling(.accountClosed, for: .party) { _ in Phrase("accounts.fact.closed") },
        FactTelling(.passwordChanged, for: .party) { _ in Phrase("accounts.fact.passwordChanged") },
        FactTelling(.signedIn, for: .party) { fact in
            let device = fact.text("device")
            if fact.arguments["new"] == .bool(true) {
                return device.isEmpty
                    ? Phrase("accounts.fact.signedInNew") : Phrase("accounts.fact.signedInNewWith", ["device": .text(device)])
            }
            return device.isEmpty
                ? Phrase("accounts.fact.signedIn") : Phrase("accounts.fact.signedInWith", ["device": .text(device)])
        },
        FactTelling(.sessionsEnded, for: .party) {
            Phrase("accounts.fact.sessionsEnded", ["count": .number(Int($0.number("count") ?? 1))])
        },
        FactTelling(.languageChanged, for: .party) { _ in Phrase("accounts.fact.languageChanged") },
        FactTelling(.roleGiven, for: .staff) { Phrase("accounts.fact.roleGiven", ["role": .text($0.text("role"))]) },
        FactTelling(.roleEnded, for: .staff) { Phrase("accounts.fact.roleEnded", ["role": .text($0.text("role"))]) },
    ] + FactorFacts.tellings + SupportFacts.tellings + DelayedGuesses.tellings

/// What is mailed to the owner of an account because of a fact.
let accountEffects =
    EmailLetters.effects + FactorFacts.effects + SupportFacts.effects + DelayedGuesses.effects
    + KnownBrowser.effects + [
        Effect(on: .passwordChanged) { fact, change in
            let id = AccountID(fact.subject.id)
            guard let account = try Account.find(id, change.conn) else { return }
            let t = change.city.voice(account.language)
            for email in try Account.emails(of: id, change.conn) {
                let letter = Letter(
                    to: email.typed, language: account.language, subject: t("accounts.mail.changed.subject"),
                    paragraphs: [t("accounts.mail.changed.what"), t("accounts.mail.changed.notYou")],
                    button: .init(title: t("accounts.mail.changed.button"), url: change.city.url(AccountAddresses.reset())),
                    closing: accountLetterClosing(change.city, t))
                try Outbox.queue(letter, at: change.now, change.conn)
            }
        }
    ]

/// The small print of every mail about an account: who writes, and whom to ask.
func accountLetterClosing(_ city: CityContext, _ t: Voice) -> String {
    let office = city.pack.city
    return t(
        "accounts.mail.closing",
        ["city": .text(office.name), "department": .text(t(city.pack.mainDepartment.name)), "phone": .text(office.phone)])
}
