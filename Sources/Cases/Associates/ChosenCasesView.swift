internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The boxes to tick.
struct ChosenCasesView {
    let model: ChosenCasesPage.Model
    let visit: Visit
    let scope: Field<String>
    let text: Field<String>

    private var t: Voice { visit.t }
    private var names: [String: WordArgument] {
        ["name": .text(model.person.name), "company": .text(model.person.organization.name)]
    }
    private var here: Link { ContactAddresses.personCases(model.person.organization.publicID.description, model.person.publicID) }

    var content: HTML {
        group {
            pageHeading(t("cases.chosen.title", names), lead: t("cases.chosen.lead", names))
            if model.person.membership.role != .member {
                p { t("cases.chosen.always", names) }
            } else {
                search
                choosing
            }
        }
    }

    private var search: HTML {
        getForm(here, role: "search") {
            joined {
                visit.submission.view(text, t, marksOptional: false)
                submitButton(t("cases.chosen.find"), quiet: true)
            }
        }
    }

    private var choosing: HTML {
        let answers = visit.submission
        let current = visit.request.method == .get ? model.person.membership.scope.rawValue : answers.values["scope"] ?? ""
        return postForm(here, once: visit.once) {
            input(.type("hidden"), .name("shown"), .value(model.cases.map(\.number).joined(separator: " ")))
            input(.type("hidden"), .name("q"), .value(model.text))
            input(.type("hidden"), .name("page"), .value(model.page == 1 ? "" : String(model.page)))
            field(
                FieldModel(
                    id: "scope", name: "scope", label: t("cases.chosen.which"),
                    kind: .radios([
                        Choice(value: "all", title: t("cases.chosen.all", names), hint: t("cases.chosen.allHint")),
                        Choice(value: "chosen", title: t("cases.chosen.only"), hint: t("cases.chosen.onlyHint")),
                    ]), value: current, isRequired: true))
            if model.cases.isEmpty {
                emptyState(model.text.isEmpty ? t("cases.chosen.none", names) : t("cases.chosen.notFound"))
            } else {
                fieldset(.class("field")) {
                    legend { t("cases.chosen.count", ["count": .number(model.count)]) }
                    for summary in model.cases { box(summary) }
                }
                pages
            }
            submitButton(t("cases.chosen.save"))
        }
    }

    private func box(_ summary: CaseSummary) -> HTML {
        let ticked =
            visit.request.method == .get
            ? model.chosen.contains(summary.id) : visit.request.fields[ChosenCasesPage.box(summary.number)] != nil
        let about = [summary.address ?? "", t(summary.typeName)].filter { !$0.isEmpty }.joined(separator: " · ")
        return field(
            FieldModel(
                id: ChosenCasesPage.box(summary.number), name: ChosenCasesPage.box(summary.number), label: summary.number,
                hint: about, kind: .checkbox, value: ticked ? "yes" : ""))
    }

    private func page(_ number: Int) -> Link { here.with([("q", model.text), ("page", String(number))]) }

    /// Other pages of the list: what is ticked here is saved first.
    private var pages: HTML {
        guard model.pages > 1 else { return .empty }
        return group {
            p(.class("soft")) { t("cases.chosen.saveFirst") }
            pagination(
                Pagination(
                    label: t("cases.chosen.pages"),
                    previous: model.page > 1
                        ? NavigationItem(title: t("cases.chosen.previous"), link: page(model.page - 1)) : nil,
                    next: model.page < model.pages
                        ? NavigationItem(title: t("cases.chosen.next"), link: page(model.page + 1)) : nil,
                    position: t(
                        "cases.chosen.position", ["page": .number(model.page), "pages": .number(model.pages)])))
        }
    }
}
