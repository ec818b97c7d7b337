internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/help/ask`: what people ask the help desk about; each topic leads to its own form, and to the guide that may answer it at once.
struct TopicsPage: Sendable {
    let guides: HelpGuides

    func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let about = visit.query(QuestionForm.about.definition.name)
        return visit.page(
            t("helpDesk.topics.title"), crumbs: [Crumb(title: t("helpDesk.help.title"), link: HelpDeskAddresses.help())],
            isIndexed: true
        ) {
            h1 { t("helpDesk.topics.title") }
            p { t("helpDesk.topics.lead") }
            tasks(
                visit.city.pack.topics.map { topic in
                    TaskLink(
                        NavigationItem(title: t(topic.name), link: TopicsPage.link(topic, about: about)),
                        note: t(topic.explanation),
                        more: guides.guide(for: topic.kind).map { guide in
                            NavigationItem(
                                title: t("helpDesk.topics.guide", ["title": .text(t(guide.title))]), link: guide.link)
                        })
                })
        }
    }

    static func link(_ topic: HelpTopic, about: String) -> Link {
        switch topic.kind {
        case .caseAccess: HelpDeskAddresses.accessRequest().with([(AskForm.place.definition.name, about.isEmpty ? nil : about)])
        case .contactCorrection: HelpDeskAddresses.records()
        case .primaryEmail: HelpDeskAddresses.primaryEmail()
        case .accountTrouble, .question:
            HelpDeskAddresses.topic(topic.key).with([(QuestionForm.about.definition.name, about.isEmpty ? nil : about)])
        }
    }
}
