internal import Accounts
internal import Cases
internal import Core
internal import HelpDesk
internal import HTML
internal import PublicRecord
internal import Web

/// The first page: where to begin, before anybody has an account.
enum HomePage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let isGuest = visit.principal.signedIn == nil
        return visit.page(t("portal.home.title"), isIndexed: true) {
            hero(title: t("portal.home.title"), lead: t("portal.home.lead")) {
                getForm(PublicRecordAddresses.search(), role: "search") {
                    joined {
                        field(
                            FieldModel(
                                id: "q", name: "q", label: t("portal.home.box"), hint: t("portal.home.boxHint"), kind: .search,
                                isRequired: false))
                        submitButton(t("portal.home.find"))
                    }
                }
            }
            if visit.city.settings.isDemo { DemoPage.strip(t) }
            tasks(
                [
                    isGuest
                        ? TaskLink(
                            NavigationItem(title: t("portal.home.create"), link: AccountAddresses.register()),
                            note: t("portal.home.createNote"))
                        : TaskLink(
                            NavigationItem(title: t("portal.myCases"), link: CaseAddresses.dashboard()),
                            note: t("portal.home.myCasesNote")),
                    TaskLink(
                        NavigationItem(title: t("portal.search"), link: PublicRecordAddresses.search()),
                        note: t("portal.home.searchNote")),
                    TaskLink(
                        NavigationItem(title: t("portal.home.missing"), link: GuideAddresses.missingCases()),
                        note: t("portal.home.missingNote")),
                    TaskLink(
                        NavigationItem(title: t("portal.home.oldPortal"), link: GuideAddresses.oldPortal()),
                        note: t("portal.home.oldPortalNote")),
                    TaskLink(
                        NavigationItem(title: t("portal.guide"), link: GuideAddresses.index()), note: t("portal.home.guideNote")),
                    TaskLink(
                        NavigationItem(title: t("portal.help"), link: HelpDeskAddresses.help()), note: t("portal.home.helpNote")),
                ])
        }
    }
}
