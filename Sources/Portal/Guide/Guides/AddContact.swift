internal import Cases

extension Guide {
    static let addContact = Guide(
        GuideAddresses.addContact, title: "portal.add.title", lead: "portal.add.lead",
        opening: [
            .steps([
                GuideStep("portal.add.step1"), GuideStep("portal.add.step2"), GuideStep("portal.add.step3", .addContact),
                GuideStep("portal.add.step4"), GuideStep("portal.add.step5"),
            ]),
            .links([
                GuideLink("portal.types.title", GuideAddresses.contactTypes()),
                GuideLink("portal.myCases", CaseAddresses.dashboard()),
            ]),
        ],
        sections: [
            GuideSection(
                "not-found", title: "portal.add.whoTitle",
                blocks: [.paragraph("portal.add.who"), .paragraph("portal.add.whoTime")]),
            GuideSection("answer", title: "portal.add.answerTitle", blocks: [.paragraph("portal.add.answer")]),
            GuideSection("rights", title: "portal.add.rightsTitle", blocks: [.paragraph("portal.add.rights")]),
            GuideSection("remove", title: "portal.add.removeTitle", blocks: [.paragraph("portal.add.remove")]),
            GuideSection("plans", title: "portal.add.plansTitle", blocks: [.paragraph("portal.add.plans")]),
        ])
}
