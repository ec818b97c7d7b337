internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/staff/desk/clean-up/proposals`: what people say about their own records, the oldest first.
struct ProposalsPage: Sendable {
    private static let answer = Field<String>.text(
        "answer", kind: .multiline, label: "cleanUp.proposals.answer", hint: "cleanUp.proposals.answerHint", maxLength: 1000,
        missing: "cleanUp.proposals.answerMissing")
    static let form = Form(answer)

    let desk: Link

    private func crumbs(_ t: Voice) -> [Crumb] {
        [Crumb(title: t("cleanUp.staffDesk"), link: desk), Crumb(title: t("cleanUp.queue"), link: CleanUpAddresses.desk())]
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let proposals = try await visit.read { conn in try MergeProposal.waiting(conn) }
        let t = visit.t
        return visit.page(t("cleanUp.proposals.title"), crumbs: crumbs(t)) {
            pageHeading(t("cleanUp.proposals.title"), lead: t("cleanUp.proposals.lead"))
            if proposals.isEmpty {
                emptyState(t("cleanUp.proposals.none"))
            } else {
                listRows(
                    proposals.map { one in
                        ListRow(
                            title: a(CleanUpAddresses.compare(one.one.publicID, one.other.publicID)) {
                                t("cleanUp.propose.pair", ["one": .text(one.one.name), "other": .text(one.other.name)])
                            },
                            subtitle: t(
                                "cleanUp.proposals.by", ["person": .text(one.person), "date": .date(visit.day(of: one.since))]),
                            note: HTML(one.why),
                            action: linkButton(
                                t("cleanUp.proposals.decline"), CleanUpAddresses.proposal(one.publicID), quiet: true,
                                accessibleName: t("cleanUp.proposals.declineNamed", ["person": .text(one.person)])))
                    }, label: t("cleanUp.proposals.title"))
            }
        }
    }

    /// A no, with the sentence that the person gets.
    func showOne(_ visit: Visit) async throws -> WebResponse {
        let found = try await visit.read { conn in try MergeProposal.find(visit.parameter("proposal"), conn) }
        guard let one = found else { throw NotFound() }
        let t = visit.t
        let names: [String: WordArgument] = ["one": .text(one.one.name), "other": .text(one.other.name)]
        return visit.page(
            t("cleanUp.proposals.decline"),
            crumbs: crumbs(t) + [Crumb(title: t("cleanUp.proposals.title"), link: CleanUpAddresses.proposals())]
        ) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.proposals.decline"), lead: t("cleanUp.propose.pair", names))
            p { t("cleanUp.proposals.said", ["person": .text(one.person), "why": .text(one.why)]) }
            postForm(CleanUpAddresses.proposal(one.publicID), once: visit.once) {
                visit.submission.view(ProposalsPage.answer, t)
                actions {
                    submitButton(t("cleanUp.proposals.send"))
                    linkButton(
                        t("cleanUp.proposals.compare"), CleanUpAddresses.compare(one.one.publicID, one.other.publicID),
                        quiet: true)
                }
            }
        }
    }

    /// POST
    func decline(_ visit: Visit) async throws -> WebResponse {
        let answer = try visit.submission[ProposalsPage.answer]
        return try await visit.change { change in
            guard let one = try MergeProposal.find(visit.parameter("proposal"), change.conn) else {
                throw Refusal("cleanUp.proposals.decided")
            }
            try one.end(.declined, answer: answer, change)
            return .init(CleanUpAddresses.proposals(), say: Phrase("cleanUp.proposals.declined", ["person": .text(one.person)]))
        }
    }
}
