internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// The contacts, organizations and favorites of an account, as its owner reads them (A7, B10).
enum OwnContacts {
    static let all = [
        AccountRecords("contacts", order: 30, title: "contacts.records.contacts", load: contacts),
        AccountRecords("organizations", order: 40, title: "contacts.records.organizations", load: organizations),
        AccountRecords("organization_invitations", order: 42, title: "contacts.records.invitations", load: invitations),
        AccountRecords("favorites", order: 60, title: "contacts.records.favorites", load: favorites),
    ]

    private static func contacts(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        var view = HTML.empty
        var json: [JSON] = []
        let rows = try conn.rows(
            """
            SELECT \(Contact.columns), l.how, l.since FROM contact_link l JOIN contact c ON c.id = l.contact_id
            WHERE l.account_id = \(id) AND l.until IS NULL ORDER BY l.id
            """)
        let onFile = try ContactDetails.find(rows.map { try $0["id"] }, conn)
        for row in rows {
            let contact = try Contact(row: row)
            let (how, since): (String, Instant) = (try row["how"], try row["since"])
            let details = onFile[contact.id] ?? ContactDetails(emails: [], phones: [], addresses: [])
            let linked = t(
                "contacts.records.linked", ["date": .date(visit.day(of: since)), "how": .text(words(how, t))])
            view += group {
                h2 { contact.name }
                self.onFile(details, linked: linked, t)
                p {
                    a(
                        ContactAddresses.correction(contact.publicID.description),
                        .aria("label", t("contacts.records.correctNamed", ["name": .text(contact.name)]))
                    ) { t("contacts.records.correct") }
                }
            }
            json.append(
                .object(
                    describe(contact, details).merging(["linked_since": .string(since.description), "linked_by": .string(how)]) {
                        $1
                    }))
        }
        if json.isEmpty { view = p(.class("soft")) { t("contacts.records.none") } }
        return .init(view: view, json: .array(json))
    }

    private static func onFile(_ details: ContactDetails, linked: String, _ t: Voice) -> HTML {
        var list: [Detail] = []
        func add(_ term: String, _ values: [String]) {
            guard !values.isEmpty else { return }
            list.append(Detail(term: term, value: group { for value in values { div { value } } }))
        }
        add(t("contacts.records.emails"), details.emails.map(\.address.typed))
        add(t("contacts.records.phones"), details.phones.map(\.typed))
        add(t("contacts.records.addresses"), details.addresses.map(\.line))
        add(t("contacts.records.link"), [linked])
        return descriptionList(list)
    }

    private static func describe(_ contact: Contact, _ details: ContactDetails) -> [String: JSON] {
        [
            "id": .string(contact.publicID.description), "kind": .string(contact.kind.rawValue), "name": .string(contact.name),
            "company_name": .string(contact.companyName), "first_name": .string(contact.firstName),
            "last_name": .string(contact.lastName), "findable": .bool(contact.isFindable),
            "emails": .array(
                details.emails.map { ["email": .string($0.address.typed), "shared_mailbox": .bool($0.isShared)] }),
            "phones": .array(details.phones.map { ["kind": .string($0.kind), "phone": .string($0.typed)] }),
            "addresses": .array(
                details.addresses.map {
                    [
                        "street": .string($0.street), "unit": .string($0.unit), "city": .string($0.city),
                        "state": .string($0.state),
                        "zip": .string($0.zip),
                    ]
                }),
        ]
    }

    private static func words(_ how: String, _ t: Voice) -> String {
        switch ContactWriter.How(rawValue: how) {
        case .registration: t("contacts.records.how.registration")
        case .claim: t("contacts.records.how.claim")
        case .invitation: t("contacts.records.how.invitation")
        case .imported: t("contacts.records.how.imported")
        case .steward, .merge, nil: t("contacts.records.how.steward")
        }
    }

    private static func organizations(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        let memberships = try Membership.all(of: id, conn)
        let rows = memberships.map { membership in
            ListRow(
                title: a(ContactAddresses.organization(membership.organizationPublicID.description)) {
                    membership.organizationName
                },
                subtitle: t(
                    "contacts.records.memberSince",
                    ["role": .text(role(membership.role, t)), "date": .date(visit.day(of: membership.since))]))
        }
        return .init(
            view: rows.isEmpty
                ? p(.class("soft")) { t("contacts.records.none") }
                : listRows(rows, label: t("contacts.records.organizations")),
            json: .array(
                memberships.map {
                    [
                        "id": .string($0.organizationPublicID.description), "name": .string($0.organizationName),
                        "role": .string($0.role.rawValue),
                        "cases": .string($0.scope.rawValue), "since": .string($0.since.description),
                    ]
                }))
    }

    private static func invitations(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        let invitations = try OrganizationInvitation.waiting(of: id, at: visit.now, conn)
        let rows = invitations.map { invitation in
            ListRow(
                title: HTML(invitation.organizationName),
                subtitle: t(
                    invitation.inviter == id ? "contacts.records.invitedOther" : "contacts.records.invited",
                    [
                        "email": .text(invitation.email.typed), "role": .text(role(invitation.role, t)),
                        "date": .date(visit.day(of: invitation.expires)),
                    ]))
        }
        return .init(
            view: rows.isEmpty
                ? p(.class("soft")) { t("contacts.records.none") }
                : listRows(rows, label: t("contacts.records.invitations")),
            json: .array(
                invitations.map {
                    [
                        "organization": .string($0.organizationName), "email": .string($0.email.typed),
                        "role": .string($0.role.rawValue), "asked_by_you": .bool($0.inviter == id),
                        "sent": .string($0.sentAt.description), "expires": .string($0.expires.description),
                    ]
                }))
    }

    private static func role(_ role: Membership.Role, _ t: Voice) -> String {
        switch role {
        case .owner: t("contacts.role.owner")
        case .manager: t("contacts.role.manager")
        case .member: t("contacts.role.member")
        }
    }

    private static func favorites(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        let favorites = try Favorites.all(of: id, conn)
        func type(_ key: String) -> String { visit.city.pack.contactType(key).map { t($0.name) } ?? key }
        let rows = favorites.map { ListRow(title: HTML($0.contact.name), subtitle: type($0.contactType)) }
        return .init(
            view: rows.isEmpty
                ? p(.class("soft")) { t("contacts.records.none") }
                : listRows(rows, label: t("contacts.records.favorites")),
            json: .array(
                favorites.map {
                    [
                        "name": .string($0.contact.name), "contact_type": .string($0.contactType),
                        "since": .string($0.since.description),
                    ]
                }))
    }
}
