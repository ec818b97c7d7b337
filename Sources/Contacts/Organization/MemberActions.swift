internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What owners do with their people (B2). Every one of these is refused for anybody else, and looks as if it were not there.
enum MemberActions {
    static func accept(_ visit: Visit) async throws -> WebResponse { try await answer(visit, accepting: true) }
    static func decline(_ visit: Visit) async throws -> WebResponse { try await answer(visit, accepting: false) }

    private static func answer(_ visit: Visit, accepting: Bool) async throws -> WebResponse {
        try await visit.change { change in
            let organization = try managed(visit, change.conn)
            let (account, name) = try person(visit, change.conn)
            let link = ContactAddresses.organization(organization.publicID.description)
            let done = try ContactWriter(change).answerRequest(of: account, organization: organization.id, accepting: accepting)
            guard done else { return .init(link, say: Phrase("contacts.organization.alreadyAnswered", ["name": .text(name)])) }
            return .init(
                link,
                say: accepting
                    ? Phrase("contacts.organization.accepted", ["name": .text(name)])
                    : Phrase("contacts.organization.declined", ["name": .text(name)]))
        }
    }

    static func makeOwner(_ visit: Visit) async throws -> WebResponse {
        try await visit.change { change in
            let organization = try managed(visit, change.conn)
            let (account, name) = try person(visit, change.conn)
            try ContactWriter(change).setRole(.owner, of: account, organization: organization.id)
            return .init(
                ContactAddresses.organization(organization.publicID.description),
                say: Phrase("contacts.organization.nowOwner", ["name": .text(name)]))
        }
    }

    /// An owner removes somebody, or anybody leaves. Their access ends at their next request.
    static func remove(_ visit: Visit) async throws -> WebResponse {
        try await visit.change { change in
            let (account, name) = try person(visit, change.conn)
            let isLeaving = account == visit.principal.account
            let organization = try isLeaving ? OrganizationPage.find(visit, change.conn) : managed(visit, change.conn)
            try ContactWriter(change).leave(account, organization: organization.id)
            let company: [String: WordArgument] = ["company": .text(organization.name)]
            if isLeaving { return .init(AccountAddresses.account(), say: Phrase("contacts.organization.left", company)) }
            return .init(
                ContactAddresses.organization(organization.publicID.description),
                say: Phrase("contacts.organization.removed", ["name": .text(name)]))
        }
    }

    private static func managed(_ visit: Visit, _ conn: Connection) throws -> Contact {
        let organization = try OrganizationPage.find(visit, conn)
        guard try visit.may("organization.manage", on: organization.id.value, conn) else { throw NotFound() }
        return organization
    }

    private static func person(_ visit: Visit, _ conn: Connection) throws -> (AccountID, String) {
        guard let publicID = PublicID(visit.parameter("account")),
            let row = try conn.row("SELECT id, first_name, last_name FROM account WHERE public_id = \(publicID)")
        else { throw NotFound() }
        let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
        return (try row["id"], "\(first) \(last)".trimmed)
    }
}
