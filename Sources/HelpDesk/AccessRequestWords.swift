internal import HTML
internal import Primitives

extension AccessRequest.State {
    var tone: Tone {
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

extension AccessRequest {
    /// What it is about, in a line.
    func summary(_ t: Voice) -> String {
        kind == .claimUndecided ? t("helpDesk.undecided.summary", ["email": .text(email.typed)]) : caseText
    }

    /// What was asked, as terms.
    func asked(_ t: Voice) -> [Detail] {
        guard kind != .claimUndecided else {
            return [Detail(term: t("helpDesk.asked.about"), value: HTML(summary(t)))]
        }
        return [
            Detail(term: t("helpDesk.ask.case"), value: HTML(caseText)),
            Detail(term: t("helpDesk.ask.part"), value: HTML(partText)),
        ]
    }
}

extension Voice {
    func date(_ date: CivilDate) -> String { date.long(in: language) }
}
