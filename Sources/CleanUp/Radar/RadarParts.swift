internal import Core
internal import Database
internal import HTML
internal import Jobs

/// What the radar and its desk plug in (B8, B10).
enum RadarParts {
    static let migrations: [Migration] = radarMigrations
    static let jobs: [CityJob] = [RadarNight.job, RadarLook.job]
    static let schedules: [JobSchedule] = [RadarNight.schedule]
    static let effects: [Effect] = [RadarLook.effect]
    static let tellings: [FactTelling] = [PairTellings.decided]
    static let deskQueues: [DeskQueue] = [
        DeskQueue(
            title: "cleanUp.desk.title", explanation: "cleanUp.desk.explanation", link: CleanUpAddresses.desk(),
            action: "contact.merge", waiting: { try ContactPair.waiting($0) })
    ]

    /// - Parameter desk: where staff begin.
    static func routes(desk: Link) -> [Route] {
        let (list, pair, batch) = (PairListPage(desk: desk), PairPage(desk: desk), BatchPage(desk: desk))
        return list.routes + pair.routes + batch.routes
    }
}
