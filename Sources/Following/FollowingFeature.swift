public import Accounts
public import Cases
public import Core
public import Database
public import HTML
public import Primitives

/// Watching cases without being on them: following any public case, and collections over whatever cases somebody may see (C5).
public struct FollowingFeature: CaseFeature, AccountFeature {
    private let search: Link

    /// - Parameter search: the public record, where somebody finds cases to follow.
    public init(search: Link) { self.search = search }

    public let name = "Following"
    public var words: WordSource? { followingWords }
    public var migrations: [Migration] { followingMigrations }
    public var reactions: [Reaction] { [ClosedAccountFollowing.reaction] }
    public var effects: [Effect] { [FollowMail.effect] }
    public var jobs: [CityJob] { [FollowMail.job] }
    public var tellings: [FactTelling] { followingTellings }
    public var casePanels: [CasePanel] { [KeepPanel.casePanel] }
    public var accountPanels: [AccountPanel] { [OwnFollowing.accountPanel] }
    public var accountRecords: [AccountRecords] { OwnFollowing.records }
    public var closingNotes: [ClosingNotes] { [ClosedAccountFollowing.notes] }

    public var routes: [Route] {
        FollowCase.routes + FollowingPage.routes(search: search) + StopMailPage.routes + CollectCase.routes
            + CollectionsPage.routes + CollectionPage.routes(search: search)
    }

    public func tidy(at now: Instant, _ conn: Connection) throws { try StopMail.tidy(at: now, conn) }
}
