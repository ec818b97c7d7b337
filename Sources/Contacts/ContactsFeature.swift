public import Accounts
public import Core
public import Database
public import Jobs
public import Primitives

/// Who the city knows (B), and how accounts come to act for them (C).
public struct ContactsFeature: AccountFeature {
    public init() {}
    public let name = "Contacts"
    public var words: WordSource? { contactsWords }
    public var migrations: [Migration] { contactsMigrations }
    public var accessRules: [AccessRule] { ContactAccess.rules }
    public var reactions: [Reaction] { [ClaimWriter.reaction, Forest.reaction, ClosedAccount.reaction] }
    public var effects: [Effect] {
        OrganizationMails.effects + [OwnershipNotice.effect, LinkMails.effect] + MergeMails.effects
    }
    public var tellings: [FactTelling] { ContactTellings.all }
    public var accountPanels: [AccountPanel] { [AccountPanel(order: 40, view: FindablePanel.show)] }
    public var accountRecords: [AccountRecords] { OwnContacts.all }
    public var closingNotes: [ClosingNotes] { [ClosedAccount.notes] }
    public var actions: [StaffAction] { [StaffAction("contact.view", "contacts.may.view")] }
    public var jobs: [CityJob] { [ExpireMemberInvitations.job] }
    public var schedules: [JobSchedule] { [ExpireMemberInvitations.schedule] }
    public var routes: [Route] {
        [
            .get(ContactAddresses.organization, .account, OrganizationPage.show),
            .post(ContactAddresses.findable, .account, form: FindableForm.form, FindableForm.save),
            .post(ContactAddresses.actingFor, .account, form: ActingForPanel.form, ActingForPanel.save),
            .get(ContactAddresses.objection, .anyone, ObjectionPage.show),
            .post(ContactAddresses.objection, .anyone, ObjectionPage.object),
        ] + MemberActions.routes + PersonPage.routes + InvitePage.routes + InvitationActions.routes
            + OrganizationInvitationPage.routes
    }

    /// What somebody is told when their account is ready (C1).
    @Sendable public static func welcome(_ account: AccountID, _ conn: Connection) throws -> Phrase {
        try Welcome.phrase(for: account, conn)
    }

    /// For whom each account may act: the organizations it belongs to, in the order in which it joined them.
    public static let actingFor: SQL = """
        SELECT m.account_id, m.organization_id, c.company_name AS organization_name, m.id AS place
        FROM membership m JOIN contact c ON c.id = m.organization_id
        WHERE m.until IS NULL
        """
}
