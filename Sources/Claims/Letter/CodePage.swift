internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/claim/code`: the code of a letter. It belongs to the account that asked for the letter, works once, and not for ever.
struct CodePage {
    static let evidence = "mailed-code"
    private static let form = Form(CardForm.code)
    let requests: Link
    let hasher: PasswordHasher

    var routes: [Route] {
        [
            .get(ClaimAddresses.code, .account, show),
            .post(ClaimAddresses.code, .account, form: CodePage.form, invalid: show, take),
        ]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let answers = visit.request.method == .post ? visit.submission : CodePage.form.blank()
        return visit.page(t("claims.code.title"), crumbs: claimCrumbs(t)) {
            answers.summary(t)
            h1 { t("claims.code.title") }
            p { t("claims.code.lead") }
            postForm(ClaimAddresses.code(), once: visit.once) {
                answers.view(CardForm.code, t)
                submitButton(t("claims.show"))
            }
            p(.class("soft")) { t("claims.told.everybody") }
        }
    }

    private func take(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let code = try visit.submission[CardForm.code]
        let language = visit.language
        return try await ClaimTry.run(
            visit, evidence: CodePage.evidence, target: account.description,
            count: { account, change in
                try change.conn.run(
                    "UPDATE mailed_code SET tries = tries + 1 WHERE account_id = \(account) AND state = 'printed'")
            },
            prepare: { account in
                try await PrintedCode.hash(code, for: .letter(account: account.value), on: hasher)
            },
            take: { account, hash, change in
                guard let contact = try use(hash, of: account, change) else { return nil }
                return try RecordClaim(change: change, requests: requests).take(
                    contact, by: CodePage.evidence, shown: Phrase("claims.code.shown"),
                    evidence: "typed the code of a letter to the address of record", for: account, language)
            })
    }

    /// The record that the letter went to, when the code is right, still good, and not used.
    private func use(_ hash: String, of account: AccountID, _ change: Change) throws -> ContactID? {
        let row = try change.conn.row(
            """
            SELECT l.id, l.contact_id FROM mailed_code l JOIN contact c ON c.id = l.contact_id
            WHERE l.account_id = \(account) AND l.code_hash = \(hash) AND l.state = 'printed' AND l.expires_at > \(change.now)
              AND l.tries <= \(MailedCode.mostTries) AND c.until IS NULL
            """)
        guard let row else { return nil }
        let id: Int64 = try row["id"]
        let used = try change.conn.run(
            "UPDATE mailed_code SET state = 'used', used_at = \(change.now) WHERE id = \(id) AND state = 'printed'")
        guard used > 0 else { return nil }
        return try row["contact_id"]
    }
}
