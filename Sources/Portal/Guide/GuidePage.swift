internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// A guide as a page: what it is for, the steps, and where to begin.
struct GuidePage: Sendable {
    let guide: Guide

    func show(_ visit: Visit) async throws -> WebResponse {
        let view = GuideView(visit: visit)
        return visit.page(
            view.say(guide.title), crumbs: [Crumb(title: visit.t("portal.guide"), link: GuideAddresses.index())], isIndexed: true
        ) { view.whole(guide) }
    }
}

struct GuideView {
    let visit: Visit
    private let words: [String: WordArgument]
    private var t: Voice { visit.t }
    /// From so many sections on, the page begins with a list of them.
    private static let manySections = 7

    init(visit: Visit) {
        self.visit = visit
        words = visit.city.pack.city.guideWords
    }

    func say(_ key: WordKey) -> String { t(key, words) }

    private func sentence(_ key: WordKey) -> HTML { callable(say(key)) }

    func whole(_ guide: Guide) -> HTML {
        group {
            prose {
                h1 { say(guide.title) }
                p { say(guide.lead) }
                if guide.sections.count >= GuideView.manySections { contents(guide) }
            }
            for block in guide.opening { view(block) }
            for (index, section) in guide.sections.enumerated() {
                prose {
                    if let chapter = section.chapter {
                        if index == 0 || guide.sections[index - 1].chapter != chapter { h2 { say(chapter) } }
                        h3(.id(section.anchor)) { say(section.title) }
                    } else {
                        h2(.id(section.anchor)) { say(section.title) }
                    }
                }
                for block in section.blocks { view(block) }
            }
        }
    }

    private func contents(_ guide: Guide) -> HTML {
        let chapters = guide.sections.map(\.chapter)
        return nav(.class("unprinted"), .aria("label", t("portal.guideIndex.onThisPage"))) {
            for (index, chapter) in chapters.enumerated() where index == 0 || chapters[index - 1] != chapter {
                if let chapter { p { strong { say(chapter) } } }
                ul {
                    for section in guide.sections where section.chapter == chapter {
                        li { a(.fragment(section.anchor)) { say(section.title) } }
                    }
                }
            }
        }
    }

    private func view(_ block: GuideBlock) -> HTML {
        switch block {
        case .paragraph(let text): prose { p { sentence(text) } }
        case .steps(let steps): prose { ol { for step in steps { view(step) } } }
        case .inspectionLine(let text): prose { inspectionLine(text) }
        case .links(let links):
            prose {
                p {
                    for (index, link) in links.enumerated() {
                        if index > 0 { " · " }
                        a(link.link) { say(link.title) }
                    }
                }
            }
        case .buttons(let links):
            actions {
                for (index, link) in links.enumerated() { linkButton(say(link.title), link.link, quiet: index > 0) }
            }
        case .contactTypes: contactTypes
        }
    }

    private func view(_ step: GuideStep) -> HTML {
        li {
            sentence(step.text)
            for picture in step.pictures { view(picture) }
        }
    }

    private func view(_ picture: GuidePicture) -> HTML {
        group {
            if let link = visit.city.assets.link(ifPresent: picture.file(visit.language)) {
                div(.class("picture")) { image(link, alt: t(picture.alt), width: GuidePicture.width, height: picture.height) }
            }
        }
    }

    private func inspectionLine(_ text: WordKey) -> HTML {
        let number = visit.city.pack.city.inspectionLine
        return p {
            say(text)
            " "
            a(Link.telephone(number)) { number }
            "."
        }
    }

    /// Each with its explanation, example and rights (B4).
    private var contactTypes: HTML {
        dataTable(
            caption: t("portal.types.caption"), captionHidden: true,
            columns: [
                TableColumn(title: t("portal.types.type")), TableColumn(title: t("portal.types.for")),
                TableColumn(title: t("portal.types.may")),
            ],
            rows: visit.city.pack.contactTypes.map { type in
                TableRow(
                    cells: [
                        HTML(t(type.name)),
                        group {
                            p { t(type.explanation) }
                            p(.class("soft")) { t("portal.types.example", ["example": .text(t(type.example))]) }
                        },
                        HTML(rights(type.rights)),
                    ], id: type.key)
            })
    }

    private func rights(_ rights: Rights) -> String {
        var words: [String] = []
        if rights.contains(.view) { words.append(t("portal.types.view")) }
        if rights.contains(.act) { words.append(t("portal.types.act")) }
        if rights.contains(.bill) { words.append(t("portal.types.bill")) }
        if rights.contains(.requestInspection) { words.append(t("portal.types.inspect")) }
        return words.joined(separator: ", ")
    }
}
