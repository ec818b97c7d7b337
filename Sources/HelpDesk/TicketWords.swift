internal import Contacts
internal import HTML
internal import Primitives

extension Ticket.State {
    fileprivate var tone: Tone {
        switch self {
        case .waiting: .waiting
        case .linked, .ended: .good
        case .declined, .withdrawn: .calm
        }
    }

    func word(_ t: Voice) -> String {
        switch self {
        case .waiting: t("helpDesk.state.waiting")
        case .linked: t("helpDesk.state.linked")
        case .declined: t("helpDesk.state.declined")
        case .ended: t("helpDesk.state.ended")
        case .withdrawn: t("helpDesk.state.withdrawn")
        }
    }
}

extension Ticket {
    /// Decided, but nothing is linked before a guest proves the email.
    private var waitsForProof: Bool { state == .linked && account == nil }

    func stateWord(_ t: Voice) -> String {
        if waitsForProof { return t("helpDesk.state.waitsForProof") }
        if state == .waiting, turn == .asker { return t("helpDesk.state.asked") }
        if state == .ended, kind.queue == .questions { return t("helpDesk.state.closed") }
        return state.word(t)
    }
    var tone: Tone { waitsForProof ? .waiting : state.tone }

    /// What it is about, in a line.
    func summary(_ t: Voice) -> String {
        switch kind {
        case .claimUndecided where !caseText.isEmpty: caseText
        case .claimUndecided: t("helpDesk.undecided.summary", ["email": .text(email.typed)])
        case .primaryEmail:
            t("helpDesk.primary.summary", ["email": .text(wish["email"] ?? ""), "company": .text(wish["company"] ?? "")])
        case .correction: t("helpDesk.correct.summary", ["name": .text(wish["name"] ?? "")])
        case .asked, .objection, .question: caseText
        }
    }

    /// The same for a narrow column.
    func shortSummary(_ t: Voice) -> String { shortened(summary(t), to: 80) }

    /// What was asked, as terms.
    func asked(_ t: Voice) -> [Detail] {
        switch kind {
        case .claimUndecided:
            [Detail(term: t("helpDesk.asked.about"), value: HTML(summary(t)))]
                + (partText.isEmpty ? [] : [Detail(term: t("helpDesk.asked.part"), value: asWritten(partText))])
        case .asked, .objection:
            [
                Detail(term: t("helpDesk.ask.case"), value: HTML(caseText)),
                Detail(term: t("helpDesk.asked.part"), value: asWritten(partText)),
            ]
        case .question, .correction, .primaryEmail:
            [Detail(term: t("helpDesk.asked.about"), value: HTML(summary(t)))]
                + (partText.isEmpty ? [] : [Detail(term: t("helpDesk.asked.text"), value: asWritten(partText))])
        }
    }
}

extension Ticket {
    /// What a correction asks for, field by field; the desk sees it beside what stands there.
    func wished(_ t: Voice) -> [Detail] {
        guard kind == .correction else { return [] }
        return ContactField.allCases.compactMap { field in
            wish[field.rawValue].map { value in
                Detail(term: t(field.label), value: HTML(value.isEmpty ? t("helpDesk.correct.nothing") : value))
            }
        }
    }
}

/// What somebody wrote, with their own line breaks.
func asWritten(_ text: String) -> HTML { div(.class("lines")) { text } }

extension Voice {
    func date(_ date: CivilDate) -> String { date.long(in: language) }
}

/// The beginning of a long text, cut between words where there are any.
func shortened(_ text: String, to most: Int) -> String {
    guard text.count > most else { return text }
    let start = text.prefix(most)
    let end = start.lastIndex(where: \.isWhitespace) ?? start.endIndex
    return start[..<end] + "…"
}
