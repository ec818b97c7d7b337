internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Close my account": what has to be done first, what stays with the city and what ends, then the button (A7).
enum CloseAccountPage {
    static let routes: [Route] = [
        .get(AccountAddresses.close, .account, show),
        .post(AccountAddresses.close, .account, close),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let notes = try await visit.read { conn in try ClosingNotes.all(of: id, visit, conn) }
        let t = visit.t
        let first = notes.filter { $0.kind == .first }
        return visit.page(t("accounts.close.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.close.title") }
            p { t("accounts.close.lead") }
            if !first.isEmpty {
                h2 { t("accounts.close.firstTitle") }
                list([], first, t)
            }
            h2 { t("accounts.close.endsTitle") }
            list(
                ["accounts.close.endsSignIn", "accounts.close.endsLinks", "accounts.close.endsMail"],
                notes.filter { $0.kind == .ends }, t)
            h2 { t("accounts.close.staysTitle") }
            list(["accounts.close.staysCases", "accounts.close.staysLog"], notes.filter { $0.kind == .stays }, t)
            p {
                t("accounts.close.copy")
                " "
                a(AccountAddresses.records()) { t("accounts.records.title") }
            }
            if first.isEmpty {
                postForm(AccountAddresses.close(), once: visit.once) { submitButton(t("accounts.close.title"), danger: true) }
            }
            p { linkButton(t("accounts.close.back"), AccountAddresses.account(), quiet: true) }
        }
    }

    private static func list(_ always: [WordKey], _ notes: [ClosingNotes.Note], _ t: Voice) -> HTML {
        ul(.class("prose")) {
            for key in always { li { t(key) } }
            for note in notes {
                li {
                    if let link = note.link { a(link) { t(note.sentence) } } else { t(note.sentence) }
                }
            }
        }
    }

    private static func close(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        return try await Reauthenticate.first(visit, from: AccountAddresses.close()) {
            let outcome = try await visit.change { change in
                // Somebody may have left the organization while the page was open.
                guard try !ClosingNotes.all(of: id, visit, change.conn).contains(where: { $0.kind == .first }) else {
                    throw Refusal("accounts.close.first")
                }
                try AccountCloser(change: change).close(id)
                return .init(SignInAddresses.home(), say: Phrase("accounts.close.done"))
            }
            return SignOut.forgetting(outcome)
        }
    }
}
