internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/help`: how to reach the office, and what to try first.
struct HelpPage: Sendable {
    let guides: HelpGuides

    func show(_ visit: Visit) async throws -> WebResponse {
        let (t, city) = (visit.t, visit.city.pack.city)
        return visit.page(t("helpDesk.help.title"), isIndexed: true) {
            h1 { t("helpDesk.help.title") }
            getForm(guides.index, role: "search") {
                joined {
                    field(
                        FieldModel(
                            id: "q", name: "q", label: t("helpDesk.help.search"), hint: t("helpDesk.help.searchHint"),
                            kind: .search,
                            maxLength: 200))
                    submitButton(t("helpDesk.help.find"))
                }
            }
            tasks([
                TaskLink(
                    NavigationItem(title: t("helpDesk.ask.title"), link: HelpDeskAddresses.accessRequest()),
                    note: t("helpDesk.help.askNote")),
                TaskLink(
                    NavigationItem(title: t("helpDesk.topics.title"), link: HelpDeskAddresses.topics()),
                    note: t("helpDesk.help.topicsNote")),
            ])
            h2 { t("helpDesk.help.reach", ["department": .text(t(visit.city.pack.mainDepartment.name))]) }
            descriptionList([
                Detail(
                    term: t("helpDesk.help.phone"), value: a(Link.telephone(city.phone)) { city.phone }),
                Detail(
                    term: t("helpDesk.help.inspectionLine"),
                    value: group {
                        a(Link.telephone(city.inspectionLine)) { city.inspectionLine }
                        p(.class("soft")) { t("helpDesk.help.inspectionNote") }
                    }),
                Detail(term: t("helpDesk.help.email"), value: a(Link.mail(city.email)) { city.email }),
                Detail(term: t("helpDesk.help.hours"), value: HTML(t(city.hours))),
                Detail(term: t("helpDesk.help.address"), value: HelpPage.lines(city.address)),
                Detail(term: t("helpDesk.help.mail"), value: HelpPage.lines(city.mailAddress)),
            ])
            p { t("helpDesk.help.answer", ["count": .number(city.responseWorkingDays)]) }
            h2 { t("helpDesk.help.guides") }
            tasks(guides.all.map { TaskLink(NavigationItem(title: t($0.title), link: $0.link), note: t($0.lead)) })
            p { a(guides.index) { t("helpDesk.help.allGuides") } }
            h2 { t("helpDesk.cutOver.title") }
            CutOver.view(t, city)
        }
    }

    private static func lines(_ lines: [String]) -> HTML {
        group {
            for (index, line) in lines.enumerated() {
                if index > 0 { br() }
                line
            }
        }
    }
}
