public import Accounts
public import Core
public import Database
public import HTML
public import Jobs
public import Primitives

/// Cases, who is on them, and the pages where people find theirs.
public struct CasesFeature: CaseFeature, AccountFeature {
    let accessRequest: Link
    let contactTypesGuide: Link
    let search: Link?
    let placePage: @Sendable (_ address: String) -> Link?
    let packs = PackShelf()

    /// - Parameters:
    ///   - accessRequest: where somebody asks for a case that is missing (C3).
    ///   - contactTypesGuide: the guide "Which contact type?".
    ///   - search: the public record, offered to somebody who has no case yet.
    ///   - placePage: everything public at an address, as a case writes it; nil when there can be no such page.
    public init(
        accessRequest: Link, contactTypesGuide: Link, search: Link? = nil,
        placePage: @escaping @Sendable (_ address: String) -> Link? = { _ in nil }
    ) {
        self.accessRequest = accessRequest
        self.contactTypesGuide = contactTypesGuide
        self.search = search
        self.placePage = placePage
    }

    public let name = "Cases"
    public var words: WordSource? { casesWords }
    public var migrations: [Migration] { casesMigrations }
    public var accessRules: [AccessRule] { CaseAccess.rules }
    public var reactions: [Reaction] { [Invitations.acceptOnProof, Invitations.endWithAccount, Associates.endWithMembership] }
    public var effects: [Effect] { ContactMail.effects + InvitationMail.effects }
    public var jobs: [CityJob] { [ExpireInvitations.job] }
    public var schedules: [JobSchedule] { [ExpireInvitations.schedule] }
    public var tellings: [FactTelling] { CaseTelling.all.map(\.registered) + Associates.tellings }

    public var accountRecords: [AccountRecords] { OwnParts.all }
    public var closingNotes: [ClosingNotes] { [MyCases.closingNotes] }
    public var actions: [StaffAction] { [StaffAction("case.view", "cases.may.view")] }

    /// Every field of a case record, also those that other features show.
    public var caseFields: [String] {
        [
            "number", "module", "type", "work_class", "status", "progress", "description", "project", "parent", "address", "unit",
            "parcel", "applied", "issued", "expires", "finalized", "valuation", "contractor", "contacts", "locations", "holds",
            "conditions", "documents", "invoices", "inspections", "timeline", "next_step", "notes", "assignee", "imported_from",
            "card_code", "phone_pin",
        ]
    }

    public var routes: [Route] {
        [
            .get(CaseAddresses.dashboard, .account) { try await DashboardPage.show($0, self) },
            .get(CaseAddresses.list, .account) { try await CaseListPage.show($0, self) },
            .get(CaseAddresses.show, .anyone) { try await SummaryPage.show($0, self) },
            .get(CaseAddresses.locations, .anyone, LocationsPage.show),
            .get(CaseAddresses.subRecords, .anyone, SubRecordsPage.show),
            .get(CaseAddresses.timeline, .anyone, TimelinePage.show),
        ] + ContactsPage.routes(guide: contactTypesGuide) + InvitationPage.routes + ChosenCasesPage.routes
    }

    public var caseTabs: [CaseTab] {
        [
            CaseTab(title: "cases.tab.summary", order: 0, link: { CaseAddresses.show($0) }),
            CaseTab(title: "cases.tab.contacts", order: 10, link: { CaseAddresses.contacts($0) }, count: Parties.count),
            CaseTab(title: "cases.tab.locations", order: 20, link: { CaseAddresses.locations($0) }, count: Locations.count),
            CaseTab(title: "cases.tab.subRecords", order: 30, link: { CaseAddresses.subRecords($0) }, count: SubRecords.count),
            CaseTab(title: "cases.tab.timeline", order: 90, link: { CaseAddresses.timeline($0) }),
        ]
    }

    public var caseActions: [CaseAction] {
        [
            CaseAction(AddContact.action, title: "cases.contacts.addTitle", right: "case.act") {
                CaseAddresses.contacts($0).with([], fragment: ContactsView.addID)
            }
        ]
    }

    public var olderCaseWays: [OlderCaseWay] {
        [
            OlderCaseWay(order: OlderCaseWay.asking, title: "cases.older.ask") { [accessRequest] in
                accessRequest.with([("case", $0)])
            }
        ]
    }

    public var obstacles: [ObstacleSource] { [ObstacleSource(AddContact.action, find: AddContact.obstacles)] }
}
