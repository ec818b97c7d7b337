internal import Accounts
internal import HelpDesk

extension Guide {
    static let oldPortal = Guide(
        GuideAddresses.oldPortal, title: "portal.old.title", lead: "portal.old.lead",
        opening: [
            .steps([
                GuideStep("portal.old.step1"), GuideStep("portal.old.step2", .register), GuideStep("portal.old.step3", .confirm),
                GuideStep("portal.old.step4", .finish, .welcome),
            ]), .buttons([GuideLink("portal.old.begin", AccountAddresses.register())]),
        ],
        sections: [
            GuideSection("sign-in", title: "portal.old.sureTitle", blocks: [.paragraph("portal.old.sure")]),
            GuideSection(
                "other-address", title: "portal.old.otherTitle",
                blocks: [
                    .paragraph("portal.old.other"),
                    .buttons([GuideLink("portal.accessRequest", HelpDeskAddresses.accessRequest())]),
                ]),
        ])
}
