internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Which day; today when nothing is said.
enum DayForm {
    static let day = Field<CivilDate?>.date("on", label: "helpDesk.day.on")
    static let form = Form(day)
}

/// `/staff/desk/numbers`: the help desk's day in numbers, for whoever runs it. It prints on one page.
enum DayPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let today = visit.today
        let day = CivilDate(visit.query("on")).map { min($0, today) } ?? today
        let visible = visit.city.access.visible("ticket.view", to: visit.principal, alias: "r")
        let model = try await visit.read { conn in try DeskDay(day, today: today, visible: visible, conn) }
        let t = visit.t
        return visit.page(
            t("helpDesk.day.title"), crumbs: [Crumb(title: t("helpDesk.desk.title"), link: HelpDeskAddresses.desk())]
        ) {
            h1 { t("helpDesk.day.title") }
            p(.class("soft")) { t.date(day) }
            view(t, visit.city.pack, model)
            days(t, day, today)
        }
    }

    static func view(_ t: Voice, _ pack: CityPack, _ day: DeskDay) -> HTML {
        group {
            columns(
                main: group {
                    h2 { t("helpDesk.day.done") }
                    descriptionList(done(t, day))
                    h2 { t("helpDesk.day.topics") }
                    if day.topics.isEmpty {
                        emptyState(t("helpDesk.day.nothingCame"))
                    } else {
                        dataTable(
                            caption: t("helpDesk.day.topics"), captionHidden: true,
                            columns: [
                                TableColumn(title: t("helpDesk.asked.topic")),
                                TableColumn(title: t("helpDesk.day.received"), isNumber: true),
                            ],
                            rows: day.topics.map { key, count in
                                TableRow(cells: [HTML(topic(key, t, pack)), HTML(grouped(count))])
                            })
                    }
                    h2 { t("helpDesk.day.people") }
                    if day.people.isEmpty { emptyState(t("helpDesk.day.nobody")) } else { people(t, day) }
                },
                aside: panel(title: t("helpDesk.day.now")) {
                    descriptionList(
                        day.waiting.map { queue, count, late in
                            Detail(
                                term: t(queue.title),
                                value: group {
                                    count == 0
                                        ? t("helpDesk.desk.nothing") : t("helpDesk.desk.waiting", ["count": .number(count)])
                                    if late > 0 {
                                        " "
                                        tag(t("helpDesk.day.late", ["count": .number(late)]), .attention)
                                    }
                                })
                        })
                })
        }
    }

    private static func done(_ t: Voice, _ day: DeskDay) -> [Detail] {
        var list = [
            Detail(term: t("helpDesk.day.received"), value: HTML(grouped(day.received))),
            Detail(term: t("helpDesk.day.answered"), value: HTML(grouped(day.answered))),
        ]
        list += day.outcomes.map { state, count in Detail(term: "· \(state.word(t))", value: HTML(grouped(count))) }
        if let median = day.medianHours, let slowest = day.slowestHours {
            list.append(
                Detail(term: t("helpDesk.day.median"), value: HTML(t("helpDesk.day.hours", ["count": .number(median)]))))
            list.append(
                Detail(term: t("helpDesk.day.slowest"), value: HTML(t("helpDesk.day.hours", ["count": .number(slowest)]))))
            list.append(Detail(term: t("helpDesk.day.answeredLate"), value: HTML(grouped(day.answeredLate))))
        }
        return list
    }

    private static func people(_ t: Voice, _ day: DeskDay) -> HTML {
        dataTable(
            caption: t("helpDesk.day.people"), captionHidden: true,
            columns: [
                TableColumn(title: t("helpDesk.answer.name")), TableColumn(title: t("helpDesk.day.answered"), isNumber: true),
                TableColumn(title: t("helpDesk.day.written"), isNumber: true),
            ],
            rows: day.people.map { person in
                TableRow(cells: [HTML(person.name), HTML(grouped(person.decided)), HTML(grouped(person.written))])
            })
    }

    private static func topic(_ key: String, _ t: Voice, _ pack: CityPack) -> String {
        pack.topic(key).map { t($0.name) } ?? t("helpDesk.day.byItself")
    }

    /// The day before and the day after.
    private static func days(_ t: Voice, _ day: CivilDate, _ today: CivilDate) -> HTML {
        func item(_ date: CivilDate) -> NavigationItem {
            NavigationItem(
                title: t.date(date), link: HelpDeskAddresses.day().with([("on", date == today ? nil : date.description)]))
        }
        return pagination(
            Pagination(
                label: t("helpDesk.day.days"), previous: item(day.adding(days: -1)),
                next: day < today ? item(day.adding(days: 1)) : nil))
    }
}
