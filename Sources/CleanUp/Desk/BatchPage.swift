internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Matching
internal import Primitives
internal import Web

/// Several pairs of the band `same` at once: every difference is shown, a person ticks each pair, looks once more and says how many.
struct BatchPage: Sendable {
    /// The pairs on the page, as `12-40 15-16`. The boxes are called `pair-` and that.
    static let shown = Field<String>.hidden("shown", isRequired: false)
    private static let form = Form(shown)
    static let looked = Field<Bool>.checkbox("looked", label: "cleanUp.desk.looked")
    private static let confirmation = Form(looked)

    let desk: Link

    var routes: [Route] {
        [
            .get(DeskAddresses.batch, .staff("contact.merge"), choose),
            .post(DeskAddresses.batch, .staff("contact.merge"), form: BatchPage.form, invalid: choose, take),
            .get(DeskAddresses.oneBatch, .staff("contact.merge"), show),
            .post(DeskAddresses.oneBatch, .staff("contact.merge"), form: BatchPage.confirmation, invalid: show, confirm),
        ]
    }

    static func box(_ key: PairKey) -> String { "pair-\(key.a)-\(key.b)" }

    private func crumbs(_ t: Voice) -> [Crumb] { PairListPage.crumbs(desk, t) }

    // MARK: Ticking

    private func choose(_ visit: Visit) async throws -> WebResponse {
        let (pairs, sides) = try await visit.read { conn in
            let pairs = try conn.rows(PairTab.same.list(limit: Batch.most, offset: 0)).map(ContactPair.init)
            return (pairs, try BatchPage.sides(pairs, conn))
        }
        let t = visit.t
        return visit.page(t("cleanUp.desk.batchTitle"), crumbs: crumbs(t)) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.desk.batchTitle"), lead: t("cleanUp.desk.batchLead"))
            if pairs.isEmpty {
                emptyState(t("cleanUp.desk.noneSame"))
            } else {
                postForm(DeskAddresses.batch(), once: visit.once) {
                    input(
                        .type("hidden"), .name(BatchPage.shown.definition.name),
                        .value(pairs.map { "\($0.key.a)-\($0.key.b)" }.joined(separator: " ")))
                    BatchView(t: t, sides: sides).boxes(pairs)
                    submitButton(t("cleanUp.desk.goOn"))
                }
            }
        }
    }

    static func sides(_ pairs: [ContactPair], _ conn: Connection) throws -> [ContactSide] {
        try ContactSide.find(pairs.flatMap { [$0.key.a, $0.key.b] }, conn)
    }

    private func take(_ visit: Visit) async throws -> WebResponse {
        let shown = try visit.submission[BatchPage.shown].split(separator: " ").prefix(Batch.most).compactMap(BatchPage.key)
        let ticked = shown.filter { visit.request.fields[BatchPage.box($0)] != nil }
        guard !ticked.isEmpty else { throw visit.submission.refusing("cleanUp.desk.refused.nothingTicked") }
        guard let account = visit.principal.signedIn else { throw NotFound() }
        return try await visit.change { change in
            let pairs = try ContactPair.open(ticked, .same, change.conn)
            guard !pairs.isEmpty else { throw Refusal("cleanUp.desk.refused.changed") }
            let batch = try Batch.make(pairs.map(\.key), by: account, change)
            return .init(DeskAddresses.oneBatch(batch.description))
        }
    }

    private static func key(_ text: Substring) -> PairKey? {
        let numbers = text.split(separator: "-").compactMap { Int64($0) }
        return numbers.count == 2 ? PairKey(ContactID(numbers[0]), ContactID(numbers[1])) : nil
    }

    // MARK: Confirming, and what became of it

    private func show(_ visit: Visit) async throws -> WebResponse {
        let (batch, pairs, sides) = try await visit.read { conn in
            let batch = try BatchPage.find(visit, conn)
            let pairs = try ContactPair.all(batch.pairs.map(\.key), conn)
            return (batch, pairs, batch.confirmedAt == nil ? try BatchPage.sides(pairs, conn) : [])
        }
        let t = visit.t
        let count: [String: WordArgument] = ["count": .number(batch.pairs.count)]
        let title = batch.confirmedAt == nil ? t("cleanUp.desk.confirmTitle", count) : t("cleanUp.desk.reportTitle")
        let view = BatchView(t: t, sides: sides)
        return visit.page(title, crumbs: crumbs(t)) {
            visit.submission.summary(t)
            if batch.confirmedAt != nil {
                let merged = batch.pairs.filter { $0.outcome == .merged }.count
                pageHeading(
                    title, lead: t("cleanUp.desk.reportLead", ["merged": .number(merged), "count": .number(batch.pairs.count)]))
                view.report(batch, pairs)
                p { linkButton(t("cleanUp.desk.backToList"), PairListPage.link(.same)) }
            } else {
                pageHeading(title, lead: t("cleanUp.desk.confirmLead"))
                view.list(pairs)
                postForm(DeskAddresses.oneBatch(batch.publicID.description), once: visit.once) {
                    visit.submission.view(BatchPage.looked, t, marksOptional: false)
                    submitButton(t("cleanUp.desk.mergeAll", count))
                }
                p { a(DeskAddresses.batch()) { t("cleanUp.desk.chooseAgain") } }
            }
        }
    }

    private static func find(_ visit: Visit, _ conn: Connection) throws -> Batch {
        guard let batch = try Batch.find(visit.parameter("batch"), of: visit.principal.signedIn, conn) else { throw NotFound() }
        return batch
    }

    private func confirm(_ visit: Visit) async throws -> WebResponse {
        guard try visit.submission[BatchPage.looked] else {
            throw visit.submission.refusing(BatchPage.looked, "cleanUp.desk.refused.notLooked")
        }
        let batch = try await visit.read { conn in try BatchPage.find(visit, conn) }
        return try await Reauthenticate.first(visit) {
            try await BatchMerge(city: visit.city, principal: visit.principal).run(batch)
            return visit.redirect(.init(DeskAddresses.oneBatch(batch.publicID.description)))
        }
    }
}
