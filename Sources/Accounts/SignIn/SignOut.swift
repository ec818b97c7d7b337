internal import Core
internal import Database
internal import Primitives
internal import Web

/// Ends the session in the database, not only in the browser (A4).
enum SignOut {
    static let routes: [Route] = [.post(AccountAddresses.signOut, .anyone, end)]

    private static func end(_ visit: Visit) async throws -> WebResponse {
        if let session = visit.identity.sessionHash { try await visit.write { change in try Sessions.end(session, change) } }
        return forgetting(visit.redirect(.init(SignInAddresses.home(), say: Phrase("accounts.signOut.done"))))
    }

    /// The browser holds nothing of whoever was signed in.
    static func forgetting(_ response: WebResponse) -> WebResponse {
        let names =
            [
                Sessions.cookieName, Entrance.cookieName, PasskeyChallenge.cookieName, RecoveryCodesPage.cookieName,
                DirectoryStep.cookieName, AppPage.cookieName, Door.cookieName,
            ]
            + OwnCookie.allCases.map(\.rawValue)
        var response = names.reduce(response) { $0.setting(.removing($1)) }
        // Pages that other windows still show find no session there, and empty themselves (Web/session.js).
        response.set("clear-site-data", "\"storage\"")
        return response
    }
}
