internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Email from the city": which kinds somebody wants, and which are always sent.
enum MailChoicesPage {
    private static let cases = Field.checkbox(
        "cases", label: "accounts.mailChoices.cases", hint: "accounts.mailChoices.casesHint")
    private static let following = Field.checkbox(
        "following", label: "accounts.mailChoices.following", hint: "accounts.mailChoices.followingHint")
    private static let requests = Field.checkbox(
        "requests", label: "accounts.mailChoices.requests", hint: "accounts.mailChoices.requestsHint")
    private static let reminders = Field.checkbox(
        "reminders", label: "accounts.mailChoices.reminders", hint: "accounts.mailChoices.remindersHint")
    private static let form = Form(cases, following, requests, reminders)

    static let routes: [Route] = [
        .get(AccountAddresses.mailChoices, .account, show),
        .post(AccountAddresses.mailChoices, .account, form: form, invalid: show, save),
    ]

    private static func field(_ kind: MailKind) -> Field<Bool> {
        switch kind {
        case .cases: cases
        case .following: following
        case .requests: requests
        case .reminders: reminders
        }
    }

    static func title(_ kind: MailKind, _ t: Voice) -> String { t(field(kind).definition.label) }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let (wanted, email) = try await visit.read { conn in
            (try Set(MailKind.allCases).subtracting(MailKind.unwanted(by: id, conn)), try Account.emails(of: id, conn).first)
        }
        let t = visit.t
        let answers = form.blank(Dictionary(uniqueKeysWithValues: wanted.map { (field($0).definition.name, "yes") }))
        return visit.page(t("accounts.mailChoices.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.mailChoices.title") }
            p {
                t("accounts.mailChoices.goesTo", ["email": .text(email?.typed ?? "")])
                " "
                a(AccountAddresses.emails()) { t("accounts.emails.change") }
                "."
            }
            postForm(AccountAddresses.mailChoices(), once: visit.once) {
                for kind in MailKind.allCases { answers.view(field(kind), t, marksOptional: false) }
                submitButton(t("accounts.mailChoices.save"))
            }
            h2 { t("accounts.mailChoices.alwaysTitle") }
            p { t("accounts.mailChoices.always") }
        }
    }

    private static func save(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let chosen = try MailKind.allCases.map { ($0, try visit.submission[field($0)]) }
        return try await visit.change { change in
            for (kind, isWanted) in chosen { try kind.set(isWanted, by: id, change) }
            return .init(AccountAddresses.account(), say: Phrase("accounts.mailChoices.saved"))
        }
    }
}
