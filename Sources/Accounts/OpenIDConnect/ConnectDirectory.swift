internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Connects somebody's account here with the one they have at the city's sign-in service: whoever is here signed in the way they did
/// before, and has just shown who they are there.
enum ConnectDirectory {
    static func routes(_ accounts: AccountsFeature) -> [Route] {
        guard let client = accounts.directory else { return [] }
        return [
            .get(AccountAddresses.connectDirectory, .anyone, show),
            .post(AccountAddresses.connectDirectory, .signedIn, connect),
            .post(AccountAddresses.removeDirectory, .signedIn) { try await remove($0, client) },
        ]
    }

    /// What stands on "Sign-in and security" of staff.
    static func panel(_ identity: DirectoryIdentity?, _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            h2 { t("accounts.directory.title") }
            if let identity {
                p {
                    tag(t("accounts.security.on"), .good)
                    " "
                    t("accounts.directory.connectedWith", ["label": .text(identity.label)])
                }
                postForm(AccountAddresses.removeDirectory(), once: visit.once) {
                    submitButton(t("accounts.directory.remove"), quiet: true)
                }
            } else {
                p { t("accounts.directory.lead") }
                p {
                    a(AccountAddresses.directorySignIn().with([("return", AccountAddresses.security().description)])) {
                        t("accounts.directory.begin")
                    }
                }
            }
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let step = DirectoryStep(of: visit.request),
            let offer = try await visit.read({ conn in try DirectoryOffer.of(step.token, at: visit.city.clock.now, conn) })
        else { return tooLate(visit) }
        let t = visit.t
        let label = WordArgument.text(offer.identity.label)
        return visit.page(t("accounts.directory.connectTitle")) {
            h1 { t("accounts.directory.connectTitle") }
            p { t("accounts.directory.unknown", ["label": label]) }
            if visit.principal.isStaff {
                p { t("accounts.directory.connectLead") }
                postForm(AccountAddresses.connectDirectory(), once: visit.once) { submitButton(t("accounts.directory.connect")) }
            } else {
                p { t("accounts.directory.signInFirst") }
                p {
                    a(AccountAddresses.staffSignIn().with([("return", AccountAddresses.connectDirectory().description)])) {
                        t("accounts.staff.title")
                    }
                }
                p(.class("soft")) { t("accounts.directory.noAccount") }
            }
        }
    }

    private static func connect(_ visit: Visit) async throws -> WebResponse {
        guard visit.principal.isStaff, let id = visit.principal.signedIn else { throw NotFound() }
        guard let step = DirectoryStep(of: visit.request) else { return tooLate(visit) }
        return try await Reauthenticate.first(visit, from: AccountAddresses.connectDirectory()) {
            try await visit.change { change in
                guard let offer = try DirectoryOffer.use(step.token, change) else { throw Refusal("accounts.directory.late") }
                try DirectoryIdentity.connect(id, with: offer.identity, change)
                return .init(AccountAddresses.security(), say: Phrase("accounts.directory.connected"))
            }.setting(.removing(DirectoryStep.cookieName))
        }
    }

    private static func remove(_ visit: Visit, _ client: OpenIDClient) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        return try await Reauthenticate.first(visit, from: AccountAddresses.security()) {
            try await visit.change { change in
                let factors = try Factors.of(id, change.conn)
                guard factors.hasPassword || factors.passkeys > 0 else { throw Refusal("accounts.directory.onlyWay") }
                try DirectoryIdentity.end(of: id, issuer: client.provider.issuer, change)
                return .init(AccountAddresses.security(), say: Phrase("accounts.directory.removed"))
            }
        }
    }

    private static func tooLate(_ visit: Visit) -> WebResponse {
        visit.redirect(.init(AccountAddresses.staffSignIn(), say: Phrase("accounts.directory.late")))
    }
}
