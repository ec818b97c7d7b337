internal import Core
internal import HelpDesk
internal import HTML
internal import Primitives
internal import Web

/// `/guide`: all guides, and with `?q=` what they say about a question.
enum GuideIndexPage {
    /// The parameter with the question.
    private static let question = "q"
    /// Longer questions are cut.
    private static let longest = 200

    static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let text = String(tidied(visit.query(question)).prefix(longest))
        guard !text.isEmpty else {
            return visit.page(t("portal.guide"), isIndexed: true) {
                h1 { t("portal.guide") }
                p { t("portal.guideIndex.lead") }
                form(t, "")
                tasks(Guide.all.filter { !$0.isForStaff }.map { card($0, visit) })
                h2 { t("portal.guideIndex.forStaff") }
                tasks(Guide.all.filter(\.isForStaff).map { card($0, visit) })
            }
        }
        let hits = GuideSearch.of(visit.city.pack, t).find(text)
        return visit.page(
            t("portal.guideIndex.titleFor", ["text": .text(text)]),
            crumbs: [Crumb(title: t("portal.guide"), link: GuideAddresses.index())]
        ) {
            h1 { t("portal.guideIndex.titleFor", ["text": .text(text)]) }
            form(t, text)
            if hits.isEmpty { nothing(t, text) } else { found(hits, t, text) }
        }
    }

    private static func card(_ guide: Guide, _ visit: Visit) -> TaskLink {
        let view = GuideView(visit: visit)
        return TaskLink(NavigationItem(title: view.say(guide.title), link: guide.address()), note: view.say(guide.lead))
    }

    private static func form(_ t: Voice, _ text: String) -> HTML {
        getForm(GuideAddresses.index(), role: "search") {
            joined {
                field(
                    FieldModel(
                        id: question, name: question, label: t("portal.guideIndex.search"), kind: .search, value: text,
                        maxLength: longest))
                submitButton(t("portal.guideIndex.button"))
            }
        }
    }

    private static func found(_ hits: [GuideSearch.Hit], _ t: Voice, _ text: String) -> HTML {
        group {
            h2 { t("portal.guideIndex.found") }
            listRows(
                hits.map { hit in
                    ListRow(
                        title: a(hit.part.link) { hit.part.heading.isEmpty ? hit.part.guide : hit.part.heading },
                        subtitle: hit.part.heading.isEmpty ? "" : hit.part.guide, note: hit.sentence)
                }, label: t("portal.guideIndex.found"))
            p {
                t("portal.guideIndex.notIt")
                " "
                a(askDesk(text)) { t("portal.guideIndex.ask") }
                "."
            }
        }
    }

    private static func nothing(_ t: Voice, _ text: String) -> HTML {
        emptyState(
            t("portal.guideIndex.nothing", ["text": .text(text)]),
            action: actions {
                linkButton(t("portal.guideIndex.ask"), askDesk(text))
                linkButton(t("portal.guideIndex.all"), GuideAddresses.index(), quiet: true)
            })
    }

    /// The help desk's topics; the form of each then begins with what was looked for.
    private static func askDesk(_ text: String) -> Link { HelpDeskAddresses.topics().with([("about", text)]) }
}
