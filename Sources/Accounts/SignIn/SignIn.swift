internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Email and password. A failed try says the same whoever it was for, and takes as long (A2, A3, A5).
enum SignIn {
    static let email = Field.email(label: "accounts.email", autocomplete: "username")
    static let password = Field.password(
        "password", isNew: false, label: "accounts.password.label", missing: "accounts.signIn.passwordMissing")
    static let returnTo = Field.hidden("return", isRequired: false)
    static let form = Form(email, password, returnTo)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.signIn, .anyone, form: Form(returnTo)) { show($0, accounts) },
            .post(AccountAddresses.signIn, .anyone, form: form, invalid: { show($0, accounts) }) { visit in
                try await take(visit, accounts) { _ in true }
            }.even,
        ]
    }

    private static func show(_ visit: Visit, _ accounts: AccountsFeature) -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.signIn.title")) {
            visit.submission.summary(t)
            h1 { t("accounts.signIn.title") }
            columns(
                main: group {
                    fields(visit, at: AccountAddresses.signIn())
                    PasskeySignIn.button(visit)
                    p { a(AccountAddresses.reset()) { t("accounts.signIn.forgot") } }
                },
                aside: group {
                    panel(title: t("accounts.signIn.oldTitle")) {
                        p { t("accounts.oldPortal") }
                        p { a(accounts.oldPortal) { t("accounts.signIn.old") } }
                    }
                    panel(title: t("accounts.signIn.newTitle")) {
                        p { t("accounts.signIn.new") }
                        p { a(AccountAddresses.register()) { t("accounts.register.title") } }
                    }
                })
        }
    }

    static func fields(_ visit: Visit, at link: Link) -> HTML {
        let t = visit.t
        return postForm(link, once: visit.once) {
            visit.submission.view(email, t)
            visit.submission.view(password, t)
            visit.submission.view(returnTo, t)
            submitButton(t("accounts.signIn.button"))
        }
    }

    /// - Parameter admits: whether this page is for an account with these roles.
    static func take(
        _ visit: Visit, _ accounts: AccountsFeature, admits: @escaping @Sendable (Set<StaffRole>) -> Bool
    ) async throws -> WebResponse {
        let typed = try visit.submission[email]
        let secret = try visit.submission[password]
        let known = try await visit.write { change in
            let known = try KnownPassword.find(typed.folded, change.conn)
            try change.guess(.signInPerAddress, visit.request.network)
            try change.guess(.signInPerAccount, PasswordGuesses.key(typed.folded))
            return known
        }
        let fits = try await accounts.hasher.verify(secret, against: known?.hash ?? PasswordHasher.decoy)
        guard fits, let known, let hash = known.hash, admits(known.roles) else {
            let event = SecurityEvent(
                .signInFailed, account: known?.account, typedHash: visit.city.typedHash(typed.folded),
                way: Entrance.Method.password.rawValue)
            try await visit.write { change in
                try OldPortalMail.consider(typed, visit.language, change)
                try visit.note(event, change)
            }
            throw visit.submission.refusing(email, "accounts.signIn.wrong")
        }
        let renewed = PasswordHasher.isOutdated(hash) ? try await accounts.hasher.hash(secret) : nil
        let token = SecretToken(randomness: visit.city.randomness)
        let principal: Principal =
            known.roles.isEmpty ? .account(known.account, actingFor: nil) : .staff(known.account, roles: known.roles)
        let wanted = visit.submission.values[returnTo.definition.name].flatMap(Link.init(local:))
        let entrance = try await visit.city.write(as: principal) { change in
            try PasswordGuesses.clear(of: known.account, change.conn)
            try Limit.signInPerAddress.forgive(visit.request.network, change.conn)
            if let renewed {
                try change.conn.run(
                    """
                    UPDATE credential SET secret = \(renewed)
                    WHERE account_id = \(known.account) AND kind = 'password' AND until IS NULL AND secret = \(hash)
                    """)
            }
            return try Entrance.admit(known.account, by: .password, token, wanted: wanted, on: visit, change)
        }
        let place =
            if case .open(let isStaff) = entrance { destination(visit, accounts, isStaff: isStaff) } else {
                AccountAddresses.secondStep()
            }
        return Entrance.handing(token, to: .redirect(place), on: visit)
    }

    /// What was typed before the session ended comes first, then the page somebody was on the way to.
    private static func destination(_ visit: Visit, _ accounts: AccountsFeature, isStaff: Bool) -> Link {
        if let kept = KeptForms.destination(visit.request) { return kept }
        if !isStaff, let next = NextPage.link(visit.request) { return next }
        let wanted = visit.submission.values[returnTo.definition.name].flatMap(Link.init(local:))
        if let wanted, wanted.description.hasPrefix("/staff/") == isStaff { return wanted }
        return accounts.home(isStaff: isStaff)
    }
}

/// What a password is checked against.
private struct KnownPassword: Sendable {
    let account: AccountID
    /// nil for an account that has no password yet.
    let hash: String?
    let roles: Set<StaffRole>

    static func find(_ email: FoldedEmail, _ conn: Connection) throws -> KnownPassword? {
        let row = try conn.row(
            """
            SELECT a.id, c.secret
            FROM account_email e
            JOIN account a ON a.id = e.account_id
            LEFT JOIN credential c ON c.account_id = a.id AND c.kind = 'password' AND c.until IS NULL
            WHERE e.folded = \(email) AND e.until IS NULL AND a.closed_at IS NULL
            """)
        // Asked for an unknown address too, so that the work is the same.
        let account: AccountID = try row?["id"] ?? AccountID(0)
        let roles = try AccountsFeature.roles(of: account, conn)
        guard let row else { return nil }
        return KnownPassword(account: account, hash: try row["secret"], roles: roles)
    }
}
