internal import Accounts
internal import Core
internal import HTML
internal import Import
internal import Primitives
internal import Web

enum DemoAddresses {
    static let show = PlainAddress("/demo")
}

/// The way through a demo city for whoever tries it out. It exists in demo mode only.
enum DemoPage {
    static let routes: [Route] = [.get(DemoAddresses.show, .anyone, show)]

    /// The line on the home page of a demo city.
    static func strip(_ t: Voice) -> HTML {
        p(.class("soft")) {
            t("portal.demo.strip")
            " "
            a(DemoAddresses.show()) { t("portal.demo.title") }
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let story = DemoStory(try await DemoCity.accounts(city: visit.city))
        let t = visit.t
        return visit.page(t("portal.demo.title")) {
            h1 { t("portal.demo.title") }
            p { t("portal.demo.lead") }
            p {
                t("portal.demo.mail")
                " "
                a(DemoMailAddresses.list()) { t("portal.mail.title") }
            }
            h2 { t("portal.demo.tryTitle") }
            journeys(story, t)
            h2 { t("portal.demo.whoTitle") }
            if story.people.isEmpty {
                emptyState(t("portal.demo.nobody"))
            } else {
                p { t("portal.demo.whoLead") }
                people(story, t)
            }
            h2 { t("portal.demo.againTitle") }
            p { t("portal.demo.again") }
            ul {
                li { code { "rm -r var; script/server" } }
                li { code { "groundwork demo --cases 400 --seed 1" } }
            }
        }
    }

    private static func journeys(_ story: DemoStory, _ t: Voice) -> HTML {
        ol(.class("prose")) {
            for journey in story.journeys {
                let person = story.people.first { $0.role == journey.role }
                li {
                    strong { a(journey.link) { t(journey.title) } }
                    ". "
                    if let person {
                        person.password == nil
                            ? t("portal.demo.registerAs", ["email": .text(person.email)])
                            : t("portal.demo.signInAs", ["name": .text(person.name)])
                        " "
                    }
                    t(journey.text, journey.arguments)
                }
            }
        }
    }

    private static func people(_ story: DemoStory, _ t: Voice) -> HTML {
        dataTable(
            caption: t("portal.demo.whoTitle"), captionHidden: true,
            columns: [
                TableColumn(title: t("portal.demo.whoColumn")), TableColumn(title: t("portal.demo.email")),
                TableColumn(title: t("portal.demo.password")), TableColumn(title: t("portal.demo.tryColumn")),
            ],
            rows: story.people.map { person in
                let words = DemoStory.words(person.role, t)
                return TableRow(cells: [
                    group {
                        words?.title ?? person.role
                        span(.class("note")) { person.name }
                    },
                    breakable(person.email),
                    person.password.map { password in code { password } } ?? HTML(t("portal.demo.register")),
                    HTML(words?.text ?? ""),
                ])
            })
    }
}
