internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives
internal import Web

/// Somebody asked for an account with this address and has not finished it.
struct BegunRegistration: Sendable {
    /// Of the newest link.
    let hash: String
    let email: TypedAddress
    let language: Language
    let expiresAt: Instant

    private static let columns: SQL = "token_hash, typed, folded, language, expires_at"

    private init(row: Row) throws(DatabaseError) {
        hash = try row["token_hash"]
        email = TypedAddress(typed: try row["typed"], folded: try row["folded"])
        language = try row["language"]
        expiresAt = try row["expires_at"]
    }

    static func find(email: FoldedEmail, _ conn: Connection) throws -> BegunRegistration? {
        try conn.row(
            """
            SELECT \(columns) FROM email_token
            WHERE folded = \(email) AND used_at IS NULL AND purpose IN ('register', 'finish')
            ORDER BY expires_at DESC, token_hash LIMIT 1
            """
        ).map(BegunRegistration.init)
    }

    static func find(hash: String, _ conn: Connection) throws -> BegunRegistration {
        let row = try conn.row(
            """
            SELECT \(columns) FROM email_token
            WHERE token_hash = \(hash) AND used_at IS NULL AND purpose IN ('register', 'finish')
            """)
        guard let row else { throw NotFound() }
        return try BegunRegistration(row: row)
    }
}

/// Staff send the mail that confirms a new account's address once more (A8).
enum BegunRegistrationPage {
    private static let form = Form(SupportActPage.why)

    static let routes: [Route] = [
        .get(AccountAddresses.begunRegistration, .staff("account.support"), show),
        .post(AccountAddresses.begunRegistration, .staff("account.support"), form: form, invalid: show, send),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let hash = visit.parameter("registration")
        let begun = try await visit.read { conn in try BegunRegistration.find(hash: hash, conn) }
        let t = visit.t
        let isOver = begun.expiresAt <= visit.now
        return visit.page(t("accounts.support.begunTitle"), crumbs: [FindAccountPage.crumb(t)]) {
            visit.submission.summary(t)
            h1 { t("accounts.support.begunTitle") }
            p { t("accounts.support.begun", ["email": .text(begun.email.typed)]) }
            p {
                t(
                    isOver ? "accounts.support.begunOver" : "accounts.support.begunUntil",
                    visit.moment(begun.expiresAt))
            }
            postForm(AccountAddresses.begunRegistration(hash), once: visit.once) {
                visit.submission.view(SupportActPage.why, t)
                submitButton(t("accounts.support.confirmation"))
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> WebResponse {
        guard let me = visit.principal.signedIn else { throw NotFound() }
        let why = try visit.submission[SupportActPage.why]
        let hash = visit.parameter("registration")
        let token = SecretToken(randomness: visit.city.randomness)
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let begun = try BegunRegistration.find(hash: hash, change.conn)
                guard try Account.find(email: begun.email.folded, change.conn) == nil else { throw NotFound() }
                guard try change.allows(.mailPerRecipient, begun.email.folded.description) else { throw Refusal.tooMany }
                try EmailToken.issue(.register, token, for: begun.email, language: begun.language, change)
                try Outbox.queue(
                    RegistrationLetters.confirm(begun.email, token, begun.language, change.city), at: change.now, change.conn)
                try change.record(
                    NewFact(
                        .registrationHelped, about: .account(me), ["email": .string(begun.email.folded.description)], why: why))
                return .init(AccountAddresses.support(), say: Phrase("accounts.support.confirmationDone"))
            }
        }
    }
}
