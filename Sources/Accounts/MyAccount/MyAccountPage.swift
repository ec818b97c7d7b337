public import Core
internal import Database
public import HTML
public import Primitives
internal import Web

/// Leads back to "My account" from the pages below it.
public func myAccountCrumb(_ t: Voice) -> Crumb { Crumb(title: t("accounts.account.title"), link: AccountAddresses.account()) }

/// "My account": who I am here, my language, where I am signed in, and what other features add (A4, A9).
enum MyAccountPage {
    static let languageForm = Form(preferredLanguage)

    static let routes: [Route] = [
        .get(AccountAddresses.account, .account, show),
        .post(AccountAddresses.language, .account, form: languageForm, invalid: show, saveLanguage),
    ]

    static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let panels = visit.city.features.compactMap { $0 as? any AccountFeature }.flatMap(\.accountPanels)
        var content = HTML.empty
        for panel in panels.sorted(by: { $0.order < $1.order }) { content += try await panel.view(visit) }
        return visit.page(t("accounts.account.title")) {
            visit.submission.summary(t)
            h1 { t("accounts.account.title") }
            content
        }
    }

    static func details(_ visit: Visit) async throws -> HTML {
        guard let id = visit.principal.account else { return .empty }
        guard let (account, emails) = try await visit.read({ conn in try Account.withEmails(id, conn) }) else { return .empty }
        let t = visit.t
        return panel(title: t("accounts.account.details")) {
            descriptionList([
                Detail(term: t("accounts.account.name"), value: HTML(account.name)),
                Detail(
                    term: t("accounts.account.emails", ["count": .number(emails.count)]),
                    value: group {
                        for (index, email) in emails.enumerated() {
                            if index > 0 { br() }
                            email.typed
                        }
                    }),
                Detail(term: t("accounts.account.phone"), value: HTML(account.phone)),
            ])
            ul {
                li { a(AccountAddresses.details()) { t("accounts.details.change") } }
                li { a(AccountAddresses.emails()) { t("accounts.emails.change") } }
                li { a(AccountAddresses.security()) { t("accounts.security.title") } }
            }
        }
    }

    static func onFile(_ visit: Visit) async throws -> HTML {
        let t = visit.t
        return panel(title: t("accounts.records.panel")) {
            ul {
                li { a(AccountAddresses.records()) { t("accounts.records.title") } }
                li { a(AccountAddresses.activity()) { t("accounts.activity.title") } }
                li { a(AccountAddresses.close()) { t("accounts.close.title") } }
            }
        }
    }

    static func language(_ visit: Visit) async throws -> HTML {
        guard let id = visit.principal.account else { return .empty }
        let account = try await visit.read { conn in try Account.find(id, conn) }
        let t = visit.t
        let answers = languageForm.blank(["language": (account?.language ?? visit.language).rawValue])
        return panel(title: t("accounts.account.contact")) {
            p { a(AccountAddresses.mailChoices()) { t("accounts.mailChoices.title") } }
            postForm(AccountAddresses.language(), once: visit.once) {
                answers.view(preferredLanguage, t, choices: languageChoices, marksOptional: false)
                submitButton(t("accounts.account.saveLanguage"), quiet: true)
            }
        }
    }

    private static func saveLanguage(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        guard let language = Language(rawValue: try visit.submission[preferredLanguage]) else {
            throw visit.submission.refusing(preferredLanguage, "form.choose")
        }
        return try await visit.change { change in
            let before = try Account.find(id, change.conn)?.language
            try change.conn.run("UPDATE account SET language = \(language) WHERE id = \(id)")
            if before != language {
                try change.record(
                    NewFact(
                        .languageChanged, about: .account(id), before: .string(before?.rawValue ?? ""),
                        after: .string(language.rawValue)))
            }
            return .init(AccountAddresses.account(), say: Phrase("accounts.account.languageSaved"))
        }.setting(Cookie(languageCookieName, language.rawValue, maxAge: 31_536_000))
    }
}
