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
                    field(
                        FieldModel(
                            id: "q", name: "q", label: t("portal.home.box"), hint: t("portal.home.boxHint"), kind: .search,
                            isRequired: false))
                    submitButton(t("portal.home.find"))
                }
            }
            tasks(
                [
                    isGuest
                        ? TaskLink(
                            NavigationItem(t("portal.home.create"), AccountAddresses.register()),
                            note: t("portal.home.createNote"))
                        : TaskLink(
                            NavigationItem(t("portal.myCases"), CaseAddresses.dashboard()), note: t("portal.home.myCasesNote")),
                    TaskLink(
                        NavigationItem(t("portal.search"), PublicRecordAddresses.search()), note: t("portal.home.searchNote")),
                    TaskLink(
                        NavigationItem(t("portal.home.missing"), HelpDeskAddresses.accessRequest()),
                        note: t("portal.home.missingNote")),
                    TaskLink(
                        NavigationItem(t("portal.home.oldPortal"), GuideAddresses.oldPortal()),
                        note: t("portal.home.oldPortalNote")),
                    TaskLink(NavigationItem(t("portal.guide"), GuideAddresses.index()), note: t("portal.home.guideNote")),
                    TaskLink(NavigationItem(t("portal.help"), HelpDeskAddresses.help()), note: t("portal.home.helpNote")),
                ])
        }
    }
}
