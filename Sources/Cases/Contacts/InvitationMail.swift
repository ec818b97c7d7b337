internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives

/// The email to an address that somebody added to a case: the same words and the same kind of link, whoever has it (A2, B5).
enum InvitationMail {
    static let effects: [Effect] = [Effect(on: .contactInvited, .invitationSent, run: invite)]

    private static func invite(_ fact: Fact, _ change: Change) throws {
        guard fact.arguments["mail"] == .bool(true), let id = fact.number("invitation"),
            let about = try ContactMail.about(CaseID(fact.subject.id), change),
            let invitation = try Invitation.find(id, on: CaseID(fact.subject.id), at: change.now, change.conn)
        else { return }
        let account = try Account.find(email: invitation.email.folded, change.conn)
        if let account, try !MailKind.cases.isWanted(by: account.id, change.conn) { return }
        // The link's secret is born here, in the mail that carries it. A newer one takes the place of the one before.
        let token = SecretToken(randomness: change.city.randomness)
        try change.conn.run("UPDATE case_invitation SET token_hash = \(token.hash) WHERE id = \(id)")
        let t = change.city.voice(account?.language ?? Language(rawValue: fact.text("language")) ?? .english)
        let clock = change.city.cityClock
        let part: [String: WordArgument] = [
            "number": .text(about.number), "type": .text(ContactMail.typeName(fact, about.pack, t)),
        ]
        let added =
            if let company = invitation.organization {
                t("cases.mail.addedBy", part.merging(["company": .text(company)]) { $1 })
            } else { t("cases.mail.added", part) }
        try ContactMail.send(
            invitation.email.typed, t, t("cases.mail.addedSubject", ["number": .text(about.number)]),
            [
                added, about.line(t),
                t("cases.mail.answer", ["date": .date(clock.date(of: clock.shown(invitation.expires)))]),
                t("cases.mail.withAddress", ["email": .text(invitation.email.typed)]), t("cases.mail.onlyEmail"),
            ],
            button: t("cases.mail.invitation"), CaseAddresses.invitation(token.text), change)
    }
}
