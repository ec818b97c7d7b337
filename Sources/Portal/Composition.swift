public import Accounts
internal import Administration
internal import Billing
internal import Cases
internal import Claims
internal import CleanUp
public import CityPack
internal import Contacts
public import Core
public import Database
internal import Following
internal import HelpDesk
public import Import
internal import Inspections
internal import Jobs
public import Mail
internal import Operations
internal import Places
public import Logging
public import Primitives
internal import PublicRecord
public import Web

/// Puts the modules together: the one list of features, and the context they share.
public struct Composition: Sendable {
    public let features: [any Feature]
    public let hasher: PasswordHasher
    private let accounts: AccountsFeature

    /// The order matters where one fact has several reactions: contacts are linked before waiting invitations look for them.
    /// - Parameters:
    ///   - provider: where staff may sign in with the account they have at the city.
    ///   - breached: passwords that nobody may choose.
    public init(isDemo: Bool, provider: OpenIDProvider? = nil, breached: BreachedPasswords? = nil) {
        hasher = PasswordHasher()
        accounts = AccountsFeature(
            hasher: hasher, provider: provider, breached: breached, actingFor: ContactsFeature.actingFor,
            welcome: ContactsFeature.welcome, dashboard: CaseAddresses.dashboard(), staffDesk: HelpDeskAddresses.desk(),
            oldPortal: GuideAddresses.oldPortal(),
            isOldPortalUser: OldPortalUsers.contains)
        let others: [any Feature] = [
            CoreFeature(),
            PortalFeature(isDemo: isDemo),
            accounts,
            ContactsFeature(),
            PlacesFeature(),
            CasesFeature(
                accessRequest: HelpDeskAddresses.accessRequest(), contactTypesGuide: GuideAddresses.contactTypes(),
                search: PublicRecordAddresses.search(), placePage: PublicRecordAddresses.place),
            HelpDeskFeature(guides: Guide.forHelp),
            CleanUpFeature(desk: HelpDeskAddresses.desk()),
            PublicRecordFeature(),
            FollowingFeature(search: PublicRecordAddresses.search()),
            BillingFeature(),
            InspectionsFeature(),
            ImportFeature(desk: HelpDeskAddresses.desk()),
            OperationsFeature(desk: HelpDeskAddresses.desk()),
            AdministrationFeature(desk: HelpDeskAddresses.desk(), hasPatterns: isDemo),
        ]
        let evidence = others.compactMap { $0 as? any CaseFeature }.flatMap(\.evidenceSources)
        let claims = ClaimsFeature(
            evidence: evidence, asking: HelpDeskAddresses.accessRequest(), requests: HelpDeskAddresses.requests(),
            desk: HelpDeskAddresses.desk(), hasher: hasher)
        features = others + [claims]
    }

    /// What other modules put into a demo city once its people and cases are there.
    public var demoAdditions: [DemoAddition] { [DemoFollowing.enter] }

    public var migrations: [Migration] { jobsMigrations + Outbox.migrations + features.flatMap(\.migrations) }

    public func words() throws -> Words { try Words([webWords] + features.compactMap(\.words)) }

    /// What a city pack is checked against.
    public func programNames() throws -> ProgramNames { ProgramNames(features, try words()) }

    public func city(
        db: any ConnectionPool, pack: CityPack, clock: Clock, cityClock: CityClock, randomness: Randomness,
        settings: CitySettings, assets: Assets, log: Logger, cityFolder: String? = nil, mail: MailTransport? = nil,
        checkpoints: Checkpoints? = nil
    ) throws -> CityContext {
        _ = try Criterion.all()
        return CityContext(
            db: db, pack: pack, clock: clock, cityClock: cityClock, randomness: randomness, words: try words(),
            settings: settings,
            assets: assets, features: features, log: log, mail: mail, checkpoints: checkpoints,
            cityFolder: cityFolder,
            identify: { [accounts] request, city in try await accounts.identify(request, city) },
            layout: { Layout.frame($0, $1) })
    }
}
