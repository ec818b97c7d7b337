internal import Cases
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// A suggested record: who it is, why, what a link would give, and the one click.
struct SuggestionView {
    let visit: Visit
    let model: AnswerPage.Model
    let suggestion: Suggestion
    let isFirst: Bool
    private var t: Voice { visit.t }

    init(visit: Visit, model: AnswerPage.Model, suggestion: Suggestion, isFirst: Bool) {
        self.visit = visit
        self.model = model
        self.suggestion = suggestion
        self.isFirst = isFirst
    }

    var content: HTML {
        section(.aria("label", name)) {
            h3 { name }
            descriptionList([
                Detail(term: t("helpDesk.suggest.kind"), value: HTML(kind)),
                Detail(term: t("helpDesk.suggest.email"), value: HTML(emails)),
                Detail(
                    term: t("helpDesk.suggest.cases"),
                    value: HTML(t("helpDesk.suggest.caseCount", ["count": .number(suggestion.gain.cases)]))),
                Detail(term: t("helpDesk.suggest.linked"), value: HTML(linked)),
                Detail(term: t("helpDesk.suggest.gives"), value: gives),
            ])
            why
            if model.mayLink {
                postForm(HelpDeskAddresses.link(model.request.number), once: visit.once) {
                    input(.type("hidden"), .name(LinkForm.contact.definition.name), .value(suggestion.contact.id.description))
                    input(.type("hidden"), .name(LinkForm.seen.definition.name), .value(String(model.request.revision)))
                    submitButton(t("helpDesk.suggest.link", ["name": .text(name)]), quiet: !isLikely)
                }
            }
        }
    }

    /// Whether linking is the next thing to do: the first suggestion, and only on strong evidence.
    private var isLikely: Bool { isFirst && suggestion.match.band == .strong && model.request.state == .waiting }

    /// The name, with the city or the record's number when two suggestions have the same one.
    private var name: String {
        let namesakes = model.suggestions.filter { $0.contact.name == suggestion.contact.name }
        guard namesakes.count > 1 else { return suggestion.contact.name }
        let cities = namesakes.map { $0.match.details.addresses.first?.city ?? "" }
        let own = suggestion.match.details.addresses.first?.city ?? ""
        let isTold = !own.isEmpty && cities.filter { $0 == own }.count == 1
        let mark = isTold ? own : t("helpDesk.suggest.record", ["number": .text(suggestion.contact.id.description)])
        return "\(suggestion.contact.name) (\(mark))"
    }

    private var kind: String {
        switch suggestion.contact.kind {
        case .person: t("helpDesk.suggest.person")
        case .company: t("helpDesk.suggest.company")
        }
    }

    private var emails: String {
        let masked = suggestion.match.details.emails.map { email in
            email.isShared
                ? t("helpDesk.suggest.shared", ["email": .text(email.address.folded.masked)]) : email.address.folded.masked
        }
        return masked.isEmpty ? t("helpDesk.answer.unknown") : masked.joined(separator: ", ")
    }

    private var linked: String {
        suggestion.gain.linked.isEmpty ? t("helpDesk.suggest.nobody") : suggestion.gain.linked.joined(separator: ", ")
    }

    private var gives: HTML {
        let gain = suggestion.gain
        return group {
            t("helpDesk.suggest.gained", ["count": .number(gain.gained)])
            for (index, number) in gain.numbers.enumerated() {
                index == 0 ? ": " : ", "
                a(CaseAddresses.show(number), .class("whole")) { number }
            }
            if gain.gained > gain.numbers.count {
                ", "
                t("helpDesk.suggest.more", ["count": .number(gain.gained - gain.numbers.count)])
            }
        }
    }

    /// The weights add up to the sum on the last row.
    private var why: HTML {
        details(.open(true)) {
            summary { t("helpDesk.why.title", ["name": .text(name)]) }
            dataTable(
                caption: t("helpDesk.why.caption", ["name": .text(name)]), captionHidden: true,
                columns: [
                    TableColumn(title: t("helpDesk.why.reason")), TableColumn(title: t("helpDesk.why.points"), isNumber: true),
                ],
                rows: suggestion.match.reasons.map { reason in
                    TableRow(cells: [HTML(t(reason.phrase)), HTML(points(reason.tenths, signed: true))])
                } + [TableRow(cells: [strong { t("helpDesk.why.sum") }, strong { points(suggestion.match.tenths) }])])
        }
    }
}
