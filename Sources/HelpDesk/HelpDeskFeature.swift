public import Accounts
internal import Contacts
public import Core
public import Database
public import HTML
public import Primitives

/// Where the help desk is. Other modules link to these.
public enum HelpDeskAddresses {
    /// Asking for access to a case or a record (C3).
    public static let accessRequest = PlainAddress("/access-request")
    /// The staff's start page.
    public static let desk = PlainAddress("/staff/desk")
    /// Phone lines, hours, where the office is.
    public static let help = PlainAddress("/help")
    /// A signed-in person's own requests.
    public static let requests = PlainAddress("/account/requests")

    static let received = Address<String>("/access-request/received/{number}")
    static let status = Address<String>("/access-request/{token}")
    static let withdrawByToken = Address<String>("/access-request/{token}/withdraw")
    static let request = Address<String>("/account/requests/{number}")
    static let withdraw = Address<String>("/account/requests/{number}/withdraw")

    static let queue = PlainAddress("/staff/desk/access-requests")
    static let answer = Address<String>("/staff/desk/access-requests/{number}")
    static let link = Address<String>("/staff/desk/access-requests/{number}/link")
    static let decline = Address<String>("/staff/desk/access-requests/{number}/decline")
    static let uphold = Address<String>("/staff/desk/access-requests/{number}/uphold")
    static let undo = Address<String>("/staff/desk/access-requests/{number}/undo")
}

/// The help desk: asking for access, the stewards' queue of it, the desk where every queue stands, and the page of phone lines (C3, I1).
public struct HelpDeskFeature: AccountFeature {
    private let guide: Link
    private let oldPortal: Link

    /// - Parameters:
    ///   - guide: the guide's first page.
    ///   - oldPortal: what somebody with an account on the old portal does.
    public init(guide: Link, oldPortal: Link) {
        self.guide = guide
        self.oldPortal = oldPortal
    }

    public let name = "HelpDesk"
    public var words: WordSource? { helpDeskWords }
    public var migrations: [Migration] { helpDeskMigrations }
    public var accessRules: [AccessRule] { AccessRequestAccess.rules }
    public var reactions: [Reaction] { [ClaimUndecided.reaction, Objection.reaction, Proof.reaction, RequestSignal.reaction] }
    public var effects: [Effect] { RequestMail.effects }
    public var tellings: [FactTelling] { RequestTellings.all }

    public var accountPanels: [AccountPanel] { [AccountPanel(order: 50, view: RequestsPanel.show)] }
    public var accountRecords: [AccountRecords] { OwnRequests.all }

    public var deskQueues: [DeskQueue] {
        [
            DeskQueue(
                title: "helpDesk.queue.title", explanation: "helpDesk.queue.explanation", link: HelpDeskAddresses.queue(),
                action: "access-request.view", waiting: AccessRequest.waiting)
        ]
    }

    public var routes: [Route] {
        let help = HelpPage(guide: guide, oldPortal: oldPortal)
        return [
            .get(HelpDeskAddresses.help, .anyone, help.show),

            .get(HelpDeskAddresses.accessRequest, .anyone, form: AskForm.start, AskPage.show),
            .post(HelpDeskAddresses.accessRequest, .anyone, form: AskForm.form, invalid: AskPage.showAgain, AskPage.send),
            .get(HelpDeskAddresses.received, .anyone, ReceivedPage.show),
            .get(HelpDeskAddresses.status, .anyone, live: .helpDesk, StatusPage.showToGuest),
            .post(HelpDeskAddresses.withdrawByToken, .anyone, Withdrawal.byGuest),
            .get(HelpDeskAddresses.requests, .account, RequestsPage.show),
            .get(HelpDeskAddresses.request, .account, live: .helpDesk, StatusPage.showToAccount),
            .post(HelpDeskAddresses.withdraw, .account, Withdrawal.byAccount),

            .get(HelpDeskAddresses.desk, .staff("desk.open"), live: .helpDesk, DeskPage.show),
            .get(HelpDeskAddresses.queue, .staff("access-request.view"), form: QueueForm.form, live: .helpDesk, QueuePage.show),
            .get(HelpDeskAddresses.answer, .staff("access-request.view"), AnswerPage.show),
            .post(
                HelpDeskAddresses.link, .staff("contact.link"), form: LinkForm.form, invalid: AnswerPage.show, LinkAction.run),
            .post(
                HelpDeskAddresses.decline, .staff("access-request.answer"), form: DeclineForm.form, invalid: AnswerPage.show,
                DeclineAction.run),
            .post(
                HelpDeskAddresses.uphold, .staff("contact.link"), form: UpholdForm.form, invalid: AnswerPage.show,
                UpholdAction.run),
            .post(HelpDeskAddresses.undo, .staff("contact.link"), form: UndoForm.form, invalid: AnswerPage.show, UndoAction.run),
        ]
    }
}
