internal import Cases
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

struct AnswerView {
    let visit: Visit
    let model: AnswerPage.Model
    private var t: Voice { visit.t }
    private var request: Ticket { model.request }

    init(visit: Visit, model: AnswerPage.Model) {
        self.visit = visit
        self.model = model
    }

    var content: HTML {
        group {
            visit.submission.summary(t)
            pageHeading(
                t(request.kind.queue.pageTitle, ["number": .text(request.number)]), lead: lead,
                status: tag(request.stateWord(t), request.tone))
            if request.state != .waiting { answered }
            columns(
                main: group {
                    h2 { t("helpDesk.answer.asked") }
                    descriptionList(asked)
                    switch request.kind {
                    case .asked, .claimUndecided, .objection:
                        if request.state == .waiting || request.state == .linked { suggestions }
                    case .correction: CorrectionView(visit: visit, model: model).content
                    case .primaryEmail: DesignationView(visit: visit, model: model).content
                    case .question: HTML.empty
                    }
                    DeskTalk(visit: visit, ticket: request, messages: model.messages, mayAnswer: model.head.mayAnswer).content
                    if request.kind.queue == .access || !model.cases.isEmpty { cases }
                },
                aside: group {
                    panel(title: t("helpDesk.answer.who")) { descriptionList(who) }
                    if model.head.mayAnswer { WorkPanel(visit: visit, ticket: request, colleagues: model.colleagues).content }
                    if request.state == .waiting, model.mayLink, let objected = model.objected { uphold(objected) }
                    if request.state == .waiting, request.kind != .question, model.head.mayAnswer { decline }
                    panel(title: t("helpDesk.answer.history")) { history }
                })
        }
    }

    private var asked: [Detail] {
        var list = request.asked(t)
        if let reason = UndecidedReason(rawValue: request.reason) {
            list.append(Detail(term: t("helpDesk.answer.undecidedWhy"), value: HTML(t(reason.phrase))))
        }
        if let about = model.head.about {
            list.append(Detail(term: t("helpDesk.answer.objectsTo"), value: a(HelpDeskAddresses.answer(about)) { about }))
        }
        if let topic = visit.city.pack.topic(request.topic), request.kind.queue == .questions {
            list.insert(Detail(term: t("helpDesk.asked.topic"), value: HTML(t(topic.name))), at: 0)
        }
        let due = request.due(visit.city.pack.city)
        list.append(Detail(term: t("helpDesk.asked.on"), value: HTML(t.date(request.receivedOn))))
        if request.state == .waiting { list.append(Detail(term: t("helpDesk.answer.due"), value: HTML(t.date(due)))) }
        return list
    }

    private var lead: String {
        let name: [String: WordArgument] = ["name": .text(request.asker)]
        return switch request.kind {
        case .asked, .claimUndecided, .objection: t("helpDesk.answer.lead", name)
        case .question: t("helpDesk.questions.lead", name)
        case .correction: t("helpDesk.correct.deskLead", name)
        case .primaryEmail: t("helpDesk.primary.deskLead", name)
        }
    }

    private var who: [Detail] {
        let asker = model.asker
        let emails = asker.emails.map(\.typed).joined(separator: ", ")
        var list = [
            Detail(term: t("helpDesk.answer.name"), value: HTML(asker.name.isEmpty ? t("helpDesk.answer.unknown") : asker.name)),
            Detail(
                term: asker.isProven ? t("helpDesk.answer.provenEmail") : t("helpDesk.answer.typedEmail"),
                value: HTML(emails)),
            Detail(
                term: t("helpDesk.answer.phone"), value: HTML(asker.phone.isEmpty ? t("helpDesk.answer.unknown") : asker.phone)),
            Detail(term: t("helpDesk.answer.language"), value: HTML(languageName)),
            Detail(term: t("helpDesk.answer.account"), value: HTML(account)),
        ]
        if !asker.contacts.isEmpty {
            list.append(
                Detail(
                    term: t("helpDesk.answer.actsAs"),
                    value: HTML(asker.contacts.compactMap { model.records[$0]?.name }.joined(separator: ", "))))
        }
        return list
    }

    private var languageName: String {
        switch request.language {
        case .english: t("helpDesk.answer.english")
        case .spanish: t("helpDesk.answer.spanish")
        }
    }

    private var account: String {
        if model.asker.isProven { return t("helpDesk.answer.hasAccount") }
        return model.asker.account == nil ? t("helpDesk.answer.noAccount") : t("helpDesk.answer.emailHasAccount")
    }

    // MARK: What was decided

    private var answered: HTML {
        turnPanel(title: answeredTitle, tone: request.tone) {
            if !request.answer.isEmpty { p(.class("lines")) { request.answer } }
            for (decision, name) in model.decisions {
                p {
                    decision.account == nil
                        ? t("helpDesk.answer.waitsForProof", ["name": .text(name), "email": .text(request.email.typed)])
                        : t("helpDesk.answer.connectedTo", ["name": .text(name)])
                }
                if model.mayLink { undo(decision, name) }
            }
        }
    }

    private var answeredTitle: String {
        let day = request.answeredOn.map { t.date($0) } ?? ""
        return switch request.state {
        case .linked: t("helpDesk.answer.linkedBy", ["name": .text(model.head.answeredBy), "date": .text(day)])
        case .declined: t("helpDesk.answer.declinedBy", ["name": .text(model.head.answeredBy), "date": .text(day)])
        case .ended where request.kind.queue == .questions:
            t("helpDesk.answer.closedBy", ["name": .text(model.head.answeredBy), "date": .text(day)])
        case .ended: t("helpDesk.answer.endedBy", ["name": .text(model.head.answeredBy), "date": .text(day)])
        case .waiting, .withdrawn: t("helpDesk.answer.withdrawnOn", ["date": .text(day)])
        }
    }

    /// The form of a decision; what was typed stands in the one it was typed in.
    private func undo(_ decision: AccessDecision, _ name: String) -> HTML {
        let typed = visit.submission.values[UndoForm.decision.definition.name]
        let isThis = typed == String(decision.id) || (typed == nil && model.decisions.count == 1)
        let submission = isThis ? visit.submission : UndoForm.form.blank()
        return details(.open(isThis && !visit.submission.isValid)) {
            summary {
                model.decisions.count == 1
                    ? t("helpDesk.answer.undoOpen") : t("helpDesk.answer.undoOpenNamed", ["name": .text(name)])
            }
            postForm(HelpDeskAddresses.undo(request.number), once: visit.once) {
                input(.type("hidden"), .name(UndoForm.decision.definition.name), .value(String(decision.id)))
                submission.view(UndoForm.why, t, id: isThis ? nil : "why-\(decision.id)")
                submitButton(
                    t("helpDesk.answer.undo"), quiet: true,
                    accessibleName: model.decisions.count == 1
                        ? nil : t("helpDesk.answer.undoNamed", ["undo": .text(t("helpDesk.answer.undo")), "name": .text(name)]),
                    danger: true)
            }
        }
    }

    // MARK: What could be decided

    /// While it waits, the main thing; afterwards, what else the asker may be.
    private var suggestions: HTML {
        group {
            if request.state == .waiting {
                h2 { t("helpDesk.suggest.title") }
                suggested
            } else if !model.suggestions.isEmpty {
                h2 { t("helpDesk.suggest.others") }
                details {
                    summary { t("helpDesk.suggest.showOthers") }
                    suggested
                }
            }
        }
    }

    private var suggested: HTML {
        group {
            if model.suggestions.isEmpty {
                emptyState(t("helpDesk.suggest.none"))
            } else {
                p(.class("soft")) { t("helpDesk.suggest.lead") }
                for (index, suggestion) in model.suggestions.enumerated() {
                    SuggestionView(visit: visit, model: model, suggestion: suggestion, isFirst: index == 0).content
                }
            }
        }
    }

    private var decline: HTML {
        panel(title: t("helpDesk.answer.no")) {
            postForm(HelpDeskAddresses.decline(request.number), once: visit.once) {
                input(.type("hidden"), .name(DeclineForm.seen.definition.name), .value(String(request.revision)))
                visit.submission.view(DeclineForm.reason, t)
                submitButton(t("helpDesk.answer.decline"), quiet: true)
            }
        }
    }

    private func uphold(_ objected: (person: String, contact: String)) -> HTML {
        panel(title: t("helpDesk.uphold.title")) {
            p { t("helpDesk.uphold.text", ["person": .text(objected.person), "name": .text(objected.contact)]) }
            postForm(HelpDeskAddresses.uphold(request.number), once: visit.once) {
                input(.type("hidden"), .name(UpholdForm.seen.definition.name), .value(String(request.revision)))
                visit.submission.view(UpholdForm.grounds, t)
                submitButton(t("helpDesk.uphold.button", ["person": .text(objected.person)]), quiet: true, danger: true)
            }
        }
    }

    private var cases: HTML {
        group {
            h2 { t("helpDesk.cases.title") }
            if model.cases.isEmpty {
                emptyState(t("helpDesk.cases.none"))
            } else {
                dataTable(
                    caption: t("helpDesk.cases.caption"),
                    columns: [
                        TableColumn(title: t("helpDesk.cases.number")), TableColumn(title: t("helpDesk.cases.what")),
                        TableColumn(title: t("helpDesk.cases.status")), TableColumn(title: t("helpDesk.cases.parties")),
                    ], rows: model.cases.map(row))
            }
        }
    }

    private func row(_ matched: MatchedCase) -> TableRow {
        let found = matched.summary
        return TableRow(cells: [
            a(CaseAddresses.show(found.number), .class("whole")) { found.number },
            group {
                t(found.typeName)
                if let address = found.address { span(.class("note")) { address } }
            },
            group {
                statusTag(found.status, key: found.statusKey, t)
                if found.isFromOlderSystem {
                    " "
                    OlderCase.mark(t)
                }
            },
            matched.parties.isEmpty
                ? HTML(t("helpDesk.cases.noParties"))
                : group {
                    for party in matched.parties {
                        div {
                            model.records[party.contact]?.name ?? ""
                            let type = visit.city.pack.contactType(party.type).map { t($0.name) } ?? party.type
                            span(.class("note")) { type }
                        }
                    }
                },
        ])
    }

    private var told: [(at: CivilDate, sentence: String)] {
        model.history.compactMap { fact in
            visit.city.sentence(of: fact, for: .staff, t).map { (visit.city.cityClock.date(of: fact.at), $0) }
        }
    }

    private var history: HTML {
        ul {
            for (at, sentence) in told {
                li {
                    time(at.description) { at.short(in: t.language) }
                    " · "
                    sentence
                }
            }
        }
    }
}
