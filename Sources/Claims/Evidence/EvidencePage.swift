internal import Cases
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/claim/invoice` and its like: asks for what another feature can compare.
struct EvidencePage {
    let source: EvidenceSource
    let requests: Link

    private var address: PlainAddress { ClaimAddresses.evidence(source.key) }

    var routes: [Route] {
        [.get(address, .account, show), .post(address, .account, form: Form(source.fields), invalid: show, take)]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        // A page seen for the first time has no answers: the form is that of the other route.
        let answers = visit.request.method == .post ? visit.submission : Form(source.fields).blank()
        return visit.page(t(source.title), crumbs: claimCrumbs(t)) {
            answers.summary(t)
            h1 { t(source.title) }
            p { t(source.explanation) }
            postForm(address(), once: visit.once) {
                for field in source.fields { answers.view(field, t) }
                submitButton(t("claims.show"))
            }
            p(.class("soft")) { t("claims.told.everybody") }
        }
    }

    private func take(_ visit: Visit) async throws -> WebResponse {
        let answers = try source.fields.map { try visit.submission[$0] }
        let language = visit.language
        return try await ClaimTry.run(
            visit, evidence: source.key, target: source.target(answers),
            take: { account, change in
                guard let found = try source.find(answers, change.conn) else { return nil }
                return try RecordClaim(change: change, requests: requests).take(
                    found.contact, on: found.caseID, by: source.key, shown: found.name, evidence: found.evidence, for: account,
                    language)
            })
    }
}
