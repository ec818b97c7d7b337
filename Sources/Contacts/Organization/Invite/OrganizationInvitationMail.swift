internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives

/// The email to whom an organization invites: the same words and the same kind of link, whoever has the address (A2). And what the
/// inviter is told of the answer.
enum OrganizationInvitationMail {
    @Sendable static func invite(_ fact: Fact, _ change: Change) throws {
        guard let id = fact.number("invitation"),
            let invitation = try OrganizationInvitation.find(id: id, at: change.now, change.conn)
        else { return }
        // The link's secret is born here, in the mail that carries it. A newer one takes the place of the one before.
        let token = SecretToken(randomness: change.city.randomness)
        try change.conn.run("UPDATE organization_invitation SET token_hash = \(token.hash) WHERE id = \(id)")
        let known = try Account.find(email: invitation.email.folded, change.conn)
        let asked: Language? = try change.conn.value("SELECT language FROM organization_invitation WHERE id = \(id)")
        let language = known?.language ?? asked ?? .english
        let t = change.city.voice(language)
        let clock = change.city.cityClock
        let names: [String: WordArgument] = [
            "name": .text(invitation.inviterName), "company": .text(invitation.organizationName),
            "role": .text(OrganizationPage.roleName(invitation.role, t)),
        ]
        try Outbox.queue(
            Letter(
                to: invitation.email.typed, language: language, subject: t("contacts.mail.invited.subject", names),
                paragraphs: [
                    t("contacts.mail.invited.text", names), OrganizationPage.roleMeans(invitation.role, t),
                    t(
                        "contacts.mail.invited.answer",
                        ["date": .date(clock.date(of: clock.shown(invitation.expires)))]),
                    t("contacts.mail.invited.withAddress", ["email": .text(invitation.email.typed)]),
                ],
                button: .init(
                    title: t("contacts.mail.invited.button"),
                    url: change.city.url(ContactAddresses.invitation(token.text))),
                closing: t("contacts.mail.invited.closing", ["city": .text(change.city.pack.city.name)])),
            at: change.now, change.conn)
    }

    @Sendable static func tellInviter(_ fact: Fact, _ change: Change) throws {
        guard let id = fact.number("invitation"),
            let invitation = try OrganizationInvitation.find(id: id, at: change.now, change.conn),
            let inviter = try ContactPeople.person(invitation.inviter, change.conn)
        else { return }
        let names: [String: WordArgument] = [
            "email": .text(invitation.email.typed), "company": .text(invitation.organizationName),
        ]
        if fact.arguments["accepted"] == .bool(true) {
            let isChosen = invitation.scope == .chosen
            try OrganizationMails.send(
                to: inviter, change, "contacts.mail.saidYes.subject",
                isChosen ? "contacts.mail.saidYes.chosen" : "contacts.mail.saidYes.text", names)
        } else {
            try OrganizationMails.send(to: inviter, change, "contacts.mail.saidNo.subject", "contacts.mail.saidNo.text", names)
        }
    }
}
