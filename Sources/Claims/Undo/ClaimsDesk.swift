internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/claims`: what people showed by themselves, the newest first, and taking it back with a reason.
struct ClaimsDesk {
    private static let text = Field<String>.text(
        "q", kind: .search, label: "claims.all.text", hint: "claims.all.textHint", isRequired: false)
    private static let search = Form(text)
    private static let why = Field.text(
        "why", kind: .multiline, label: "claims.all.why", hint: "claims.all.whyHint", maxLength: 500,
        missing: "claims.all.whyMissing")
    private static let form = Form(why)

    let desk: Link

    var routes: [Route] {
        [
            .get(ClaimAddresses.claims, .staff(ClaimAccess.undo), form: ClaimsDesk.search, show),
            .post(ClaimAddresses.undo, .staff(ClaimAccess.undo), form: ClaimsDesk.form, invalid: showOne, undo),
        ]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let search = ClaimSearch(
            text: tidied(visit.submission.values[ClaimsDesk.text.definition.name] ?? ""), before: Int64(visit.query("before")))
        let found = try await visit.read { conn in try search.page(conn) }
        let t = visit.t
        return page(visit, search: visit.submission) {
            if found.claims.isEmpty {
                emptyState(search.text.isEmpty ? t("claims.all.none") : t("claims.all.nothing", ["text": .text(search.text)]))
            } else {
                listRows(found.claims.map { row($0, visit) }, label: t("claims.all.title"))
            }
            otherPages(search, found, t)
        }
    }

    /// The claim whose form was sent without a reason: on whatever page of the list it stands.
    private func showOne(_ visit: Visit) async throws -> WebResponse {
        let claim = try await visit.read { conn in
            try PublicID(visit.parameter("claim")).flatMap { try Claim.find($0, conn) }
        }
        guard let claim else { throw NotFound() }
        return page(visit, search: ClaimsDesk.search.blank()) {
            listRows([row(claim, visit)], label: visit.t("claims.all.title"))
        }
    }

    private func page(_ visit: Visit, search: Submission, @HTMLBuilder _ list: () -> HTML) -> WebResponse {
        let t = visit.t
        return visit.page(t("claims.all.title"), crumbs: [Crumb(title: t("claims.desk"), link: desk)]) {
            visit.submission.summary(t)
            h1 { t("claims.all.title") }
            p { t("claims.all.lead") }
            getForm(ClaimAddresses.claims(), role: "search") {
                joined {
                    search.view(ClaimsDesk.text, t, marksOptional: false)
                    submitButton(t("claims.search"))
                }
            }
            list()
        }
    }

    private func otherPages(_ search: ClaimSearch, _ page: ClaimSearch.Page, _ t: Voice) -> HTML {
        let name = ClaimsDesk.text.definition.name
        let text = search.text.isEmpty ? nil : search.text
        return group {
            if let next = page.next {
                p { a(ClaimAddresses.claims().with([(name, text), ("before", String(next))])) { t("claims.all.older") } }
            }
            if search.before != nil { p { a(ClaimAddresses.claims().with([(name, text)])) { t("claims.all.newest") } } }
        }
    }

    private func row(_ claim: Claim, _ visit: Visit) -> ListRow {
        let t = visit.t
        let said = claim.endedWhy.isEmpty ? "" : " " + t("claims.all.because", ["why": .text(claim.endedWhy)])
        return ListRow(
            title: HTML(t("claims.all.row", ["person": .text(claim.person), "about": .text(claim.about)])),
            subtitle: "\(t(claim.shown)) · \(visit.shortMoment(claim.since))\(said)", status: claim.state(visit),
            action: claim.until == nil ? form(claim, visit) : .empty)
    }

    /// The form of a claim; what was typed stands in the one it was typed in.
    private func form(_ claim: Claim, _ visit: Visit) -> HTML {
        let t = visit.t
        let isThis = visit.parameter("claim") == claim.publicID.description
        let answers = isThis ? visit.submission : ClaimsDesk.form.blank()
        return details(.open(isThis)) {
            summary { t("claims.all.open", ["person": .text(claim.person), "about": .text(claim.about)]) }
            postForm(ClaimAddresses.undo(claim.publicID.description), once: "\(visit.once)\(claim.id)") {
                answers.view(ClaimsDesk.why, t, id: isThis ? nil : "why-\(claim.id)")
                submitButton(
                    t("claims.all.undo"), quiet: true,
                    accessibleName: t(
                        "claims.all.undoNamed", ["person": .text(claim.person), "about": .text(claim.about)]),
                    danger: true)
            }
        }
    }

    private func undo(_ visit: Visit) async throws -> WebResponse {
        let why = try visit.submission[ClaimsDesk.why]
        return try await visit.change { change in
            guard let id = PublicID(visit.parameter("claim")), let claim = try Claim.find(id, change.conn) else {
                throw NotFound()
            }
            let isFirst = try ClaimRecords(change).undo(claim, why: why)
            return .init(
                ClaimAddresses.claims(),
                say: isFirst ? Phrase("claims.all.done", ["about": .text(claim.about)]) : Phrase("claims.all.already"))
        }
    }
}
