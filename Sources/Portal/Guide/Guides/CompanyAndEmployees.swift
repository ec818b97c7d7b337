internal import Accounts
internal import HelpDesk

extension Guide {
    static let company = Guide(
        GuideAddresses.company, title: "portal.company.title", lead: "portal.company.lead",
        opening: [
            .steps([
                GuideStep("portal.company.step1"), GuideStep("portal.company.step2"), GuideStep("portal.company.step3", .company),
            ]),
            .links([
                GuideLink("portal.create.title", GuideAddresses.createAccount()),
                GuideLink("portal.company.primaryTitle", HelpDeskAddresses.primaryEmail()),
            ]),
        ],
        sections: [
            GuideSection(
                "colleagues", title: "portal.company.joinTitle",
                blocks: [
                    .steps([
                        GuideStep("portal.company.join1"), GuideStep("portal.company.join2"), GuideStep("portal.company.join3"),
                    ]),
                    .paragraph("portal.company.joinOther"), .paragraph("portal.company.joinAsk"),
                ]),
            GuideSection("roles", title: "portal.company.rolesTitle", blocks: [.paragraph("portal.company.roles")]),
            GuideSection(
                "leaving", title: "portal.company.leaveTitle",
                blocks: [
                    .paragraph("portal.company.leave"), .paragraph("portal.company.lastOwner"),
                    .links([GuideLink("portal.myAccount", AccountAddresses.account())]),
                ]),
            GuideSection("one-account", title: "portal.company.sharedTitle", blocks: [.paragraph("portal.company.shared")]),
            GuideSection(
                "some-cases", title: "portal.company.someTitle",
                blocks: [
                    .paragraph("portal.company.some"), .paragraph("portal.company.someOther"),
                    .links([GuideLink("portal.add.title", GuideAddresses.addContact())]),
                ]),
            GuideSection(
                "primary-email", title: "portal.company.primaryTitle",
                blocks: [
                    .paragraph("portal.company.primary"),
                    .buttons([GuideLink("portal.company.primaryBegin", HelpDeskAddresses.primaryEmail())]),
                ]),
        ],
        answers: [.primaryEmail])
}
