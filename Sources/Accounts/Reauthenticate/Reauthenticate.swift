public import Core
internal import Database
public import HTML
public import Primitives
public import Web

/// Asks for the password again, or for a passkey, before something that guards the account, when neither was asked for lately (A4).
/// What was typed is kept, and sent after that.
///
/// A step that needs it runs in `Reauthenticate.first(visit) { … }`.
public enum Reauthenticate {
    /// So long after the password nobody is asked again.
    public static let freshFor = Span.minutes(15)

    private static let password = Field.password(
        "password", isNew: false, label: "accounts.password.label", missing: "accounts.signIn.passwordMissing")
    static let returnTo = Field.hidden("return", isRequired: false)
    private static let code = Field<String>(
        FieldDefinition(
            "code", .code, label: "accounts.secondStep.code", hint: "accounts.secondStep.codeHint", isRequired: false,
            maxLength: 20,
            autocomplete: "one-time-code")
    ) { .success($0) }
    /// Beside the password, for whoever has passkeys only: the day the device is not at hand.
    private static let recovery = Field.text(
        "recovery", label: "accounts.secondStep.recoveryCode", hint: "accounts.secondStep.recoveryHint", isRequired: false,
        maxLength: 80, autocomplete: "off")
    private static let form = Form(password, code, recovery, returnTo)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.confirmPassword, .signedIn, form: Form(returnTo)) { try await show($0, accounts) },
            // Anyone: pressed twice, the second press comes with the session's old token, which is nobody's any more.
            .post(
                AccountAddresses.confirmPassword, .anyone, form: form, invalid: { try await showAgain($0, accounts) }
            ) { try await confirm($0, accounts) },
        ]
    }

    /// Runs the step now, or after the password.
    /// - Parameters:
    ///   - page: for a button without anything typed: where it stands, to be pressed again.
    ///   - span: so long after the password nobody is asked again; longer for what staff do all day.
    public static func first(
        _ visit: Visit, from page: Link? = nil, within span: Span = freshFor, _ step: () async throws -> WebResponse
    ) async throws -> WebResponse {
        if try await isFresh(visit, within: span) { return try await step() }
        if let page {
            return visit.redirect(
                .init(
                    AccountAddresses.confirmPassword().with([("return", page.description)]),
                    say: Phrase("accounts.reauthenticate.again")))
        }
        return try await KeptForms.keep(
            visit, leadingTo: AccountAddresses.confirmPassword(), say: Phrase("accounts.reauthenticate.first"))
    }

    private static func isFresh(_ visit: Visit, within span: Span) async throws -> Bool {
        guard let hash = visit.identity.sessionHash else { return false }
        let device = Device.name(visit.request.header("user-agent"))
        return try await visit.read { conn in
            let row = try conn.row("SELECT \(Session.columns) FROM session s WHERE s.token_hash = \(hash) AND s.ended_at IS NULL")
            guard let session = try row.map(Session.init) else { return false }
            return session.confirmedAt > visit.now - span && session.isIn(device)
        }
    }

    private static func show(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        let t = visit.t
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let directory =
            visit.principal.isStaff
            ? DirectorySignIn.link(accounts, wanted: visit.submission.values[returnTo.definition.name], again: true) : nil
        let factors = try await visit.read { conn in try Factors.of(id, conn) }
        let title = t(factors.hasOnlyPasskeys ? "accounts.reauthenticate.passkeyTitle" : "accounts.reauthenticate.title")
        return visit.page(title, crumbs: visit.principal.account == nil ? [] : [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            h1 { title }
            p { t("accounts.reauthenticate.lead") }
            if factors.hasOnlyPasskeys {
                ConfirmByPasskey.button(visit)
                h2 { t("accounts.reauthenticate.withoutPasskey") }
            }
            postForm(AccountAddresses.confirmPassword(), once: visit.once) {
                visit.submission.view(password, t)
                if factors.hasApp { visit.submission.view(code, t, marksOptional: false) }
                if factors.hasOnlyPasskeys { visit.submission.view(recovery, t, marksOptional: false) }
                visit.submission.view(returnTo, t)
                submitButton(t("accounts.reauthenticate.button"))
            }
            if factors.hasApp, factors.passkeys > 0 { ConfirmByPasskey.button(visit) }
            if let directory { p { a(directory) { t("accounts.directory.confirm") } } }
            p { a(AccountAddresses.reset()) { t("accounts.signIn.forgot") } }
        }
    }

    private static func showAgain(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        visit.principal.signedIn == nil ? .redirect(AccountAddresses.signIn()) : try await show(visit, accounts)
    }

    private static func confirm(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        guard let (old, token) = tokens(visit) else { return .redirect(AccountAddresses.signIn()) }
        guard let id = visit.principal.signedIn else { return try await pressedBefore(visit, token) }
        let secret = try visit.submission[password]
        let typed = (code: try visit.submission[code], recovery: try visit.submission[recovery])
        guard try await accounts.isPassword(secret, of: id, visit) else {
            throw visit.submission.refusing(password, "accounts.password.wrong")
        }
        try await visit.write { change in
            if try Factors.of(id, change.conn).needsSecondStep { try change.guess(.secondStep, "account:\(id)") }
        }
        do {
            try await visit.write { change in
                // Another press of the same button came first.
                guard try isOpen(old, change.conn) else { return }
                try showSecondStep(id, typed, visit, change)
                try renew(old, as: token, on: visit, change)
            }
        } catch let wrong as InvalidForm {
            try await visit.write { change in
                try DelayedGuesses.note(id, change)
                try visit.note(SecurityEvent(.signInFailed, account: id, way: Entrance.Method.passwordAndApp.rawValue), change)
            }
            throw wrong
        }
        return try goingOn(visit, token)
    }

    /// A password alone confirms nothing for whoever has more: somebody may have seen it typed.
    private static func showSecondStep(
        _ id: AccountID, _ typed: (code: String, recovery: String), _ visit: Visit, _ change: Change
    ) throws {
        let factors = try Factors.of(id, change.conn)
        guard factors.needsSecondStep else { return }
        if factors.hasApp {
            guard try AppCodes(change: change).use(typed.code, of: id) else {
                throw visit.submission.refusing(code, "accounts.secondStep.wrong")
            }
        } else if try !RecoveryCodes(change: change).use(typed.recovery, of: id) {
            throw visit.submission.refusing(recovery, "accounts.secondStep.recoveryMissing")
        }
        try Limit.secondStep.clear("account:\(id)", change.conn)
        try FactorRemoval.keep(of: id, change)
    }

    /// The session's token, and the one it gets. A session that may do more is a new one: whoever had the old token has nothing. The
    /// same press gives the same token, so that a press whose answer was lost, or a second one, does not sign anybody out.
    static func tokens(_ visit: Visit) -> (old: SecretToken, new: SecretToken)? {
        guard let old = visit.request.cookies[Sessions.cookieName].flatMap(SecretToken.init(presented:)) else { return nil }
        return (old, old.next("confirmed", once: visit.request.fields[onceFieldName] ?? ""))
    }

    static func isOpen(_ token: SecretToken, _ conn: Connection) throws -> Bool {
        try conn.exists("SELECT 1 FROM session WHERE token_hash = \(token.hash) AND ended_at IS NULL")
    }

    static func renew(_ old: SecretToken, as new: SecretToken, on visit: Visit, _ change: Change) throws {
        let device = Device.name(visit.request.header("user-agent"))
        try change.conn.run(
            """
            UPDATE session SET token_hash = \(new.hash), confirmed_at = \(change.now), device = \(device)
            WHERE token_hash = \(old.hash) AND ended_at IS NULL
            """)
    }

    static func pressedBefore(_ visit: Visit, _ token: SecretToken) async throws -> WebResponse {
        let isDone = try await visit.read { conn in try isOpen(token, conn) }
        return isDone ? try goingOn(visit, token) : .redirect(AccountAddresses.signIn())
    }

    static func goingOn(_ visit: Visit, _ token: SecretToken) throws -> WebResponse {
        let back = Link(local: try visit.submission[returnTo]) ?? KeptForms.destination(visit.request)
        let home = visit.principal.account == nil ? AccountAddresses.security() : AccountAddresses.account()
        return WebResponse.redirect(back ?? home).setting(Sessions.cookie(token))
    }
}

extension AccountsFeature {
    /// Whether this is the account's own password; tries are limited as at sign-in.
    func isPassword(_ secret: String, of id: AccountID, _ visit: Visit) async throws -> Bool {
        let who = PasswordGuesses.key(id)
        let hash: String? = try await visit.write { change in
            try change.guess(.signInPerAccount, who)
            return try change.conn.value(
                "SELECT secret FROM credential WHERE account_id = \(id) AND kind = 'password' AND until IS NULL")
        }
        guard try await hasher.verify(secret, against: hash ?? PasswordHasher.decoy), hash != nil else {
            try await visit.write { change in
                try DelayedGuesses.note(id, change)
                try visit.note(SecurityEvent(.signInFailed, account: id, way: Entrance.Method.password.rawValue), change)
            }
            return false
        }
        try await visit.write { change in try Limit.signInPerAccount.clear(who, change.conn) }
        return true
    }
}
