internal import Accounts
internal import Cases
internal import Following
internal import HelpDesk
internal import HTML
internal import Primitives
internal import PublicRecord

extension Guide {
    /// What people ask most, each with a heading that can be linked to.
    static let questions = Guide(
        GuideAddresses.questions, title: "portal.questions.title", lead: "portal.questions.lead",
        sections: [
            ("portal.questions.accounts", aboutAccounts), ("portal.questions.cases", aboutCases),
            ("portal.questions.people", aboutContacts), ("portal.questions.city", aboutTheCity),
        ].flatMap { chapter, sections in
            sections.map { GuideSection($0.anchor, title: $0.title, chapter: chapter, blocks: $0.blocks) }
        }, answers: [.question, .contactCorrection])

    private static let aboutAccounts = [
        question(
            "account", "portal.questions.account.ask", "portal.questions.account.answer",
            GuideLink("portal.search", PublicRecordAddresses.search()),
            GuideLink("portal.create.title", GuideAddresses.createAccount())),
        question(
            "which-email", "portal.questions.whichEmail.ask", "portal.questions.whichEmail.answer",
            GuideLink("portal.myAccount", AccountAddresses.account())),
        question(
            "old-password", "portal.questions.oldPassword.ask", "portal.questions.oldPassword.answer",
            GuideLink("portal.old.title", GuideAddresses.oldPortal())),
        question(
            "no-mail", "portal.questions.noMail.ask", "portal.questions.noMail.answer",
            GuideLink("portal.guideIndex.ask", HelpDeskAddresses.topics())),
        question(
            "password", "portal.questions.password.ask", "portal.questions.password.answer",
            GuideLink("portal.questions.password.link", AccountAddresses.reset())),
        question(
            "new-email", "portal.questions.newEmail.ask", "portal.questions.newEmail.answer",
            GuideLink("portal.myAccount", AccountAddresses.account())),
        question(
            "mails", "portal.questions.mails.ask", "portal.questions.mails.answer",
            GuideLink("portal.myAccount", AccountAddresses.account())),
        question(
            "stranger", "portal.questions.stranger.ask", "portal.questions.stranger.answer",
            GuideLink("portal.guideIndex.ask", HelpDeskAddresses.topics())),
    ]

    private static let aboutCases = [
        question(
            "empty-list", "portal.questions.emptyList.ask", "portal.questions.emptyList.answer",
            GuideLink("portal.missing.title", GuideAddresses.missingCases())),
        question(
            "how-long", "portal.questions.howLong.ask", "portal.questions.howLong.answer",
            GuideLink("portal.accessRequest", HelpDeskAddresses.accessRequest())),
        question(
            "my-request", "portal.questions.myRequest.ask", "portal.questions.myRequest.answer",
            GuideLink("portal.questions.myRequest.link", HelpDeskAddresses.requests())),
        GuideSection(
            "inspections", title: "portal.questions.inspections.ask",
            blocks: [
                .paragraph("portal.questions.inspections.answer"), .inspectionLine("portal.questions.inspections.call"),
                .links([GuideLink("portal.myCases", CaseAddresses.dashboard())]),
            ]),
        question(
            "attention", "portal.questions.attention.ask", "portal.questions.attention.answer",
            GuideLink("portal.myCases", CaseAddresses.dashboard())),
        question(
            "follow", "portal.questions.follow.ask", "portal.questions.follow.answer",
            GuideLink("portal.search", PublicRecordAddresses.search()),
            GuideLink("following.list.title", FollowingAddresses.list())),
        question(
            "apply-or-pay", "portal.questions.applyOrPay.ask", "portal.questions.applyOrPay.answer",
            GuideLink("portal.help", HelpDeskAddresses.help())),
    ]

    private static let aboutContacts = [
        question(
            "company-accounts", "portal.questions.companyAccounts.ask", "portal.questions.companyAccounts.answer",
            GuideLink("portal.company.title", GuideAddresses.company())),
        question(
            "somebody-left", "portal.questions.somebodyLeft.ask", "portal.questions.somebodyLeft.answer",
            GuideLink("portal.company.leaveTitle", GuideAddresses.company().with([], fragment: "leaving"))),
        question(
            "no-account-yet", "portal.questions.noAccountYet.ask", "portal.questions.noAccountYet.answer",
            GuideLink("portal.add.title", GuideAddresses.addContact())),
        question(
            "which-type", "portal.questions.whichType.ask", "portal.questions.whichType.answer",
            GuideLink("portal.types.title", GuideAddresses.contactTypes())),
        question(
            "wrong-person", "portal.questions.wrongPerson.ask", "portal.questions.wrongPerson.answer",
            GuideLink("portal.myCases", CaseAddresses.dashboard())),
        question(
            "leave-a-case", "portal.questions.leaveCase.ask", "portal.questions.leaveCase.answer",
            GuideLink("portal.myCases", CaseAddresses.dashboard())),
        question(
            "found-by-name", "portal.questions.foundByName.ask", "portal.questions.foundByName.answer",
            GuideLink("portal.myAccount", AccountAddresses.account())),
    ]

    private static let aboutTheCity = [
        question(
            "wrong-record", "portal.questions.wrongRecord.ask", "portal.questions.wrongRecord.answer",
            GuideLink("portal.questions.wrongRecord.link", HelpDeskAddresses.records())),
        question(
            "my-data", "portal.questions.myData.ask", "portal.questions.myData.answer",
            GuideLink("portal.questions.myData.link", AccountAddresses.records())),
    ]

    private static func question(_ anchor: String, _ ask: WordKey, _ answer: WordKey, _ links: GuideLink...) -> GuideSection {
        GuideSection(anchor, title: ask, blocks: [.paragraph(answer), .links(links)])
    }
}
