internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The first tab of a case: how far it is, whose turn it is, what it is about, what can be done.
enum SummaryPage {
    struct Model: Sendable {
        let parent: String?
        let contractors: [String]
        let actions: [ActionLine]
        /// When the last thing happened with the case.
        let changed: Instant?
        /// What features show beside it to this visitor; nothing for machines.
        var panels = HTML.empty
    }

    /// Something that can be done, or why it cannot be done now.
    struct ActionLine: Sendable {
        let action: CaseAction
        let obstacles: [Obstacle]
    }

    static func show(_ visit: Visit, _ cases: CasesFeature) async throws -> WebResponse {
        if visit.request.wantsJSON { return try await CaseJSON.show(visit) }
        var changed: Instant?
        let page = try await CasePage.show(
            visit, at: CaseAddresses.show, tab: "cases.tab.summary",
            load: { seen, conn in
                var model = try load(seen, visit, conn)
                let panels = visit.city.caseFeatures.flatMap(\.casePanels).sorted { $0.order < $1.order }
                for panel in panels { model.panels += try panel.content(seen, visit, conn) }
                return model
            },
            view: { head, model in
                changed = model.changed
                return view(head, model, cases, visit)
            })
        return visit.revalidated(page, changed: changed)
    }

    static func load(_ seen: SeenCase, _ visit: Visit, _ conn: Connection) throws -> Model {
        let actions = try visit.city.caseFeatures.flatMap(\.caseActions).compactMap { action -> ActionLine? in
            guard try seen.may(action.right, conn) else { return nil }
            return ActionLine(action: action, obstacles: try visit.city.obstacles(to: action.id, seen, conn))
        }
        return Model(
            parent: try SubRecords.parent(of: seen, visit.city, conn)?.number,
            contractors: try Parties.contractors(of: seen, conn),
            actions: actions,
            changed: visit.principal == .guest ? try FactLog.last(of: .case(seen.record.id), conn) : nil)
    }

    // MARK: View

    private static func view(_ head: CasePage.Head, _ model: Model, _ cases: CasesFeature, _ visit: Visit) -> HTML {
        let t = visit.t
        let seen = head.seen
        let main = group {
            progress(seen, t)
            turn(seen, visit)
            if seen.isFromOlderSystem { OlderCase.panel(seen, visit) }
            h2 { t("cases.summary.about") }
            descriptionList(details(head, model, cases, t))
            if seen.audience == .public { structuredData(CaseStructure.of(head, model.contractors, visit)) }
        }
        return group {
            if model.actions.isEmpty && model.panels.isEmpty {
                main
            } else {
                columns(
                    main: main,
                    aside: group {
                        if !model.actions.isEmpty {
                            panel(title: t("cases.summary.actions")) {
                                whyNot(items(model, seen, t), notYet: t("cases.notYet"))
                            }
                        }
                        model.panels
                    })
            }
        }
    }

    private static func progress(_ seen: SeenCase, _ t: Voice) -> HTML {
        guard seen.shows("progress"), !seen.record.isDraft, let status = seen.status, status.blds != "Permit Cancelled",
            let now = ProgressStep.allCases.firstIndex(of: status.step)
        else { return .empty }
        return steps(
            label: t("cases.progress.label"),
            ProgressStep.allCases.enumerated().map { index, step in
                let isFinished = status.step == .finished
                let state: Step.State = index < now || isFinished ? .done : (index == now ? .now : .ahead)
                return Step(
                    title: name(step, t), note: day(step, seen)?.short(in: t.language), state: state,
                    stateLabel: stateName(state, t))
            })
    }

    private static func day(_ step: ProgressStep, _ seen: SeenCase) -> CivilDate? {
        switch step {
        case .submitted: seen.shows("applied") ? seen.record.applied : nil
        case .issued: seen.shows("issued") ? seen.record.issued : nil
        case .finished: seen.shows("finalized") ? seen.record.finalized : nil
        case .complete, .review, .payment: nil
        }
    }

    private static func turn(_ seen: SeenCase, _ visit: Visit) -> HTML {
        let t = visit.t
        guard seen.shows("next_step"), let status = seen.status else { return .empty }
        if seen.record.isDraft {
            return turnPanel(title: t("cases.turn.panelApplicant"), tone: .calm) { p { t("cases.draft.next") } }
        }
        let isForStaff = seen.audience == .staff
        let next = t(status.next(in: seen.record.module, phone: visit.city.pack.city.phone))
        // The words are for the applicant; the city's people read them as such.
        let words = p { callable(isForStaff ? t("cases.turn.told", ["next": .text(next)]) : next) }
        switch status.turn {
        case .applicant:
            let title = isForStaff ? t("cases.turn.panelStaffApplicant") : t("cases.turn.panelApplicant")
            return turnPanel(title: title, tone: status.tone == .good ? .good : .attention) { words }
        case .city: return turnPanel(title: t("cases.turn.panelCity"), tone: .waiting) { words }
        case .nobody where status.bucket == .attention:
            // Whoever asked for the stop can lift it.
            return turnPanel(title: t("cases.turn.panelStopped"), tone: .attention) { words }
        case .nobody: return turnPanel(title: t("cases.turn.panelNobody"), tone: .calm) { words }
        }
    }

    private static func details(_ head: CasePage.Head, _ model: Model, _ cases: CasesFeature, _ t: Voice) -> [Detail] {
        let seen = head.seen
        let record = seen.record
        var details: [Detail] = []
        func add(_ field: String, _ term: String, _ value: HTML?) {
            guard seen.shows(field), let value, !value.isEmpty else { return }
            details.append(Detail(term: term, value: value))
        }
        func words(_ text: LocalizedText?) -> HTML? { text.map { HTML(t($0)) } }
        func day(_ date: CivilDate?) -> HTML? { date.map { date in time(date.description) { date.long(in: t.language) } } }

        add("description", t("cases.field.description"), record.description.seen(by: seen.audience).map { HTML($0) })
        add("project", t("cases.field.project"), record.project.seen(by: seen.audience).map { HTML($0) })
        add("type", t("cases.field.type"), words(seen.type?.name) ?? HTML(record.type))
        add("work_class", t("cases.field.workClass"), words(seen.type?.workClass(record.workClass)?.name))
        add("address", t("cases.field.address"), head.seen.address.map { address($0, seen, cases, t) })
        add("applied", t("cases.field.applied"), record.isDraft ? nil : day(record.applied))
        add("issued", t("cases.field.issued"), day(record.issued))
        add("expires", t("cases.field.expires"), day(record.expires))
        add("finalized", t("cases.field.finalized"), day(record.finalized))
        add("valuation", t("cases.field.valuation"), record.valuation.seen(by: seen.audience)?.map { HTML($0.description) })
        add("contractor", t("cases.field.contractor"), contractor(model, record, t))
        add("parent", t("cases.field.parent"), model.parent.map { number in a(CaseAddresses.show(number)) { number } })
        return details
    }

    /// With the way to everything public there, this case among it.
    private static func address(_ line: String, _ seen: SeenCase, _ cases: CasesFeature, _ t: Voice) -> HTML {
        guard !seen.record.isConfidential, !seen.record.isDraft, let place = cases.placePage(line) else { return HTML(line) }
        return group {
            line
            div(.class("note")) { a(place) { t("cases.summary.place") } }
        }
    }

    private static func contractor(_ model: Model, _ record: CaseRecord, _ t: Voice) -> HTML? {
        if !model.contractors.isEmpty { return HTML(model.contractors.joined(separator: "; ")) }
        return record.contractorState.map { HTML(words($0, t)) }
    }

    static func words(_ state: ContractorState, _ t: Voice) -> String {
        switch state {
        case .notDesignated: t("cases.contractor.notDesignated")
        case .waitingForLicensed: t("cases.contractor.waitingForLicensed")
        case .generalAssumes: t("cases.contractor.generalAssumes")
        }
    }

    private static func items(_ model: Model, _ seen: SeenCase, _ t: Voice) -> [ActionItem] {
        model.actions.map { line in
            ActionItem(
                title: t(line.action.title), link: line.obstacles.isEmpty ? line.action.link(seen.number) : nil,
                reasons: line.obstacles.map { obstacleView($0, t) })
        }
    }

    static func obstacleView(_ obstacle: Obstacle, _ t: Voice) -> HTML {
        group {
            t(obstacle.reason)
            if let remedy = obstacle.remedy {
                " "
                a(remedy.link) { t(remedy.title) }
            }
        }
    }

    private static func name(_ step: ProgressStep, _ t: Voice) -> String {
        switch step {
        case .submitted: t("cases.progress.submitted")
        case .complete: t("cases.progress.complete")
        case .review: t("cases.progress.review")
        case .payment: t("cases.progress.payment")
        case .issued: t("cases.progress.issued")
        case .finished: t("cases.progress.finished")
        }
    }

    private static func stateName(_ state: Step.State, _ t: Voice) -> String {
        switch state {
        case .done: t("cases.progress.done")
        case .now: t("cases.progress.now")
        case .ahead: t("cases.progress.ahead")
        }
    }
}
