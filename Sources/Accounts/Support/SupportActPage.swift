internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives
internal import Web

/// One thing staff do for an account (A8): what it does, the reason, and the button. The reason and who it was stay in the account's
/// activity; the person is told by mail.
enum SupportActPage {
    static let why = Field.text(
        "why", kind: .multiline, label: "accounts.support.why", hint: "accounts.support.whyHint", maxLength: 1000,
        autocomplete: "off", missing: "accounts.support.whyMissing")
    private static let email = Field.choice("email", label: "accounts.support.whichEmail", isRequired: false)
    private static let form = Form(email, why)

    static let routes: [Route] = [
        .get(AccountAddresses.supportAct, .staff("account.support"), open),
        .post(AccountAddresses.supportAct, .staff("account.support"), form: form, invalid: open) { visit in
            try await NotLookedUp.leadsBack(visit) { try await take(visit) }
        },
    ]

    private static func act(_ visit: Visit) throws -> SupportAct {
        guard let act = SupportAct(rawValue: visit.parameter("act")) else { throw NotFound() }
        return act
    }

    private static func open(_ visit: Visit) async throws -> WebResponse {
        try await NotLookedUp.leadsBack(visit) { try await show(visit) }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let act = try act(visit)
        let (supported, state) = try await visit.read { conn in
            let supported = try SupportedAccount.find(visit, conn)
            return (supported, try SupportState.of(supported.account.id, visit.city, conn))
        }
        let page = AccountAddresses.supportedAccount(supported.publicID)
        guard state.allows(act) else { return .redirect(page) }
        let t = visit.t
        let name = supported.account.name
        let first = state.emails.first?.email.folded.description ?? ""
        let answers =
            visit.submission.values.isEmpty ? form.blank([email.definition.name: first]) : visit.submission
        return visit.page(
            t(act.title),
            crumbs: [
                FindAccountPage.crumb(t), Crumb(title: t("accounts.support.page", ["name": .text(name)]), link: page),
            ]
        ) {
            answers.summary(t)
            h1 { t(act.title) }
            p { t(act.explanation) }
            postForm(AccountAddresses.supportAct(supported.publicID, act.rawValue), once: visit.once) {
                if act == .reset {
                    answers.view(
                        email, t,
                        choices: state.emails.map { Choice(value: $0.email.folded.description, title: $0.email.typed) },
                        marksOptional: false)
                }
                answers.view(why, t)
                submitButton(t(act.title))
            }
        }
    }

    private static func take(_ visit: Visit) async throws -> WebResponse {
        let act = try act(visit)
        let why = try visit.submission[why]
        let chosen = try visit.submission[email]
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let supported = try SupportedAccount.find(visit, change.conn)
                let state = try SupportState.of(supported.account.id, change.city, change.conn)
                guard state.allows(act) else { throw Refusal("accounts.support.notNow") }
                let to = state.emails.map(\.email).first { $0.folded.description == chosen }
                if act == .reset, to == nil { throw visit.submission.refusing(email, "form.choose") }
                try SupportWriter(change: change, account: supported.account).take(act, to: to, state, why: why)
                return .init(AccountAddresses.supportedAccount(supported.publicID), say: Phrase(act.done))
            }
        }
    }
}

/// Does what staff chose to do, with its fact in the account's chain.
struct SupportWriter {
    let change: Change
    let account: Account

    /// - Parameter email: where a link for a new password goes.
    func take(_ act: SupportAct, to email: TypedAddress?, _ state: SupportState, why: String) throws {
        var arguments: [String: JSON] = ["act": .string(act.rawValue)]
        switch act {
        case .endDelay:
            try PasswordGuesses.clear(of: account.id, change.conn)
            try Limit.secondStep.clear("account:\(account.id)", change.conn)
        case .confirmation:
            for address in state.waiting { try sendAddition(address) }
        case .reset:
            guard let email else { throw NotFound() }
            try sendReset(email)
            arguments["email"] = .string(email.folded.description)
        case .endSessions:
            arguments["count"] = .integer(Int64(try Sessions.endAll(of: account.id, change)))
        case .removeSecondStep:
            try FactorRemoval.ask(for: account, change)
        }
        try change.record(NewFact(.accountHelped, about: .account(account.id), arguments, why: why))
    }

    private func sendReset(_ email: TypedAddress) throws {
        try allowMail(email)
        let token = SecretToken(randomness: change.city.randomness)
        try EmailToken.issue(.reset, token, for: email, language: account.language, account: account.id, change)
        try Outbox.queue(ResetLetters.choose(account, email, token, change.city), at: change.now, change.conn)
    }

    private func sendAddition(_ email: TypedAddress) throws {
        try allowMail(email)
        let token = SecretToken(randomness: change.city.randomness)
        try EmailAddition.end(email.folded, of: account.id, change)
        try EmailAddition.issue(token, for: email, of: account.id, isDecoy: false, change)
        try Outbox.queue(EmailLetters.confirm(account, email, token, change.city), at: change.now, change.conn)
    }

    private func allowMail(_ email: TypedAddress) throws {
        guard try change.allows(.mailPerRecipient, email.folded.description) else { throw Refusal.tooMany }
    }
}
