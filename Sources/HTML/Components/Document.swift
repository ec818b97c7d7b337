/// The whole page: head, header, content, footer.
public func document(_ page: Page) -> String {
    let body = element("body", [.class(page.isStaff ? "staff" : nil)], pageBody(page))
    return "<!doctype html>\n" + element("html", [.lang(page.language)], pageHead(page) + body).text + "\n"
}

private func pageHead(_ page: Page) -> HTML {
    let parts = group {
        voidElement("meta", [.named("charset", "utf-8")])
        voidElement("meta", [.name("viewport"), .named("content", "width=device-width, initial-scale=1")])
        voidElement("meta", [.name("color-scheme"), .named("content", "light dark")])
        if !page.robots { voidElement("meta", [.name("robots"), .named("content", "noindex")]) }
        element("title", [], HTML(page.title))
        voidElement("link", [.rel("stylesheet"), .href(page.stylesheet)])
        if let icon = page.icon { voidElement("link", [.rel("icon"), .type("image/svg+xml"), .href(icon)]) }
        for script in page.scripts {
            element("script", [.named("src", script.description), .flag("defer", true)], .empty)
        }
        if let warning = page.sessionWarning {
            element("script", [.named("src", warning.script.description), .flag("defer", true)], .empty)
        }
    }
    return element("head", [], parts)
}

private func pageBody(_ page: Page) -> HTML {
    group {
        a(.fragment("main"), .class("skip")) { page.skipLabel }
        header {
            cityLine(page)
            siteLine(page)
        }
        if !page.crumbs.isEmpty { breadcrumb(page.crumbs, label: page.crumbsLabel) }
        if let warning = page.sessionWarning { sessionWarning(warning) }
        main(.id("main"), .class("wrap"), .tabindex(-1)) {
            for item in page.notices { notice(item) }
            page.content
            if let live = page.live { liveUpdates(live) }
        }
        if !page.footer.isEmpty {
            footer { div(.class("wrap")) { page.footer } }
        }
    }
}

private func liveUpdates(_ live: LiveUpdates) -> HTML {
    div(.id("live"), .data("changed", live.changed), .data("go-on", live.goOn)) {
        span(.class("unseen"), .role("status")) { HTML.empty }
        button(.type("button"), .class("button quiet"), .hidden(true)) { live.stop }
    }
}

private func sessionWarning(_ warning: SessionWarning) -> HTML {
    div(
        .id("session"), .class("wrap"), .role("alert"), .data("seconds", String(warning.seconds)),
        .data("address", warning.address.description)
    ) {
        div(.class("notice warning"), .hidden(true)) {
            p { strong { warning.text } }
            p { button(.type("button"), .class("button quiet")) { warning.stay } }
        }
    }
}

private func cityLine(_ page: Page) -> HTML {
    div(.class("city")) {
        div(.class("wrap")) {
            span { page.cityLine }
            if let other = page.languageSwitch {
                a(other.link, .lang(other.language), .hreflang(other.language)) { other.title }
            }
            if let help = page.help { navigationLink(help) }
        }
    }
}

private func siteLine(_ page: Page) -> HTML {
    div(.class("site")) {
        div(.class("wrap")) {
            a(page.home, .class("name")) {
                mark
                page.siteName
            }
            if !page.navigation.isEmpty {
                nav(.aria("label", page.navigationLabel)) {
                    ul { for item in page.navigation { li { navigationLink(item) } } }
                }
            }
            if let account = page.account {
                accountMenu(account)
            } else if let signIn = page.signIn {
                linkButton(signIn.title, signIn.link, quiet: true)
            }
        }
    }
}

/// A link that says when it leads to the page one is on.
func navigationLink(_ item: NavigationItem) -> HTML {
    a(item.link, .aria("current", item.isCurrent ? "page" : nil)) { item.title }
}

private func breadcrumb(_ crumbs: [Crumb], label: String) -> HTML {
    nav(.class("crumbs wrap"), .aria("label", label)) {
        ol {
            for crumb in crumbs {
                li {
                    if let link = crumb.link { a(link) { crumb.title } } else { crumb.title }
                }
            }
        }
    }
}

/// The mark beside the name: the foothills behind the city. The same drawing as `Web/icon.svg`.
private let mark = HTML(
    trusted: """
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">\
        <path fill="currentColor" d="M2 28 11 6l5 11 4-8 10 19z"/>\
        <path class="snow" fill="none" stroke-width="1.6" d="M7 22l4-9m5 13 4-10"/></svg>
        """)
