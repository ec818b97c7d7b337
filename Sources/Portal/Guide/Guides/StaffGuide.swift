internal import Accounts
internal import HelpDesk

extension Guide {
    /// How the city's side works. It keeps nothing from the public.
    static let staff = Guide(
        GuideAddresses.staff, title: "portal.staff.title", lead: "portal.staff.lead",
        sections: [
            GuideSection(
                "sign-in", title: "portal.staff.signInTitle",
                blocks: [
                    .paragraph("portal.staff.signIn"),
                    .links([GuideLink("portal.staff.signInLink", AccountAddresses.staffSignIn())]),
                ]),
            GuideSection(
                "desk", title: "portal.staff.deskTitle",
                blocks: [
                    .steps([
                        GuideStep("portal.staff.desk1", .desk), GuideStep("portal.staff.desk2"), GuideStep("portal.staff.desk3"),
                        GuideStep("portal.staff.desk4"),
                    ]),
                    .links([GuideLink("portal.staff.deskLink", HelpDeskAddresses.desk())]),
                ]),
            GuideSection(
                "linking", title: "portal.staff.linkTitle",
                blocks: [
                    .steps([
                        GuideStep("portal.staff.link1"), GuideStep("portal.staff.link2", .suggestion),
                        GuideStep("portal.staff.link3"),
                    ]),
                    .paragraph("portal.staff.linkProof"),
                ]),
            GuideSection("declining", title: "portal.staff.declineTitle", blocks: [.paragraph("portal.staff.decline")]),
            GuideSection(
                "undo", title: "portal.staff.undoTitle",
                blocks: [.paragraph("portal.staff.undo"), .paragraph("portal.staff.objection")]),
            GuideSection(
                "corrections", title: "portal.staff.correctTitle",
                blocks: [.paragraph("portal.staff.correct"), .paragraph("portal.staff.correctEmail")]),
            GuideSection("primary-email", title: "portal.staff.primaryTitle", blocks: [.paragraph("portal.staff.primary")]),
            GuideSection("numbers", title: "portal.staff.dayTitle", blocks: [.paragraph("portal.staff.day")]),
            GuideSection("roles", title: "portal.staff.rolesTitle", blocks: [.paragraph("portal.staff.roles")]),
            GuideSection(
                "city-pack", title: "portal.staff.packTitle",
                blocks: [.paragraph("portal.staff.pack"), .paragraph("portal.staff.packAgain")]),
            GuideSection("imports", title: "portal.staff.importsTitle", blocks: [.paragraph("portal.staff.imports")]),
        ],
        isForStaff: true)
}
