internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Name and phone of the account. The city's records keep what is on file until somebody corrects them.
enum DetailsPage {
    private static let form = Form(FinishAccount.firstName, FinishAccount.lastName, FinishAccount.phone)

    static let routes: [Route] = [
        .get(AccountAddresses.details, .account, show),
        .post(AccountAddresses.details, .account, form: form, invalid: show, save),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account,
            let account = try await visit.read({ conn in try Account.find(id, conn) })
        else { throw NotFound() }
        let t = visit.t
        let now = [
            FinishAccount.firstName.definition.name: account.firstName,
            FinishAccount.lastName.definition.name: account.lastName, FinishAccount.phone.definition.name: account.phone,
        ]
        let answers = visit.submission.values.isEmpty ? form.blank(now) : visit.submission
        return visit.page(t("accounts.details.title"), crumbs: [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            h1 { t("accounts.details.title") }
            p {
                t("accounts.details.lead")
                " "
                a(AccountAddresses.records()) { t("accounts.records.title") }
                "."
            }
            postForm(AccountAddresses.details(), once: visit.once) {
                answers.view(FinishAccount.firstName, t)
                answers.view(FinishAccount.lastName, t)
                answers.view(FinishAccount.phone, t)
                submitButton(t("accounts.details.save"))
            }
        }
    }

    private static func save(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let first = try visit.submission[FinishAccount.firstName]
        let last = try visit.submission[FinishAccount.lastName]
        let phone = try visit.submission[FinishAccount.phone]
        let now = try await visit.read { conn in try Account.find(id, conn)?.phone }
        // A phone is a way to reach somebody who cannot sign in, so it changes only for whoever knows the password (A4).
        guard now != phone else { return try await change(visit, id, first, last, phone) }
        return try await Reauthenticate.first(visit) { try await change(visit, id, first, last, phone) }
    }

    private static func change(
        _ visit: Visit, _ id: AccountID, _ first: String, _ last: String, _ phone: String
    ) async throws -> WebResponse {
        try await visit.change { change in
            guard let before = try Account.find(id, change.conn) else { throw NotFound() }
            if (before.firstName, before.lastName, before.phone) != (first, last, phone) {
                try change.conn.run(
                    """
                    UPDATE account SET first_name = \(first), last_name = \(last), phone = \(phone) WHERE id = \(id)
                    """)
                try change.record(
                    NewFact(
                        .detailsChanged, about: .account(id),
                        before: facts(before.firstName, before.lastName, before.phone), after: facts(first, last, phone)))
            }
            return .init(AccountAddresses.account(), say: Phrase("accounts.details.saved"))
        }
    }

    private static func facts(_ first: String, _ last: String, _ phone: String) -> JSON {
        ["first_name": .string(first), "last_name": .string(last), "phone": .string(phone)]
    }
}
