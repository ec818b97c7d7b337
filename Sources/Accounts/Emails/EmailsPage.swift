internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The addresses of my account: which are proven, which one gets the mail; one more, one less (A6).
enum EmailsPage {
    static let routes: [Route] =
        [
            .get(AccountAddresses.emails, .account, show),
            .post(AccountAddresses.primaryEmail, .account, form: ChosenEmail.form, invalid: show, ChosenEmail.usePrimary),
            .post(AccountAddresses.removeEmail, .account, form: ChosenEmail.form, invalid: show, ChosenEmail.remove),
        ] + AddEmail.routes

    private struct Entry: Sendable {
        let email: TypedAddress
        let provenAt: Instant
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let entries = try await visit.read { conn in
            try conn.rows(
                """
                SELECT typed, folded, proven_at FROM account_email WHERE account_id = \(id) AND until IS NULL
                ORDER BY is_primary DESC, id
                """
            ).map { row in
                Entry(email: TypedAddress(typed: try row["typed"], folded: try row["folded"]), provenAt: try row["proven_at"])
            }
        }
        let t = visit.t
        return visit.page(t("accounts.emails.title"), crumbs: [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            h1 { t("accounts.emails.title") }
            p { t("accounts.emails.lead") }
            listRows(
                entries.enumerated().map { index, entry in row(entry, isFirst: index == 0, isOnly: entries.count == 1, visit) },
                label: t("accounts.emails.title"))
            if entries.count == 1 { p(.class("soft")) { t("accounts.emails.last") } }
            h2 { t("accounts.emails.add") }
            postForm(AccountAddresses.emails(), once: visit.once) {
                visit.submission.view(AddEmail.email, t)
                submitButton(t("accounts.emails.addButton"))
            }
        }
    }

    private static func row(_ entry: Entry, isFirst: Bool, isOnly: Bool, _ visit: Visit) -> ListRow {
        let t = visit.t
        let email = entry.email.typed
        let named: [String: WordArgument] = ["email": .text(email)]
        let day = visit.city.cityClock.date(of: visit.city.cityClock.shown(entry.provenAt))
        return ListRow(
            title: HTML(email), subtitle: t("accounts.emails.proven", ["date": .date(day)]),
            status: isFirst ? tag(t("accounts.emails.primary"), .good) : .empty,
            action: isOnly
                ? .empty
                : actions {
                    if !isFirst {
                        button(
                            AccountAddresses.primaryEmail(), entry, t("accounts.emails.usePrimary"),
                            named: t("accounts.emails.usePrimaryNamed", named), visit)
                    }
                    button(
                        AccountAddresses.removeEmail(), entry, t("accounts.emails.remove"),
                        named: t("accounts.emails.removeNamed", named), visit)
                })
    }

    private static func button(_ link: Link, _ entry: Entry, _ title: String, named name: String, _ visit: Visit) -> HTML {
        postForm(link, once: visit.once) {
            input(.type("hidden"), .name(ChosenEmail.email.definition.name), .value(entry.email.folded.description))
            submitButton(title, quiet: true, accessibleName: name)
        }
    }
}

/// What is done with one of the account's addresses. The password is asked for again first (A4).
enum ChosenEmail {
    static let email = Field.hidden("chosen")
    static let form = Form(email)

    static func usePrimary(_ visit: Visit) async throws -> WebResponse {
        try await decide(visit) { change, id, email in
            guard try AccountWriter(change).usePrimary(email, of: id) else { throw NotFound() }
            return Phrase("accounts.emails.primaryDone", ["email": .text(email.description)])
        }
    }

    static func remove(_ visit: Visit) async throws -> WebResponse {
        try await decide(visit) { change, id, email in
            guard try AccountWriter(change).removeEmail(email, of: id) else { throw Refusal("accounts.emails.last") }
            return Phrase("accounts.emails.removed", ["email": .text(email.description)])
        }
    }

    private static func decide(
        _ visit: Visit, _ body: @escaping @Sendable (Change, AccountID, FoldedEmail) throws -> Phrase
    ) async throws -> WebResponse {
        guard let id = visit.principal.account, let email = FoldedEmail(try visit.submission[Self.email]) else {
            throw NotFound()
        }
        return try await Reauthenticate.first(visit, from: AccountAddresses.emails()) {
            try await visit.change { change in .init(AccountAddresses.emails(), say: try body(change, id, email)) }
        }
    }
}
