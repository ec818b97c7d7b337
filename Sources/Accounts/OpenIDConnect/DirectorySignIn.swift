internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Staff sign in with the account that they have at the city anyway (A3). There are such pages only where the operator named the
/// city's sign-in service.
///
/// The way there begins with a link, not with a button: a form may lead nowhere but here (`form-action` of the pages' policy).
enum DirectorySignIn {
    private static let returnTo = Field.hidden("return", isRequired: false)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        guard let client = accounts.directory else { return [] }
        return [
            .get(AccountAddresses.directorySignIn, .anyone, form: Form(returnTo)) { try await begin($0, client) },
            .get(AccountAddresses.directoryReturn, .anyone) { try await comeBack($0, accounts, client) },
        ]
    }

    /// The way there, for pages on which staff sign in or show again who they are.
    /// - Parameter again: the service asks even when it knows who is there.
    static func link(_ accounts: AccountsFeature, wanted: String?, again: Bool = false) -> Link? {
        guard accounts.directory != nil else { return nil }
        return AccountAddresses.directorySignIn().with([("return", wanted), ("again", again ? "yes" : nil)])
    }

    private static func begin(_ visit: Visit, _ client: OpenIDClient) async throws -> WebResponse {
        let step = DirectoryStep(
            SecretToken(randomness: visit.city.randomness), wanted: Link(local: visit.query(returnTo.definition.name)))
        do {
            let place = try await client.authorization(
                step, redirect: address(visit), again: visit.query("again") == "yes", at: visit.city.clock.now)
            return WebResponse(status: 303, headers: [("location", place)]).setting(step.cookie)
        } catch { return turnedAway(visit, error) }
    }

    private static func comeBack(
        _ visit: Visit, _ accounts: AccountsFeature, _ client: OpenIDClient
    ) async throws -> WebResponse {
        guard let step = DirectoryStep(of: visit.request), visit.query("state") == step.state else {
            return again(visit, "accounts.directory.late")
        }
        try await visit.write { change in try change.guess(.signInPerAddress, visit.request.network) }
        let identity: StaffIdentity
        do {
            identity = try await client.identity(
                DirectoryAnswer(visit), step, redirect: address(visit), at: visit.city.clock.now)
        } catch {
            await visit.note(SecurityEvent(.signInFailed, way: Entrance.Method.directory.rawValue))
            return turnedAway(visit, error)
        }
        return try await enter(visit, accounts, step, identity)
    }

    private static func enter(
        _ visit: Visit, _ accounts: AccountsFeature, _ step: DirectoryStep, _ identity: StaffIdentity
    ) async throws -> WebResponse {
        let known: (account: AccountID, roles: Set<StaffRole>)? = try await visit.read { conn in
            guard let account = try DirectoryIdentity.account(of: identity, conn) else { return nil }
            let roles = try AccountsFeature.roles(of: account, conn)
            return roles.isEmpty ? nil : (account, roles)
        }
        guard let known else {
            try await visit.write { change in
                try Limit.signInPerAddress.forgive(visit.request.network, change.conn)
                try DirectoryOffer.make(identity, step.token, change)
            }
            return .redirect(AccountAddresses.connectDirectory())
        }
        let entrance = try await visit.city.write(as: .staff(known.account, roles: known.roles)) { change in
            try Limit.signInPerAddress.forgive(visit.request.network, change.conn)
            let method: Entrance.Method = identity.hasSecondStep ? .directoryAndMore : .directory
            let entrance = try Entrance.admit(known.account, by: method, step.session, wanted: step.wanted, on: visit, change)
            if case .open = entrance { try Sessions.note(step.session, askedAt: identity.askedAt, change) }
            return entrance
        }
        let wanted = step.wanted.flatMap {
            $0.description.hasPrefix("/staff/") || $0.description.hasPrefix("/account/") ? $0 : nil
        }
        let place = if case .open = entrance { wanted ?? accounts.home(isStaff: true) } else { AccountAddresses.secondStep() }
        return Entrance.handing(step.session, to: .redirect(place), on: visit).setting(.removing(DirectoryStep.cookieName))
    }

    private static func address(_ visit: Visit) -> String { visit.city.url(AccountAddresses.directoryReturn()) }

    private static func turnedAway(_ visit: Visit, _ problem: OpenIDProblem) -> WebResponse {
        visit.city.log.warning("nobody was signed in by the city's sign-in service", metadata: ["why": "\(problem.words)"])
        switch problem {
        case .unreachable: return again(visit, "accounts.directory.unreachable")
        case .refused: return again(visit, "accounts.directory.refused")
        case .untrusted: return again(visit, "accounts.directory.untrusted")
        }
    }

    private static func again(_ visit: Visit, _ why: WordKey) -> WebResponse {
        visit.redirect(.init(AccountAddresses.staffSignIn(), say: Phrase(why))).setting(.removing(DirectoryStep.cookieName))
    }
}
