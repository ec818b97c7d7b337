internal import Accounts
internal import Cases
internal import Claims
internal import Core
internal import Following
internal import HelpDesk
internal import HTML
internal import Import
internal import Primitives
internal import PublicRecord

/// What there is to try in a demo city, in an order that tells a story: somebody comes over from the older portal, finds their cases,
/// lets others in, asks for what is missing, and a steward answers.
struct DemoStory: Sendable {
    struct Journey: Sendable {
        let title: WordKey
        let text: WordKey
        /// What stands in the text.
        var arguments: [String: WordArgument] = [:]
        /// The role that it is tried as; nil for somebody who is not signed in.
        let role: String?
        let link: Link
    }

    /// Everybody to sign in as, or to register as, in the order of the story.
    let people: [DemoAccount]
    let journeys: [Journey]

    init(_ accounts: [DemoAccount]) {
        let card = accounts.first { $0.role == DemoCard.role }?.cases.first ?? ""
        let confidential = accounts.first { $0.role == "confidential case" }?.number ?? ""
        people = DemoStory.roles.compactMap { role in accounts.first { $0.role == role } }
        journeys = [
            Journey(
                title: "portal.demo.journey.company", text: "portal.demo.journey.companyText", role: "unregistered company",
                link: AccountAddresses.register()),
            Journey(
                title: "portal.demo.journey.mail", text: "portal.demo.journey.mailText", role: nil,
                link: DemoMailAddresses.list()),
            Journey(
                title: "portal.demo.journey.older", text: "portal.demo.journey.olderText", role: "homeowner",
                link: CaseAddresses.dashboard()),
            Journey(
                title: "portal.demo.journey.add", text: "portal.demo.journey.addText", role: "company owner",
                link: CaseAddresses.dashboard()),
            Journey(
                title: "portal.demo.journey.people", text: "portal.demo.journey.peopleText", role: "company owner",
                link: AccountAddresses.account()),
            Journey(
                title: "portal.demo.journey.email", text: "portal.demo.journey.emailText", role: "applicant",
                link: AccountAddresses.account()),
            Journey(
                title: "portal.demo.journey.records", text: "portal.demo.journey.recordsText", role: "homeowner",
                link: AccountAddresses.records()),
            Journey(
                title: "portal.demo.journey.follow", text: "portal.demo.journey.followText", role: "homeowner",
                link: FollowingAddresses.list()),
            Journey(
                title: "portal.demo.journey.card", text: "portal.demo.journey.cardText",
                arguments: ["number": .text(card), "code": .text(DemoCard.code)], role: "homeowner",
                link: ClaimAddresses.claim().with([("case", card)])),
            Journey(
                title: "portal.demo.journey.ask", text: "portal.demo.journey.askText", role: nil,
                link: HelpDeskAddresses.accessRequest()),
            Journey(
                title: "portal.demo.journey.answer", text: "portal.demo.journey.answerText", role: "contact steward",
                link: HelpDeskAddresses.desk()),
            Journey(
                title: "portal.demo.journey.search", text: "portal.demo.journey.searchText", role: nil,
                link: PublicRecordAddresses.search()),
            Journey(
                title: "portal.demo.journey.confidential", text: "portal.demo.journey.confidentialText", role: nil,
                link: PublicRecordAddresses.search().with([("q", confidential)])),
        ]
    }

    private static let roles = [
        "unregistered company", "unregistered person", "homeowner", "applicant", "company owner", "company manager",
        "company member", "company crew", "contact steward", "intake", "reviewer", "inspector", "cashier", "code officer",
        "supervisor",
        "administrator",
    ]

    /// Who that is and what they can try; nil for a role that the story does not know.
    static func words(_ role: String, _ t: Voice) -> (title: String, text: String)? {
        switch role {
        case "unregistered company": (t("portal.demo.who.company"), t("portal.demo.try.company"))
        case "unregistered person": (t("portal.demo.who.person"), t("portal.demo.try.person"))
        case "homeowner": (t("portal.demo.who.homeowner"), t("portal.demo.try.homeowner"))
        case "applicant": (t("portal.demo.who.applicant"), t("portal.demo.try.applicant"))
        case "company owner": (t("portal.demo.who.owner"), t("portal.demo.try.owner"))
        case "company manager": (t("portal.demo.who.manager"), t("portal.demo.try.manager"))
        case "company member": (t("portal.demo.who.member"), t("portal.demo.try.member"))
        case "company crew": (t("portal.demo.who.crew"), t("portal.demo.try.crew"))
        case "contact steward": (t("portal.demo.who.steward"), t("portal.demo.try.steward"))
        case "intake": (t("portal.demo.who.intake"), t("portal.demo.try.staff"))
        case "reviewer": (t("portal.demo.who.reviewer"), t("portal.demo.try.staff"))
        case "inspector": (t("portal.demo.who.inspector"), t("portal.demo.try.staff"))
        case "cashier": (t("portal.demo.who.cashier"), t("portal.demo.try.staff"))
        case "code officer": (t("portal.demo.who.codeOfficer"), t("portal.demo.try.codeOfficer"))
        case "supervisor": (t("portal.demo.who.supervisor"), t("portal.demo.try.staff"))
        case "administrator": (t("portal.demo.who.administrator"), t("portal.demo.try.administrator"))
        default: nil
        }
    }
}
