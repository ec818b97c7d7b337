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
}

/// Contact quality: staff pages of contacts, likely duplicates, merging and undoing it, the queue of all that (B8 to B11).
public struct CleanUpFeature: Feature {
    private let desk: Link

    /// - Parameter desk: where staff begin.
    public init(desk: Link) { self.desk = desk }

    public let name = "CleanUp"
    public var words: WordSource? { cleanUpWords }

    public var migrations: [Migration] { RadarParts.migrations }
    public var routes: [Route] { RadarParts.routes(desk: desk) }
    public var effects: [Effect] { RadarParts.effects }
    public var tellings: [FactTelling] { RadarParts.tellings }
    public var jobs: [CityJob] { RadarParts.jobs }
    public var schedules: [JobSchedule] { RadarParts.schedules }
    public var deskQueues: [DeskQueue] { RadarParts.deskQueues }
    public var actions: [StaffAction] { [StaffAction("contact.merge", "cleanUp.may.merge")] }
}
