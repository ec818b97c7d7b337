internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What owners and managers do with their people (B2). Every one of these is refused for anybody else, and looks as if it were not
/// there. The password is asked for again first (A4).
enum MemberActions {
    private static let heir = Field<String>.choice("heir", label: "contacts.handOver.heir", missing: "contacts.handOver.missing")
    static let handOverForm = Form(heir)
    static var heirField: Field<String> { heir }

    static let routes: [Route] = [
        .post(ContactAddresses.accept, .account, accept),
        .post(ContactAddresses.decline, .account, decline),
        .post(ContactAddresses.remove, .account, remove),
        .post(ContactAddresses.handOver, .account, form: handOverForm, invalid: OrganizationPage.show, handOver),
    ]

    private static func accept(_ visit: Visit) async throws -> WebResponse { try await answer(visit, accepting: true) }
    private static func decline(_ visit: Visit) async throws -> WebResponse { try await answer(visit, accepting: false) }

    private static func answer(_ visit: Visit, accepting: Bool) async throws -> WebResponse {
        let link = ContactAddresses.organization(visit.parameter("id"))
        _ = try await visit.read { conn in try owned(visit, conn) }
        return try await Reauthenticate.first(visit, from: link) {
            try await visit.change { change in
                let organization = try owned(visit, change.conn)
                let (account, name) = try person(visit.parameter("account"), of: organization.id, change.conn)
                let done = try ContactWriter(change).answerRequest(
                    of: account, organization: organization.id, accepting: accepting)
                guard done else {
                    return .init(link, say: Phrase("contacts.organization.alreadyAnswered", ["name": .text(name)]))
                }
                return .init(
                    link,
                    say: accepting
                        ? Phrase("contacts.organization.accepted", ["name": .text(name)])
                        : Phrase("contacts.organization.declined", ["name": .text(name)]))
            }
        }
    }

    /// Somebody who looks after them removes somebody, or anybody leaves. Their access ends at their next request.
    private static func remove(_ visit: Visit) async throws -> WebResponse {
        let link = ContactAddresses.organization(visit.parameter("id"))
        _ = try await visit.read { conn in try SeenOrganization.find(visit, conn) }
        return try await Reauthenticate.first(visit, from: link) {
            try await visit.change { change in
                let organization = try SeenOrganization.find(visit, change.conn).contact
                let (account, name) = try person(visit.parameter("account"), of: organization.id, change.conn)
                let isLeaving = account == visit.principal.account
                if !isLeaving { try mayRemove(account, from: organization, visit, change.conn) }
                try ContactWriter(change).leave(account, organization: organization.id)
                let company: [String: WordArgument] = ["company": .text(organization.name)]
                if isLeaving { return .init(AccountAddresses.account(), say: Phrase("contacts.organization.left", company)) }
                return .init(link, say: Phrase("contacts.organization.removed", ["name": .text(name)]))
            }
        }
    }

    /// A member who is gone already counts as removed.
    private static func mayRemove(
        _ account: AccountID, from organization: Contact, _ visit: Visit, _ conn: Connection
    ) throws {
        let (_, mine) = try looking(visit, conn)
        let other = try Membership.find(account, in: organization.id, conn)?.role ?? .member
        guard mine.looksAfter(other) else { throw NotFound() }
    }

    private static func handOver(_ visit: Visit) async throws -> WebResponse {
        let chosen = try visit.submission[heir]
        _ = try await visit.read { conn in try owned(visit, conn) }
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let organization = try owned(visit, change.conn)
                guard let owner = visit.principal.account else { throw NotFound() }
                guard let (account, name) = try? person(chosen, of: organization.id, change.conn), account != owner,
                    try Membership.find(account, in: organization.id, change.conn) != nil
                else { throw visit.submission.refusing(heir, "contacts.handOver.missing") }
                try ContactWriter(change).handOver(from: owner, to: account, organization: organization.id)
                return .init(
                    AccountAddresses.account(),
                    say: Phrase("contacts.handOver.done", ["name": .text(name), "company": .text(organization.name)]))
            }
        }
    }

    /// The organization of the address, for its owners.
    static func owned(_ visit: Visit, _ conn: Connection) throws -> Contact {
        let seen = try SeenOrganization.find(visit, conn)
        guard seen.mayManage else { throw NotFound() }
        return seen.contact
    }

    /// The organization of the address, for those who look after its people, with what they are in it.
    static func looking(_ visit: Visit, _ conn: Connection) throws -> (Contact, Membership.Role) {
        let seen = try SeenOrganization.find(visit, conn)
        guard seen.mayLookAfter, let account = visit.principal.account,
            let mine = try Membership.find(account, in: seen.contact.id, conn)
        else { throw NotFound() }
        return (seen.contact, mine.role)
    }

    /// Somebody who is in the organization, was, or asked to be: the names of others are not told, whatever id is tried.
    private static func person(
        _ text: String, of organization: ContactID, _ conn: Connection
    ) throws -> (AccountID, String) {
        guard let publicID = PublicID(text),
            let row = try conn.row(
                """
                SELECT a.id, a.first_name, a.last_name FROM account a
                WHERE a.public_id = \(publicID) AND (
                    EXISTS (SELECT 1 FROM membership m WHERE m.organization_id = \(organization) AND m.account_id = a.id)
                    OR EXISTS (SELECT 1 FROM join_request j WHERE j.organization_id = \(organization) AND j.account_id = a.id))
                """)
        else { throw NotFound() }
        let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
        return (try row["id"], "\(first) \(last)".trimmed)
    }
}
