internal import Accounts
internal import Claims
internal import HelpDesk

extension Guide {
    static let missingCases = Guide(
        GuideAddresses.missingCases, title: "portal.missing.title", lead: "portal.missing.lead",
        opening: [
            .steps([
                GuideStep("portal.missing.step1"), GuideStep("portal.missing.step2"), GuideStep("portal.missing.step3", .ask),
            ]),
            .links([
                GuideLink("portal.myAccount", AccountAddresses.account()),
                GuideLink("portal.company.title", GuideAddresses.company()),
            ]),
        ],
        sections: [
            GuideSection(
                "show-it", title: "portal.missing.showTitle",
                blocks: [
                    .paragraph("portal.missing.show"), .paragraph("portal.missing.showTold"),
                    .buttons([GuideLink("portal.missing.showButton", ClaimAddresses.claim())]),
                ]),
            GuideSection(
                "older-cases", title: "portal.missing.cutOverTitle",
                blocks: [
                    .paragraph("portal.missing.cutOver"), .inspectionLine("portal.missing.phone"),
                    .buttons([GuideLink("portal.accessRequest", HelpDeskAddresses.accessRequest())]),
                ]),
        ],
        answers: [.caseAccess])
}
