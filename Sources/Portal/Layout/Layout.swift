internal import Accounts
internal import Cases
internal import Core
internal import Following
internal import HelpDesk
internal import HTML
internal import Primitives
internal import PublicRecord
internal import Web

/// The frame of every page: city line, name, navigation, account menu, footer.
enum Layout {
    static func frame(_ visit: Visit, _ content: PageContent) -> String {
        let t = visit.t
        let city = visit.city.pack.city
        let isStaff = visit.principal.isStaff
        let page = Page(
            language: visit.language.rawValue,
            title: "\(content.title) · \(t("portal.name"))",
            cityLine: "\(city.name) · \(t(visit.city.pack.mainDepartment.name))",
            siteName: t("portal.name"),
            home: PortalAddresses.home(),
            navigation: navigation(visit),
            navigationLabel: t("portal.navigation"),
            skipLabel: t("portal.skip"),
            languageSwitch: languageSwitch(visit),
            help: NavigationItem(title: t("portal.help"), link: HelpDeskAddresses.help()),
            account: visit.principal.signedIn == nil ? nil : accountMenu(visit),
            signIn: visit.principal.signedIn == nil ? NavigationItem(title: t("portal.signIn"), link: signIn(visit)) : nil,
            crumbs: content.crumbs,
            crumbsLabel: t("portal.crumbs"),
            notices: notices(visit),
            content: content.content,
            footer: footer(visit),
            stylesheet: visit.city.assets.link("groundwork.css"),
            scripts: (["page.js"] + content.scripts + (visit.isLive ? ["live.js"] : [])).map(visit.city.assets.link),
            live: visit.isLive
                ? LiveUpdates(changed: t("portal.live.changed"), stop: t("portal.live.stop"), goOn: t("portal.live.goOn")) : nil,
            sessionWarning: sessionWarning(visit),
            icon: visit.city.assets.link("icon.svg"),
            isStaff: isStaff,
            robots: content.isIndexed)
        return document(page)
    }

    private static func sessionWarning(_ visit: Visit) -> SessionWarning? {
        visit.identity.sessionLasts.map { span in
            SessionWarning(
                text: visit.t("portal.session.ends"), stay: visit.t("portal.session.stay"), address: AccountAddresses.stay(),
                seconds: Int64(span.seconds), script: visit.city.assets.link("session.js"))
        }
    }

    /// Whoever signs in comes back to the page they were on, where that makes sense.
    private static func signIn(_ visit: Visit) -> Link {
        let path = visit.request.path
        let signIn = AccountAddresses.signIn()
        // On the page itself: where somebody was on the way to before.
        if path == signIn.description { return signIn.with([("return", Link(local: visit.query("return"))?.description)]) }
        let isDoor = ["/register", "/reset", "/staff"].contains { path == $0 || path.hasPrefix("\($0)/") }
        guard visit.request.method == .get, path != PortalAddresses.home().description, !isDoor else { return signIn }
        return signIn.with([("return", visit.request.address)])
    }

    private static func navigation(_ visit: Visit) -> [NavigationItem] {
        let t = visit.t
        let path = visit.request.path
        var items = [
            NavigationItem(title: t("portal.search"), link: PublicRecordAddresses.search(), isCurrent: path == "/search"),
            NavigationItem(title: t("portal.guide"), link: GuideAddresses.index(), isCurrent: path.hasPrefix("/guide")),
        ]
        if visit.principal.account != nil {
            items.insert(
                NavigationItem(
                    title: t("portal.myCases"), link: CaseAddresses.dashboard(),
                    isCurrent: [CaseAddresses.dashboard(), CaseAddresses.list()].contains { path == $0.description }), at: 0)
        }
        if visit.city.access.may("desk.open", visit.principal) {
            items.insert(
                NavigationItem(title: t("portal.desk"), link: HelpDeskAddresses.desk(), isCurrent: path.hasPrefix("/staff/desk")),
                at: 0)
        } else {
            items.append(
                NavigationItem(
                    title: t("portal.accessRequest"), link: HelpDeskAddresses.accessRequest(),
                    isCurrent: path == "/access-request")
            )
        }
        return items
    }

    private static func languageSwitch(_ visit: Visit) -> LanguageSwitch {
        let other: Language = visit.language == .english ? .spanish : .english
        let title = other == .spanish ? "Español" : "English"
        let back = visit.request.method == .get ? visit.request.address : PortalAddresses.home().description
        return LanguageSwitch(
            title: title, language: other.rawValue, link: PortalAddresses.language(other.rawValue).with([("return", back)]))
    }

    private static func accountMenu(_ visit: Visit) -> AccountMenu {
        let t = visit.t
        let items =
            visit.principal.isStaff
            ? [
                NavigationItem(title: t("portal.desk"), link: HelpDeskAddresses.desk()),
                NavigationItem(title: t("accounts.security.title"), link: AccountAddresses.security()),
            ]
            : [
                NavigationItem(title: t("portal.myCases"), link: CaseAddresses.dashboard()),
                NavigationItem(title: t("following.list.title"), link: FollowingAddresses.list()),
                NavigationItem(title: t("portal.myAccount"), link: AccountAddresses.account()),
            ]
        let signOut = postForm(AccountAddresses.signOut(), once: visit.once) { submitButton(t("portal.signOut"), quiet: true) }
        let name = visit.identity.organization.map {
            t("portal.actingFor", ["name": .text(visit.identity.name), "company": .text($0)])
        }
        return AccountMenu(
            title: t("portal.accountMenu"), shortTitle: t("portal.accountShort"), name: name ?? visit.identity.name, items: items,
            signOut: signOut)
    }

    private static func notices(_ visit: Visit) -> [Notice] {
        visit.notice.map { [Notice(kind: .success, title: visit.t($0))] } ?? []
    }

    private struct FooterEdition: Hashable {
        let pack: String
        let language: Language
        let isDemo: Bool
    }
    private static let footers = Memo<FooterEdition, HTML>(atMost: 16)

    private static func footer(_ visit: Visit) -> HTML {
        let edition = FooterEdition(
            pack: visit.city.pack.hash, language: visit.language, isDemo: visit.city.settings.isDemo)
        return footers.value(edition) { makeFooter(visit) }
    }

    private static func makeFooter(_ visit: Visit) -> HTML {
        let t = visit.t
        let city = visit.city.pack.city
        return group {
            p {
                t("portal.footer.questions")
                " "
                a(HelpDeskAddresses.topics()) { t("portal.footer.ask") }
                t("portal.footer.call")
                a(Link.telephone(city.phone)) { city.phone }
                "."
            }
            p(.class("soft")) {
                a(PortalAddresses.accessibility()) { t("portal.footer.accessibility") }
                " · "
                a(GuideAddresses.index()) { t("portal.guide") }
                if visit.city.settings.isDemo {
                    " · "
                    a(DemoMailAddresses.list()) { t("portal.footer.demoMail") }
                }
            }
        }
    }
}
