internal import Core
internal import Database
internal import Mail
internal import Primitives
internal import Web

/// Whether an account has signed in with this browser before: it keeps a secret of its own, the database its hash. Somebody else with
/// the same kind of browser is another one. Its owner hears by mail of a sign-in with one that is new (A7).
enum KnownBrowser {
    static let cookieName = "browser"
    /// A browser that was away for longer is new again.
    private static let memory = Span.days(90)

    /// What this browser holds, or is given with the session that begins.
    private static func secret(_ visit: Visit, _ session: SecretToken) -> SecretToken {
        visit.request.cookies[cookieName].flatMap(SecretToken.init(presented:)) ?? session.next("browser", once: "")
    }

    static func cookie(_ visit: Visit, _ session: SecretToken) -> Cookie {
        Cookie(cookieName, secret(visit, session).text, maxAge: Int(memory.seconds))
    }

    /// Remembers the browser.
    /// - Returns: whether it is new to an account that knows others; the first one of an account is nothing to tell of.
    static func note(_ account: AccountID, _ session: SecretToken, on visit: Visit, _ change: Change) throws -> Bool {
        let hash = secret(visit, session).hash
        let seen: Instant? = try change.conn.value(
            "SELECT seen_at FROM known_browser WHERE account_id = \(account) AND browser_hash = \(hash)")
        let isNew =
            if let seen { seen + memory <= change.now } else {
                try change.conn.exists("SELECT 1 FROM known_browser WHERE account_id = \(account) LIMIT 1")
            }
        try change.conn.run(
            """
            INSERT INTO known_browser (account_id, browser_hash, seen_at) VALUES (\(account), \(hash), \(change.now))
            ON CONFLICT (account_id, browser_hash) DO UPDATE SET seen_at = excluded.seen_at
            """)
        return isNew
    }

    static let effects = [
        Effect(on: .signedIn) { fact, change in
            guard fact.arguments["new"] == .bool(true) else { return }
            let id = AccountID(fact.subject.id)
            guard let account = try Account.find(id, change.conn) else { return }
            let isStaff = try change.conn.exists(
                "SELECT 1 FROM staff_role WHERE account_id = \(id) AND until IS NULL LIMIT 1")
            for email in try Account.emails(of: id, change.conn) {
                try Outbox.queue(letter(fact, account, email, isStaff: isStaff, change.city), at: change.now, change.conn)
            }
        }
    ]

    private static func letter(
        _ fact: Fact, _ account: Account, _ email: TypedAddress, isStaff: Bool, _ city: CityContext
    ) -> Letter {
        let t = city.voice(account.language)
        let device = fact.text("device")
        let what =
            device.isEmpty
            ? t("accounts.mail.newBrowser.what") : t("accounts.mail.newBrowser.whatWith", ["device": .text(device)])
        // The pages of an account's activity are the public's; staff choose another password.
        let more =
            isStaff
            ? [t("accounts.mail.newBrowser.staff")]
            : [
                t("accounts.mail.newBrowser.notYou"),
                t("accounts.mail.newBrowser.activity") + " " + city.url(AccountAddresses.activity()),
            ]
        return Letter(
            to: email.typed, language: account.language, subject: t("accounts.mail.newBrowser.subject"),
            paragraphs: [what, t("accounts.mail.newBrowser.place")] + more,
            button: isStaff
                ? .init(title: t("accounts.mail.changed.button"), url: city.url(AccountAddresses.reset()))
                : .init(
                    title: t("accounts.notMe.link"),
                    url: city.url(AccountAddresses.notMe().with([("entry", String(fact.id))]))),
            closing: accountLetterClosing(city, t))
    }
}
