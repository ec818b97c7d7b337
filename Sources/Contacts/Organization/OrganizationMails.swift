internal import Core
internal import Mail
internal import Primitives

/// What owners and members are told by mail.
enum OrganizationMails {
    static let effects: [Effect] = [
        Effect(on: .joinRequested, run: tellOwners), Effect(on: .joinAnswered, run: tellAsker),
        Effect(on: .memberLeft, run: tellRemoved), Effect(on: .memberRoleChanged, run: tellRole),
        Effect(on: .memberScopeChanged, run: tellScope),
        Effect(on: .memberInvited, .memberInvitationSent, run: OrganizationInvitationMail.invite),
        Effect(on: .memberInvitationAnswered, run: OrganizationInvitationMail.tellInviter),
    ]

    private static func tellOwners(_ fact: Fact, _ change: Change) throws {
        let organization = ContactID(fact.subject.id)
        guard let contact = try Contact.find(organization, change.conn), let asker = try asker(fact, change) else { return }
        for owner in try ContactPeople.owners(of: organization, change.conn) {
            let t = change.city.voice(owner.language)
            let names: [String: WordArgument] = ["name": .text(asker.name), "company": .text(contact.name)]
            let link = ContactAddresses.organization(contact.publicID.description)
            try Outbox.queue(
                Letter(
                    to: owner.email.typed, language: owner.language, subject: t("contacts.mail.joinRequest.subject", names),
                    paragraphs: [
                        t("contacts.mail.joinRequest.text", names),
                        t("contacts.mail.joinRequest.email", ["email": .text(asker.email.typed)]),
                    ],
                    button: .init(title: t("contacts.mail.joinRequest.button"), url: change.city.url(link)),
                    closing: t("contacts.mail.closing", ["city": .text(change.city.pack.city.name)])),
                at: change.now, change.conn)
        }
    }

    private static func tellAsker(_ fact: Fact, _ change: Change) throws {
        let company: [String: WordArgument] = ["company": .text(fact.text("name"))]
        if fact.arguments["accepted"] == .bool(true) {
            try tell(fact, change, "contacts.mail.joinAccepted.subject", "contacts.mail.joinAccepted.text", company)
        } else {
            try tell(fact, change, "contacts.mail.joinDeclined.subject", "contacts.mail.joinDeclined.text", company)
        }
    }

    /// Whoever was removed; when somebody left by themselves, the owners. What a merge gave ends with other words (`MergeMails`).
    private static func tellRemoved(_ fact: Fact, _ change: Change) throws {
        guard fact.number("edge") == nil else { return }
        guard fact.actor != "account:\(fact.number("account") ?? 0)" else {
            let names: [String: WordArgument] = ["name": .text(fact.text("person")), "company": .text(fact.text("name"))]
            for owner in try ContactPeople.owners(of: ContactID(fact.subject.id), change.conn) {
                try send(to: owner, change, "contacts.mail.left.subject", "contacts.mail.left.text", names)
            }
            return
        }
        let company: [String: WordArgument] = ["company": .text(fact.text("name"))]
        try tell(fact, change, "contacts.mail.removed.subject", "contacts.mail.removed.text", company)
    }

    private static func tell(
        _ fact: Fact, _ change: Change, _ subject: WordKey, _ text: WordKey, _ arguments: [String: WordArgument]
    ) throws {
        guard let person = try asker(fact, change) else { return }
        try send(to: person, change, subject, text, arguments)
    }

    /// Whoever has another role now, unless they gave it to themselves.
    private static func tellRole(_ fact: Fact, _ change: Change) throws {
        guard let person = try asker(fact, change), person.account != change.principal.signedIn,
            let role = Membership.Role(rawValue: fact.text("role"))
        else { return }
        let t = change.city.voice(person.language)
        let names: [String: WordArgument] = [
            "company": .text(fact.text("name")), "role": .text(OrganizationPage.roleName(role, t)),
            "means": .text(OrganizationPage.roleMeans(role, t)),
        ]
        try send(to: person, change, "contacts.mail.role.subject", "contacts.mail.role.text", names)
    }

    private static func tellScope(_ fact: Fact, _ change: Change) throws {
        let company: [String: WordArgument] = ["company": .text(fact.text("name"))]
        if fact.text("scope") == Membership.Scope.chosen.rawValue {
            try tell(fact, change, "contacts.mail.scope.subject", "contacts.mail.scope.chosen", company)
        } else {
            try tell(fact, change, "contacts.mail.scope.subject", "contacts.mail.scope.all", company)
        }
    }

    static func send(
        to person: ContactPeople.Person, _ change: Change, _ subject: WordKey, _ text: WordKey,
        _ arguments: [String: WordArgument]
    ) throws {
        let t = change.city.voice(person.language)
        try Outbox.queue(
            Letter(
                to: person.email.typed, language: person.language, subject: t(subject, arguments),
                paragraphs: [t(text, arguments)],
                closing: t("contacts.mail.closing", ["city": .text(change.city.pack.city.name)])),
            at: change.now, change.conn)
    }

    private static func asker(_ fact: Fact, _ change: Change) throws -> ContactPeople.Person? {
        try fact.number("account").flatMap { try ContactPeople.person(AccountID($0), change.conn) }
    }
}
