internal import Accounts

extension Guide {
    static let createAccount = Guide(
        GuideAddresses.createAccount, title: "portal.create.title", lead: "portal.create.lead",
        opening: [
            .steps([
                GuideStep("portal.create.step1", .register), GuideStep("portal.create.step2", .checkEmail, .confirm),
                GuideStep("portal.create.step3", .finish), GuideStep("portal.create.step4", .welcome),
            ]),
            .buttons([GuideLink("portal.home.create", AccountAddresses.register())]),
        ],
        sections: [
            GuideSection(
                "companies", title: "portal.create.companyTitle",
                blocks: [
                    .paragraph("portal.create.company1"), .paragraph("portal.create.company2"),
                    .links([GuideLink("portal.company.title", GuideAddresses.company())]),
                ])
        ],
        answers: [.accountTrouble])
}
