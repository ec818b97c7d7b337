public import Core
public import Database
public import HTML
public import Primitives
public import Web

/// Who somebody is: registering, signing in and out, passwords, sessions, "My account" (A1-A7, A9).
public struct AccountsFeature: AccountFeature {
    public let name = "Accounts"
    let hasher: PasswordHasher
    /// The city's own sign-in service; nil when the operator named none.
    let directory: OpenIDClient?
    /// Passwords known from elsewhere; nil when the operator keeps no such list.
    let breached: BreachedPasswords?
    let actingFor: SQL
    let welcome: @Sendable (AccountID, Connection) throws -> Phrase
    let dashboard: Link
    let staffDesk: Link
    let oldPortal: Link
    let isOldPortalUser: @Sendable (FoldedEmail, Connection) throws -> Bool

    /// - Parameters:
    ///   - provider: where staff may sign in with the account they have at the city; nil when there is no such place.
    ///   - breached: passwords that nobody may choose, beside the list that the program brings.
    ///   - actingFor: a statement with `account_id`, `organization_id`, `organization_name`, `place`: for whom each account may act, and
    ///     in which order.
    ///   - welcome: what a new account is told first, once everything that follows from proving its address has happened.
    ///   - dashboard: where people of the public begin.
    ///   - staffDesk: where staff begin.
    ///   - oldPortal: the page that explains how to come over from an older portal (A5).
    ///   - isOldPortalUser: whether somebody signed in to the older portal with this address.
    public init(
        hasher: PasswordHasher, provider: OpenIDProvider? = nil, breached: BreachedPasswords? = nil, actingFor: SQL,
        welcome: @escaping @Sendable (AccountID, Connection) throws -> Phrase, dashboard: Link, staffDesk: Link,
        oldPortal: Link = AccountAddresses.register(),
        isOldPortalUser: @escaping @Sendable (FoldedEmail, Connection) throws -> Bool = { _, _ in false }
    ) {
        self.hasher = hasher
        directory = provider.map(OpenIDClient.init)
        self.breached = breached
        self.actingFor = actingFor
        self.welcome = welcome
        self.dashboard = dashboard
        self.staffDesk = staffDesk
        self.oldPortal = oldPortal
        self.isOldPortalUser = isOldPortalUser
    }

    public var words: WordSource? { accountsWords }
    public var migrations: [Migration] { accountsMigrations }
    public var effects: [Effect] { accountEffects }
    public var tellings: [FactTelling] { accountTellings }

    public var actions: [StaffAction] {
        [
            StaffAction("staff.manage", "accounts.may.manageStaff"), StaffAction("account.support", "accounts.may.support"),
            StaffAction("security.view", "accounts.may.viewSecurity"),
        ]
    }
    public var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "accounts.support.title", explanation: "accounts.support.explanation", link: AccountAddresses.support(),
                action: "account.support"),
            DeskLink(
                title: "accounts.events.title", explanation: "accounts.events.explanation",
                link: AccountAddresses.securityEvents(), action: "security.view"),
        ]
    }

    public var routes: [Route] {
        doors + myAccount + FindAccountPage.routes + SupportPage.routes + SupportActPage.routes
            + SecurityEventsPage(desk: staffDesk).routes
    }

    /// Registering, signing in and out, and the links of mails.
    private var doors: [Route] {
        StartRegistration.routes + ConfirmEmail.routes + FinishAccount.routes(self) + SignIn.routes(self)
            + StaffSignIn.routes(self) + DirectorySignIn.routes(self) + ConnectDirectory.routes(self) + SignOut.routes
            + AskForReset.routes(self) + ChoosePassword.routes(self)
            + SecondStep.routes(self) + PasskeySignIn.routes(self) + KeepSecondStep.routes + BegunRegistrationPage.routes
    }

    private var myAccount: [Route] {
        MyAccountPage.routes + SessionPanel.routes + DetailsPage.routes + EmailsPage.routes + MailChoicesPage.routes
            + ChangePassword.routes(self) + AddPasskey.routes + SecurityPage.routes(self) + AppPage.routes
            + RecoveryCodesPage.routes
            + Reauthenticate.routes(self) + ConfirmByPasskey.routes + RecordsPage.routes + ActivityPage.routes
            + CloseAccountPage.routes
    }

    public var accountPanels: [AccountPanel] {
        [
            AccountPanel(order: 10, view: MyAccountPage.details),
            AccountPanel(order: 20, view: MyAccountPage.language),
            AccountPanel(order: 90, view: SessionPanel.view),
            AccountPanel(order: 95, view: MyAccountPage.onFile),
        ]
    }
    public var accountRecords: [AccountRecords] { OwnRecords.all }
    public var jobs: [CityJob] { [OldPortalMail.job(isOldPortalUser, oldPortal: oldPortal), FactorRemoval.job] }

    /// Used or expired links are of no use to anybody, nor are sessions that ended a month ago; that somebody signed in is a fact.
    public func tidy(at now: Instant, _ conn: Connection) throws {
        let old = now - .days(30)
        try conn.run("DELETE FROM email_token WHERE expires_at < \(old)")
        try conn.run("DELETE FROM email_addition WHERE expires_at < \(old)")
        try conn.run("DELETE FROM sign_in_step WHERE expires_at < \(old)")
        try conn.run("DELETE FROM directory_offer WHERE expires_at < \(old)")
        try conn.run("DELETE FROM factor_offer WHERE expires_at < \(now - .days(1))")
        try conn.run("DELETE FROM known_browser WHERE seen_at < \(now - .days(400))")
        try conn.run("DELETE FROM session WHERE created_at < \(old - .days(14)) OR ended_at < \(old)")
    }

    /// Where somebody goes who has just signed in and was on the way to nowhere else.
    func home(isStaff: Bool) -> Link { isStaff ? staffDesk : dashboard }
}
