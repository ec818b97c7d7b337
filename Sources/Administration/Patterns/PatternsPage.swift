internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/staff/patterns`: every part that pages are made of, in all its states. Who builds a page chooses from here; who looks for a fault
/// sees them all at once, in the dark, in print, at any width.
struct PatternsPage: Sendable {
    let desk: Link

    func show(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(
            t("administration.patterns.title"), crumbs: [Crumb(title: t("administration.desk"), link: desk)]
        ) {
            h1 { t("administration.patterns.title") }
            p { t("administration.patterns.lead") }
            ul(.class("index")) { for pattern in Pattern.all { li { a(.fragment(pattern.id)) { t(pattern.name) } } } }
            for pattern in Pattern.all { PatternsPage.view(pattern, t) }
        }
    }

    static func view(_ pattern: Pattern, _ t: Voice) -> HTML {
        section(.id(pattern.id), .class("pattern"), .aria("label", t(pattern.name))) {
            h2 { t(pattern.name) }
            p { t(pattern.purpose) }
            for state in pattern.states {
                h3 { t(state.name) }
                // Samples are not translated.
                div(.class("sample"), .lang("en")) { state.sample }
            }
        }
    }
}
