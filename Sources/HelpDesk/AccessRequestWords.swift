internal import HTML
internal import Primitives

extension AccessRequest.State {
    fileprivate var tone: Tone {
        switch self {
        case .waiting: .waiting
        case .linked, .ended: .good
        case .declined, .withdrawn: .calm
        }
    }

    fileprivate func word(_ t: Voice) -> String {
        switch self {
        case .waiting: t("helpDesk.state.waiting")
        case .linked: t("helpDesk.state.linked")
        case .declined: t("helpDesk.state.declined")
        case .ended: t("helpDesk.state.ended")
        case .withdrawn: t("helpDesk.state.withdrawn")
        }
    }
}

extension AccessRequest {
    /// Decided, but nothing is linked before a guest proves the email.
    private var waitsForProof: Bool { state == .linked && account == nil }

    func stateWord(_ t: Voice) -> String { waitsForProof ? t("helpDesk.state.waitsForProof") : state.word(t) }
    var tone: Tone { waitsForProof ? .waiting : state.tone }

    /// What it is about, in a line.
    func summary(_ t: Voice) -> String {
        kind == .claimUndecided ? t("helpDesk.undecided.summary", ["email": .text(email.typed)]) : caseText
    }

    /// The same for a narrow column.
    func shortSummary(_ t: Voice) -> String { shortened(summary(t), to: 80) }

    /// What was asked, as terms.
    func asked(_ t: Voice) -> [Detail] {
        guard kind != .claimUndecided else {
            return [Detail(term: t("helpDesk.asked.about"), value: HTML(summary(t)))]
        }
        return [
            Detail(term: t("helpDesk.ask.case"), value: HTML(caseText)),
            Detail(term: t("helpDesk.ask.part"), value: asWritten(partText)),
        ]
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
