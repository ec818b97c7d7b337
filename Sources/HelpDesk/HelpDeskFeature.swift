public import Accounts
public import Cases
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

    /// Topics to choose from, and the form of each.
    public static let topics = PlainAddress("/help/ask")
    static let topic = Address<String>("/help/ask/{topic}")
    /// My records, each with its correction.
    public static let records = PlainAddress("/help/correct")
    static let correct = Address<String>("/account/contacts/{contact}/correct")
    public static let primaryEmail = PlainAddress("/help/primary-email")
    static let proveMailbox = PlainAddress("/help/primary-email/confirm")
    static let sayByToken = Address<String>("/access-request/{token}/say")
    static let say = Address<String>("/account/requests/{number}/say")

    static let queue = PlainAddress("/staff/desk/access-requests")
    static let questions = PlainAddress("/staff/desk/questions")
    static let day = PlainAddress("/staff/desk/numbers")
    static let answer = Address<String>("/staff/desk/access-requests/{number}")
    static let reply = Address<String>("/staff/desk/access-requests/{number}/reply")
    static let note = Address<String>("/staff/desk/access-requests/{number}/note")
    static let assign = Address<String>("/staff/desk/access-requests/{number}/assign")
    static let close = Address<String>("/staff/desk/access-requests/{number}/close")
    static let applyCorrection = Address<String>("/staff/desk/access-requests/{number}/correct")
    static let designate = Address<String>("/staff/desk/access-requests/{number}/designate")
    static let link = Address<String>("/staff/desk/access-requests/{number}/link")
    static let decline = Address<String>("/staff/desk/access-requests/{number}/decline")
    static let uphold = Address<String>("/staff/desk/access-requests/{number}/uphold")
    static let undo = Address<String>("/staff/desk/access-requests/{number}/undo")
}

/// The help desk: asking for access and anything else, the queues of it, the desk where every queue stands, and the page of phone
/// lines (C3, I1).
public struct HelpDeskFeature: AccountFeature, CaseFeature {
    private let guides: HelpGuides

    /// - Parameter guides: what there is to read before one asks.
    public init(guides: HelpGuides) { self.guides = guides }

    public let name = "HelpDesk"
    public var words: WordSource? { helpDeskWords }
    public var migrations: [Migration] { helpDeskMigrations }
    public var accessRules: [AccessRule] { TicketAccess.rules }
    public var reactions: [Reaction] {
        [
            ClaimUndecided.reaction, Objection.reaction, Proof.reaction, TicketSignal.reaction,
            ClosedAccountRequests.reaction,
        ]
    }
    public var effects: [Effect] { TicketMail.effects }
    public var tellings: [FactTelling] { TicketTellings.all }

    public var actions: [StaffAction] {
        [
            StaffAction("desk.open", "helpDesk.may.openDesk"), StaffAction("access-request.view", "helpDesk.may.viewRequests"),
            StaffAction("access-request.answer", "helpDesk.may.answer"), StaffAction("contact.link", "helpDesk.may.link"),
            StaffAction("contact.correct", "helpDesk.may.correct"), StaffAction("ticket.view", "helpDesk.may.viewTickets"),
            StaffAction("ticket.answer", "helpDesk.may.answerTickets"),
        ]
    }

    public var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "helpDesk.day.title", explanation: "helpDesk.day.explanation", link: HelpDeskAddresses.day(),
                action: "ticket.view")
        ]
    }

    public var accountPanels: [AccountPanel] { [AccountPanel(order: 50, view: RequestsPanel.show)] }
    public var accountRecords: [AccountRecords] { OwnRequests.all }
    public var closingNotes: [ClosingNotes] { [ClosedAccountRequests.notes] }

    /// Whoever sees a case can ask about it (I2).
    public var caseActions: [CaseAction] {
        [
            CaseAction("ask", title: "helpDesk.question.aboutCase", right: "case.view") { number in
                HelpDeskAddresses.topics().with([(QuestionForm.about.definition.name, number)])
            }
        ]
    }

    public var deskQueues: [DeskQueue] {
        [
            DeskQueue(
                title: "helpDesk.queue.title", explanation: "helpDesk.queue.explanation", link: HelpDeskAddresses.queue(),
                action: "access-request.view", waiting: { try Ticket.waiting(in: .access, $0) }),
            DeskQueue(
                title: "helpDesk.questions.title", explanation: "helpDesk.questions.explanation",
                link: HelpDeskAddresses.questions(),
                action: "ticket.view", waiting: { try Ticket.waiting(in: .questions, $0) }),
        ]
    }

    public var routes: [Route] {
        let help = HelpPage(guides: guides)
        return [.get(HelpDeskAddresses.help, .anyone, help.show)] + asking + ownRequests + desk
    }

    /// How people ask.
    private var asking: [Route] {
        [
            .get(HelpDeskAddresses.accessRequest, .anyone, form: AskForm.start, AskPage.show),
            .post(HelpDeskAddresses.accessRequest, .anyone, form: AskForm.form, invalid: AskPage.showAgain, AskPage.send).even,
            .get(HelpDeskAddresses.received, .anyone, ReceivedPage.show),
            .get(HelpDeskAddresses.topics, .anyone, form: QuestionForm.start, TopicsPage(guides: guides).show),
            .get(HelpDeskAddresses.topic, .anyone, form: QuestionForm.start, QuestionPage.show),
            .post(HelpDeskAddresses.topic, .anyone, form: QuestionForm.form, invalid: QuestionPage.show, QuestionPage.send),
            .get(HelpDeskAddresses.records, .account, MyRecordsPage.show),
            .get(HelpDeskAddresses.correct, .account, CorrectionPage.show),
            .post(
                HelpDeskAddresses.correct, .account, form: CorrectionForm.form, invalid: CorrectionPage.show, CorrectionPage.send),
            .get(HelpDeskAddresses.primaryEmail, .anyone, PrimaryEmailPage.show),
            .post(
                HelpDeskAddresses.primaryEmail, .anyone, form: PrimaryEmailForm.form, invalid: PrimaryEmailPage.show,
                PrimaryEmailPage.send),
            .get(HelpDeskAddresses.proveMailbox, .anyone, form: MailboxProof.form, MailboxProof.show),
            .post(
                HelpDeskAddresses.proveMailbox, .anyone, form: MailboxProof.form, invalid: MailboxProof.show, MailboxProof.confirm
            ),
        ]
    }

    /// What became of it, for whoever asked.
    private var ownRequests: [Route] {
        [
            .get(HelpDeskAddresses.status, .anyone, live: .helpDesk, StatusPage.showToGuest),
            .post(HelpDeskAddresses.withdrawByToken, .anyone, Withdrawal.byGuest),
            .post(
                HelpDeskAddresses.sayByToken, .anyone, form: AskerForm.form, invalid: StatusPage.showToGuest, AskerWords.byGuest),
            .get(HelpDeskAddresses.requests, .account, RequestsPage.show),
            .get(HelpDeskAddresses.request, .account, live: .helpDesk, StatusPage.showToAccount),
            .post(HelpDeskAddresses.withdraw, .account, Withdrawal.byAccount),
            .post(
                HelpDeskAddresses.say, .account, form: AskerForm.form, invalid: StatusPage.showToAccount, AskerWords.byAccount),
        ]
    }

    /// Where staff answer.
    private var desk: [Route] {
        [
            .get(HelpDeskAddresses.desk, .staff("desk.open"), live: .helpDesk, DeskPage.show),
            .get(
                HelpDeskAddresses.queue, .staff("access-request.view"), form: QueueForm.form, live: .helpDesk,
                QueuePage(queue: .access).show),
            .get(
                HelpDeskAddresses.questions, .staff("ticket.view"), form: QueueForm.form, live: .helpDesk,
                QueuePage(queue: .questions).show),
            .get(HelpDeskAddresses.day, .staff("ticket.view"), form: DayForm.form, DayPage.show),
            .get(HelpDeskAddresses.answer, .staff("desk.open"), form: MacroForm.form, AnswerPage.show),
            .post(
                HelpDeskAddresses.reply, .staff("desk.open"), form: ReplyForm.form, invalid: AnswerPage.show, TalkActions.reply),
            .post(HelpDeskAddresses.note, .staff("desk.open"), form: NoteForm.form, invalid: AnswerPage.show, TalkActions.note),
            .post(
                HelpDeskAddresses.assign, .staff("desk.open"), form: AssignForm.form, invalid: AnswerPage.show,
                TalkActions.assign),
            .post(
                HelpDeskAddresses.close, .staff("desk.open"), form: CloseForm.form, invalid: AnswerPage.show, TalkActions.close),
            .post(
                HelpDeskAddresses.applyCorrection, .staff("contact.correct"), form: ApplyForm.form, invalid: AnswerPage.show,
                CorrectionAction.run),
            .post(
                HelpDeskAddresses.designate, .staff("contact.correct"), form: DesignateForm.form, invalid: AnswerPage.show,
                confirmed(DesignateAction.run)),
            .post(
                HelpDeskAddresses.link, .staff("contact.link"), form: LinkForm.form, invalid: AnswerPage.show,
                confirmed(LinkAction.run)),
            .post(
                HelpDeskAddresses.decline, .staff("desk.open"), form: DeclineForm.form, invalid: AnswerPage.show,
                DeclineAction.run),
            .post(
                HelpDeskAddresses.uphold, .staff("contact.link"), form: UpholdForm.form, invalid: AnswerPage.show,
                confirmed(UpholdAction.run)),
            .post(
                HelpDeskAddresses.undo, .staff("contact.link"), form: UndoForm.form, invalid: AnswerPage.show,
                confirmed(UndoAction.run)),
        ]
    }

    /// Who is connected with what decides who sees which cases: staff show again who they are, once an hour (A4).
    private func confirmed(_ step: @escaping Route.Handler) -> Route.Handler {
        { visit in try await Reauthenticate.first(visit, within: .hours(1)) { try await step(visit) } }
    }
}
