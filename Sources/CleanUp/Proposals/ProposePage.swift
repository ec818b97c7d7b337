internal import Accounts
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/account/contacts/same`: telling the city that two of one's own records are the same.
enum ProposePage {
    private static let why = Field<String>.text(
        "why", kind: .multiline, label: "cleanUp.propose.why", hint: "cleanUp.propose.whyHint", maxLength: 1000,
        missing: "cleanUp.propose.whyMissing")
    static let form = Form(why)

    static func box(_ contact: Contact) -> String { "record-\(contact.publicID)" }

    @Sendable static func show(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let (records, waiting) = try await visit.read { conn in
            (try MergeProposal.records(of: account, conn), try MergeProposal.waiting(of: account, conn))
        }
        let t = visit.t
        return visit.page(t("cleanUp.propose.title"), crumbs: [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.propose.title"), lead: t("cleanUp.propose.lead"))
            // A person and a company are never one.
            if Dictionary(grouping: records, by: \.kind).allSatisfy({ $1.count < 2 }) {
                emptyState(t("cleanUp.propose.oneRecord"))
            } else {
                postForm(ContactAddresses.sameRecords(), once: visit.once) {
                    fieldset(.class("field")) {
                        legend { t("cleanUp.propose.which") }
                        for record in records {
                            field(
                                FieldModel(
                                    id: box(record), name: box(record), label: record.name,
                                    hint: FindContactPage.kindName(record.kind, t), kind: .checkbox,
                                    value: visit.request.fields[box(record)] == nil ? "" : "yes"))
                        }
                    }
                    visit.submission.view(why, t)
                    submitButton(t("cleanUp.propose.button"))
                }
            }
            if !waiting.isEmpty {
                h2 { t("cleanUp.propose.waiting") }
                listRows(
                    waiting.map { one in
                        ListRow(
                            title: HTML(t("cleanUp.propose.pair", ["one": .text(one.one.name), "other": .text(one.other.name)])),
                            subtitle: t("cleanUp.contact.since", ["date": .date(visit.day(of: one.since))]),
                            status: tag(t("cleanUp.propose.withCity"), .waiting))
                    }, label: t("cleanUp.propose.waiting"))
            }
        }
    }

    /// POST
    @Sendable static func take(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let submission = visit.submission
        let reason = try submission[why]
        return try await visit.change { change in
            let ticked = try MergeProposal.records(of: account, change.conn).filter { visit.request.fields[box($0)] != nil }
            guard ticked.count == 2 else { throw submission.refusing("cleanUp.propose.tickTwo") }
            guard try MergeProposal.waiting(of: account, change.conn).count < MergeProposal.mostWaiting else {
                throw submission.refusing("cleanUp.propose.tooMany")
            }
            guard ticked[0].kind == ticked[1].kind else { throw submission.refusing("contacts.merge.otherKind") }
            try MergeProposal.make(ticked[0], ticked[1], why: reason, by: account, change)
            return .init(ContactAddresses.sameRecords(), say: Phrase("cleanUp.propose.said"))
        }
    }
}
