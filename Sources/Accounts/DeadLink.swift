internal import Core
internal import HTML
internal import Primitives
internal import Web

/// A link that is too old, was used, or never was: one look for all of them.
struct DeadLink: Error {
    static func page(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.deadLink.title"), status: 410) {
            h1 { t("accounts.deadLink.title") }
            p { t("accounts.deadLink.why") }
            p { t("accounts.deadLink.what") }
            actions {
                linkButton(t("accounts.signIn.button"), AccountAddresses.signIn(), accessibleName: t("accounts.deadLink.signIn"))
                linkButton(t("accounts.register.title"), AccountAddresses.register(), quiet: true)
                linkButton(t("accounts.reset.title"), AccountAddresses.reset(), quiet: true)
            }
        }
    }

    /// Runs a step that needs a living link. Somebody who has signed in meanwhile is past it and is led on.
    static func orElse(
        _ visit: Visit, leadOn: Link? = nil, _ body: () async throws -> WebResponse
    ) async throws -> WebResponse {
        do {
            return try await body()
        } catch is DeadLink {
            if let leadOn, visit.principal.signedIn != nil { return .redirect(leadOn) }
            return page(visit)
        }
    }
}
