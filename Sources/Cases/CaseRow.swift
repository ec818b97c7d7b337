public import CityPack
public import Core
public import HTML
public import Primitives

/// A case as a row of a list: number, what it is, where, its status, whose turn it is and what comes next.
/// - Parameters:
///   - reasons: what the city's features call reasons for attention; only the dashboard needs them.
///   - action: one button, if there is one.
public func caseRow(_ summary: CaseSummary, _ t: Voice, reasons: [AttentionReason] = [], action: HTML = .empty) -> ListRow {
    let what = [t(summary.typeName), summary.workClassName.map { t($0) } ?? ""].filter { !$0.isEmpty }
    let kind = what.count == 2 && what[0] == what[1] ? what[0] : what.joined(separator: " · ")
    let title = group {
        a(CaseAddresses.show(summary.number)) { summary.number }
        if let description = summary.description { " \(description)" }
    }
    return ListRow(
        title: title, subtitle: [summary.address ?? "", kind].filter { !$0.isEmpty }.joined(separator: " · "),
        status: group {
            summary.isDraft ? draftTag(t) : statusTag(summary.status, key: summary.statusKey, t)
            if summary.isFromOlderSystem {
                " "
                OlderCase.mark(t)
            }
        },
        note: callable(note(summary, t, reasons)), action: action)
}

/// A case as one line: number, day of the newest thing that happened, status.
/// - Parameter showsPlace: also where it is, for a case that stands nowhere else on the page.
func compactCaseRow(_ summary: CaseSummary, _ t: Voice, showsPlace: Bool) -> ListRow {
    let place = showsPlace ? summary.address ?? t(summary.typeName) : ""
    return ListRow(
        title: a(CaseAddresses.show(summary.number)) { summary.number },
        subtitle: [place, summary.activeOn.short(in: t.language)].filter { !$0.isEmpty }.joined(separator: " · "),
        status: summary.isDraft ? draftTag(t) : statusTag(summary.status, key: summary.statusKey, t))
}

private func note(_ summary: CaseSummary, _ t: Voice, _ reasons: [AttentionReason]) -> String {
    if summary.isDraft { return t("cases.draft.next") }
    var sentences: [String] = []
    if summary.showsNextStep, let status = summary.status {
        sentences.append(turnWords(status, isForStaff: summary.isForStaff, t))
        if !summary.isForStaff, let next = summary.next { sentences.append(t(next)) }
    }
    sentences += reasons.filter { summary.attention.contains($0.key) }.map { t($0.title) }
    return sentences.filter { !$0.isEmpty }.joined(separator: " ")
}

/// A case's status: the word, and the color that repeats it.
public func statusTag(_ status: Status?, key: String, _ t: Voice) -> HTML {
    guard let status else { return tag(key, .calm) }
    return switch status.tone {
    case .attention: tag(t(status.name), .attention)
    case .waiting: tag(t(status.name), .waiting)
    case .good: tag(t(status.name), .good)
    case .calm: tag(t(status.name), .calm)
    }
}

/// A case that was begun and not submitted has no status yet.
func draftTag(_ t: Voice) -> HTML { tag(t("cases.draft.status"), .calm) }

/// Whose turn it is, as a short sentence; nothing when it is nobody's and nothing is wrong.
func turnWords(_ status: Status, isForStaff: Bool, _ t: Voice) -> String {
    switch status.turn {
    case .applicant: isForStaff ? t("cases.turn.staffApplicant") : t("cases.turn.applicant")
    case .city: t("cases.turn.city")
    case .nobody: status.bucket == .attention ? t("cases.turn.stopped") : ""
    }
}
