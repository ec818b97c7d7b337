internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The second step of signing in: a code of the authenticator app, or a recovery code on the day the phone is lost (A3).
enum SecondStep {
    private static let code = Field<String>.code("code", label: "accounts.secondStep.code", hint: "accounts.secondStep.codeHint")
    private static let recovery = Field.text(
        "code", label: "accounts.secondStep.recoveryCode", hint: "accounts.secondStep.recoveryHint", maxLength: 80,
        autocomplete: "off", missing: "accounts.secondStep.recoveryMissing")

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.secondStep, .anyone, showApp),
            .post(AccountAddresses.secondStep, .anyone, form: Form(code), invalid: showApp) { visit in
                try await take(visit, accounts, code, by: .passwordAndApp) { typed, account, change in
                    try AppCodes(change: change).use(typed, of: account)
                }
            },
            .get(AccountAddresses.recoveryStep, .anyone, showRecovery),
            .post(AccountAddresses.recoveryStep, .anyone, form: Form(recovery), invalid: showRecovery) { visit in
                try await take(visit, accounts, recovery, by: .passwordAndRecovery) { typed, account, change in
                    try RecoveryCodes(change: change).use(typed, of: account)
                }
            },
        ]
    }

    private static func showApp(_ visit: Visit) async throws -> WebResponse {
        guard let (_, factors) = try await half(visit) else { return again(visit) }
        let t = visit.t
        // Who has passkeys only has no app to ask.
        guard factors.hasApp else {
            return page("accounts.secondStep.title", "accounts.secondStep.passkeyLead", visit) {
                PasskeySignIn.button(visit)
                recoveryLink(factors, t)
            }
        }
        return page("accounts.secondStep.title", "accounts.secondStep.lead", visit) {
            question(code, at: AccountAddresses.secondStep(), visit)
            if factors.passkeys > 0 { PasskeySignIn.button(visit) }
            recoveryLink(factors, t)
        }
    }

    private static func showRecovery(_ visit: Visit) async throws -> WebResponse {
        guard let (_, factors) = try await half(visit) else { return again(visit) }
        return page("accounts.secondStep.recoveryTitle", "accounts.secondStep.recoveryLead", visit) {
            question(recovery, at: AccountAddresses.recoveryStep(), visit)
            if factors.hasApp { p { a(AccountAddresses.secondStep()) { visit.t("accounts.secondStep.useApp") } } }
        }
    }

    private static func page(
        _ title: WordKey, _ lead: WordKey, _ visit: Visit, @HTMLBuilder content: () -> HTML
    ) -> WebResponse {
        let t = visit.t
        return visit.page(t(title)) {
            visit.submission.summary(t)
            h1 { t(title) }
            p { t(lead) }
            content()
            p(.class("soft")) { callable(t("accounts.secondStep.lost", ["phone": .text(visit.city.pack.city.phone)])) }
        }
    }

    private static func question(_ field: Field<String>, at link: Link, _ visit: Visit) -> HTML {
        postForm(link, once: visit.once) {
            visit.submission.view(field, visit.t)
            submitButton(visit.t("accounts.secondStep.button"))
        }
    }

    private static func recoveryLink(_ factors: Factors, _ t: Voice) -> HTML {
        factors.recoveryCodes == 0 ? .empty : p { a(AccountAddresses.recoveryStep()) { t("accounts.secondStep.useRecovery") } }
    }

    private static func half(_ visit: Visit) async throws -> (HalfSignIn, Factors)? {
        try await visit.read { conn in
            guard let half = try HalfSignIn.of(visit, conn) else { return nil }
            return (half, try Factors.of(half.account, conn))
        }
    }

    /// The first step is too long ago, or was another browser's.
    private static func again(_ visit: Visit) -> WebResponse {
        visit.redirect(.init(AccountAddresses.signIn(), say: Phrase("accounts.secondStep.again")))
            .setting(.removing(Entrance.cookieName))
    }

    private static func take(
        _ visit: Visit, _ accounts: AccountsFeature, _ field: Field<String>, by method: Entrance.Method,
        _ isRight: @escaping @Sendable (String, AccountID, Change) throws -> Bool
    ) async throws -> WebResponse {
        guard let presented = visit.request.cookies[Entrance.cookieName].flatMap(SecretToken.init(presented:)) else {
            return again(visit)
        }
        let typed = try visit.submission[field]
        // Counted on its own: a wrong code must not take its count back.
        let account = try await visit.read { conn in try HalfSignIn.of(visit, conn)?.account }
        if let account { try await visit.write { change in try change.guess(.secondStep, "account:\(account)") } }
        let session = presented.next("session", once: visit.request.fields[onceFieldName] ?? "")
        let outcome: WebResponse
        do {
            outcome = try await visit.change { change in
                guard let half = try HalfSignIn.of(visit, change.conn) else { throw Gone() }
                guard try isRight(typed, half.account, change) else {
                    throw visit.submission.refusing(field, "accounts.secondStep.wrong")
                }
                guard try half.use(change) else { throw Gone() }
                try Limit.secondStep.clear("account:\(half.account)", change.conn)
                let isStaff = try Sessions.begin(half.account, session, by: method, on: visit, change)
                let wanted = half.wanted.flatMap { $0.description.hasPrefix("/staff/") == isStaff ? $0 : nil }
                return .init(
                    wanted ?? accounts.home(isStaff: isStaff), say: half.method == .reset ? Phrase("accounts.choose.done") : nil)
            }
        } catch is Gone { return again(visit) } catch let wrong as InvalidForm {
            if let account {
                try await visit.write { change in
                    try DelayedGuesses.note(account, change)
                    try visit.note(SecurityEvent(.signInFailed, account: account, way: method.rawValue), change)
                }
            }
            throw wrong
        }
        return Entrance.handing(session, to: kept(visit, outcome), on: visit)
    }

    /// What was typed before the session ended comes before anything else.
    private static func kept(_ visit: Visit, _ outcome: WebResponse) -> WebResponse {
        KeptForms.destination(visit.request).map { .redirect($0) } ?? outcome
    }

    private struct Gone: Error {}
}
