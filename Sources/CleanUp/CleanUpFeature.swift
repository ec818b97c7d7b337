public import Accounts
public import Cases
internal import Contacts
public import Core
public import Database
public import HTML
public import Jobs
public import Primitives

/// Where staff look after the records of persons and companies.
enum CleanUpAddresses {
    /// The one queue of everything that may need tidying (B10).
    static let desk = PlainAddress("/staff/desk/clean-up")
    /// Finding a contact.
    static let contacts = PlainAddress("/staff/contacts")
    /// A contact by its public id.
    static let contact = Address<String>("/staff/contacts/{id}")
    /// Two contacts side by side: are they one?
    static let compare = Address<String, String>("/staff/contacts/{id}/merge/{other}")
    /// Finding the other one.
    static let others = Address<String>("/staff/contacts/{id}/merge")
    /// Taking a merge back, by its edge.
    static let separate = Address<String, String>("/staff/contacts/{id}/apart/{edge}")
    /// What happened while two records were one, by the edge that ended.
    static let undone = Address<String>("/staff/desk/clean-up/undone/{edge}")
    /// What people say about their own records (B10).
    static let proposals = PlainAddress("/staff/desk/clean-up/proposals")
    static let proposal = Address<String>("/staff/desk/clean-up/proposals/{proposal}")
    /// Placing a hold on a contact, and lifting it.
    static let hold = Address<String>("/staff/contacts/{id}/hold")
    static let lift = Address<String, String>("/staff/contacts/{id}/hold/{hold}")
    /// Whether several people read an address of the contact.
    static let mailbox = Address<String>("/staff/contacts/{id}/mailbox")
}

/// Contact quality: staff pages of contacts, likely duplicates, merging and undoing it, the queue of all that (B8 to B11).
public struct CleanUpFeature: AccountFeature, CaseFeature {
    private let desk: Link

    /// - Parameter desk: where staff begin.
    public init(desk: Link) { self.desk = desk }

    public let name = "CleanUp"
    public var words: WordSource? { cleanUpWords }

    public var migrations: [Migration] { cleanUpMigrations + RadarParts.migrations }
    public var reactions: [Reaction] {
        [MergedTime.reaction, MergeProposal.reaction, PairReaction.merged, PairReaction.separated]
    }
    public var effects: [Effect] { [ProposalMail.effect] + HoldMail.effects + RadarParts.effects }
    public var tellings: [FactTelling] { ProposalMail.tellings + HoldTellings.all + RadarParts.tellings }
    public var obstacles: [ObstacleSource] { HoldObstacles.all }
    public var accountRecords: [AccountRecords] { [OwnProposals.records] }

    public var jobs: [CityJob] { RadarParts.jobs }
    public var schedules: [JobSchedule] { RadarParts.schedules }
    public var deskQueues: [DeskQueue] { RadarParts.deskQueues }

    public var routes: [Route] {
        let (compare, separate, since) = (ComparePage(desk: desk), SeparatePage(desk: desk), SinceMergePage(desk: desk))
        let (find, proposals, holds) = (FindContactPage(desk: desk), ProposalsPage(desk: desk), HoldPages(desk: desk))
        return [
            .get(CleanUpAddresses.contacts, .staff("contact.view"), form: FindContactPage.form, find.show),
            .get(CleanUpAddresses.contact, .staff("contact.view"), ContactPage(desk: desk).show),
            .post(CleanUpAddresses.mailbox, .staff("contact.correct"), form: SharedMailbox.form, SharedMailbox.mark),
            .get(CleanUpAddresses.others, .staff("contact.merge"), form: FindContactPage.form, find.showOthers),
            .get(CleanUpAddresses.compare, .staff("contact.merge"), compare.show),
            .post(
                CleanUpAddresses.compare, .staff("contact.merge"), form: ComparePage.form, invalid: compare.show, compare.merge),
            .get(CleanUpAddresses.separate, .staff("contact.merge"), separate.show),
            .post(
                CleanUpAddresses.separate, .staff("contact.merge"), form: SeparatePage.form, invalid: separate.show,
                separate.separate),
            .get(ContactAddresses.sameRecords, .account, ProposePage.show),
            .post(ContactAddresses.sameRecords, .account, form: ProposePage.form, invalid: ProposePage.show, ProposePage.take),
            .get(CleanUpAddresses.proposals, .staff("contact.merge"), proposals.show),
            .get(CleanUpAddresses.proposal, .staff("contact.merge"), proposals.showOne),
            .post(
                CleanUpAddresses.proposal, .staff("contact.merge"), form: ProposalsPage.form, invalid: proposals.showOne,
                proposals.decline),
            .get(CleanUpAddresses.hold, .staff("contact.hold"), holds.show),
            .post(CleanUpAddresses.hold, .staff("contact.hold"), form: HoldPages.form, invalid: holds.show, holds.place),
            .get(CleanUpAddresses.lift, .staff("contact.hold"), holds.showLift),
            .post(CleanUpAddresses.lift, .staff("contact.hold"), form: HoldPages.liftForm, invalid: holds.showLift, holds.lift),
            .get(CleanUpAddresses.undone, .staff("contact.merge"), form: SinceMergePage.list, since.show),
            .post(CleanUpAddresses.undone, .staff("contact.merge"), form: SinceMergePage.form, invalid: since.show, since.decide),
        ] + RadarParts.routes(desk: desk)
    }

    public var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "cleanUp.find.title", explanation: "cleanUp.find.explanation", link: CleanUpAddresses.contacts(),
                action: "contact.view")
        ]
    }

    public var actions: [StaffAction] {
        [StaffAction("contact.merge", "cleanUp.may.merge"), StaffAction("contact.hold", "cleanUp.may.hold")]
    }
}
