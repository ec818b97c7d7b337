import HTML
import Testing

@Suite struct DocumentTests {
    private let page = Page(
        title: "My cases · Groundwork", cityLine: "City of Boulder", siteName: "Groundwork", home: place("home"),
        content: HTML("Content"), stylesheet: place("sheet"))

    @Test func theSmallestPageIsWhole() {
        let text = document(page)
        #expect(text.hasPrefix("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"))
        #expect(text.contains("<title>My cases · Groundwork</title>"))
        #expect(text.contains("<link rel=\"stylesheet\" href=\"/sheet\">"))
        #expect(text.contains("<main id=\"main\" class=\"wrap\" tabindex=\"-1\">Content</main>"))
        #expect(!text.contains("<script"))
        #expect(!text.contains("noindex"))
        #expect(Markup(text).faults == [])
    }

    @Test func theSkipLinkIsTheFirstThingInThePage() {
        #expect(document(page).contains("<body><a href=\"#main\" class=\"skip\">Skip to main content</a><header>"))
    }

    @Test func whatIsAskedForIsThere() {
        var page = page
        page.robots = false
        page.scripts = [place("script")]
        page.icon = place("icon")
        page.isStaff = true
        let text = document(page)
        #expect(text.contains("<meta name=\"robots\" content=\"noindex\">"))
        #expect(text.contains("<script src=\"/script\" defer></script>"))
        #expect(text.contains("<link rel=\"icon\" type=\"image/svg+xml\" href=\"/icon\">"))
        #expect(text.contains("<body class=\"staff\">"))
    }

    @Test func theNavigationSaysWhereOneIs() {
        var page = page
        page.navigation = [
            NavigationItem(title: "Apply", link: place("apply")),
            NavigationItem(title: "Pay", link: place("pay"), isCurrent: true),
        ]
        let text = document(page)
        #expect(text.contains("<nav aria-label=\"Main\"><ul><li><a href=\"/apply\">Apply</a></li>"))
        #expect(text.contains("<a href=\"/pay\" aria-current=\"page\">Pay</a>"))
    }

    @Test func theOtherLanguageIsNamedInItself() {
        var page = page
        page.languageSwitch = LanguageSwitch(title: "Español", language: "es", link: place("es"))
        #expect(document(page).contains("<a href=\"/es\" lang=\"es\" hreflang=\"es\">Español</a>"))
    }

    @Test func aGuestCanSignInAndAPersonHasAMenu() throws {
        var page = page
        page.signIn = NavigationItem(title: "Sign in", link: place("sign-in"))
        #expect(document(page).contains("<a href=\"/sign-in\" class=\"button quiet\">Sign in</a>"))

        page.account = AccountMenu(
            title: "Account menu", name: "Dana Okafor", items: [NavigationItem(title: "My cases", link: place("dashboard"))],
            signOut: HTML("Sign out"))
        let text = document(page)
        #expect(!text.contains("Sign in"))
        let markup = Markup(text)
        let button = try #require(markup.first("button"))
        #expect(button["type"] == "button")
        let menu = try #require(markup.withID(button["popovertarget"] ?? ""))
        #expect(menu["popover"] == "")
        #expect(text.contains(">Account menu</button>"))
        page.account = AccountMenu(title: "Account menu", shortTitle: "Account", name: "Dana Okafor", items: [], signOut: .empty)
        let short = "<span class=\"full\">Account menu</span><span class=\"short\" aria-hidden=\"true\">Account</span></button>"
        #expect(document(page).contains(short))
        #expect(text.contains("popover><p class=\"soft\">Dana Okafor</p><ul><li><a href=\"/dashboard\">My cases</a>"))
    }

    @Test func crumbsStandBeforeTheMainPart() throws {
        var page = page
        page.crumbs = [Crumb(title: "My cases", link: place("dashboard")), Crumb(title: "ELE2026-00408")]
        let text = document(page)
        let crumbs = try #require(text.firstRange(of: "aria-label=\"Where you are\""))
        let main = try #require(text.firstRange(of: "<main"))
        #expect(crumbs.lowerBound < main.lowerBound)
        #expect(text.contains("<li><a href=\"/dashboard\">My cases</a></li><li>ELE2026-00408</li>"))
    }

    @Test func aNoticeIsSaidAsItsKindAsks() {
        #expect(Markup(notice(Notice(kind: .warning, title: "Sorry"))).first("div")?["role"] == "alert")
        #expect(Markup(notice(Notice(kind: .information, title: "Note"))).first("div")?["role"] == "status")
        let done = Markup(notice(Notice(kind: .success, title: "Saved"))).first("div")
        #expect(done?["role"] == "status")
        #expect(done?["tabindex"] == "-1")
    }

    @Test func onlyTheAnswerToAnActionTakesTheFocus() {
        func takesFocus(_ item: Notice) -> Bool { Markup(notice(item)).first("div")?["autofocus"] != nil }
        #expect(takesFocus(Notice(kind: .success, title: "Saved")))
        #expect(!takesFocus(Notice(kind: .information, title: "Demonstration")))
        #expect(takesFocus(Notice(kind: .warning, title: "That link has ended", takesFocus: true)))
    }
}
