internal import Contacts
internal import Core
internal import Database
internal import Jobs
internal import Matching
internal import Primitives

/// Looks at all contacts every night (B8): learns what agreement is worth here, finds likely duplicates, and brings the list of them up
/// to date. It decides nothing and merges nothing. Stopped in the middle, it begins anew; whatever it wrote before stays right.
struct RadarNight: Sendable {
    static let schedule = JobSchedule("contacts.radar-night", every: .hours(24))
    static let job = CityJob(schedule.kind, attempts: 20) { run, city in try await RadarNight(run: run, city: city).work() }

    let run: JobRun
    let city: CityContext

    /// From fewer contacts nothing can be learned, and a person sees them all at a glance.
    static let fewest = 25
    /// Contacts read, pairs looked at, in one transaction.
    private static let batch = 250
    /// More pairs than anybody will ever look through are not kept, the likeliest are.
    private static let mostPairs = 100_000

    /// So many contacts are looked at in a few seconds, at any hour; more of them wait for the night.
    private static let fewForNow = 5000
    private static let night = 1..<5

    func work() async throws {
        let started = city.clock.now
        try await waitForNight(started)
        let gathered = try await gather()
        let count = gathered.ids.count
        guard count >= RadarNight.fewest else {
            try await sweep([], started)
            return try await city.db.write { conn in try run.finish(conn) }
        }
        let (found, knowledge) = try await compare(gathered)
        try await sweep(found, started)
        let model = StoredModel(at: city.clock.now, contacts: count, found)
        try await city.db.write { conn in
            try model.store(knowledge, conn)
            try run.finish(conn)
        }
    }

    /// Thinking about a million contacts takes a processor for minutes.
    private func waitForNight(_ now: Instant) async throws {
        let (_, hour, minute) = city.cityClock.local(now)
        guard !RadarNight.night.contains(hour) else { return }
        let isMany = try await city.db.read { conn in
            try conn.exists("SELECT 1 FROM contact ORDER BY id LIMIT 1 OFFSET \(RadarNight.fewForNow)")
        }
        guard isMany else { return }
        let minutes = ((24 + RadarNight.night.lowerBound - hour) % 24) * 60 - minute
        throw JobLater("Waits for the night.", after: .minutes(Int64(minutes)))
    }

    // MARK: Reading

    private struct Gathered {
        var builder = MatchRecordsBuilder()
        var ids: [ContactID] = []
        var digests: [Int64] = []
    }

    /// All contacts, those that are one as one. Their keys are brought up to date on the way, a few hundred contacts at a time.
    private func gather() async throws -> Gathered {
        var gathered = Gathered()
        var from = ContactID(0)
        while true {
            try stopIfAsked()
            let start = from
            let some = try await city.db.read { conn in try Some.read(after: start, limit: RadarNight.batch, conn) }
            if !some.changed.isEmpty || !some.gone.isEmpty {
                try await city.db.write { conn in try LookShelf.keep(some.changed, without: some.gone, conn) }
            }
            for side in some.sides {
                gathered.builder.add(side.matched)
                gathered.ids.append(side.id)
                gathered.digests.append(side.digest)
            }
            guard let last = some.last else { return gathered }
            from = last
            if gathered.ids.count % (20 * RadarNight.batch) < RadarNight.batch {
                try await run.progress(gathered.ids.count, of: 0)
            }
        }
    }

    private struct Some: Sendable {
        let sides: [ContactSide]
        let changed: [ContactSide]
        let gone: [ContactID]
        /// nil when there are no more.
        let last: ContactID?

        static func read(after from: ContactID, limit: Int, _ conn: Connection) throws -> Some {
            let ids: [ContactID] = try conn.rows(
                """
                SELECT c.id FROM contact c JOIN contact_cluster k ON k.contact_id = c.id
                WHERE c.id > \(from) AND k.survivor_id = c.id AND c.until IS NULL ORDER BY c.id LIMIT \(limit)
                """
            ).map { try $0["id"] }
            let last = ids.count < limit ? nil : ids.last
            let sides = try ContactSide.find(ids, conn).filter(\.hasName)
            let known = try LookShelf.digests(after: from, upTo: last ?? ContactID(.max), conn)
            let live = Set(sides.map(\.id))
            return Some(
                sides: sides, changed: sides.filter { known[$0.id] != $0.digest },
                gone: known.keys.filter { !live.contains($0) }.sorted(), last: last)
        }
    }

    // MARK: Comparing

    private func compare(_ gathered: Gathered) async throws -> ([FoundPair], MatchKnowledge) {
        let (ids, digests) = (gathered.ids, gathered.digests)
        let matcher = try ContactMatcher(gathered.builder.finish())
        var found: [FoundPair] = []
        try await matcher.pairs(
            threads: 1,
            found: { pairs in
                pairs.compactMap { FoundPair($0, (ids[$0.a], digests[$0.a]), (ids[$0.b], digests[$0.b])) }
            },
            kept: { some in
                try stopIfAsked()
                found += some
                if found.count > 2 * RadarNight.mostPairs { found = RadarNight.likeliest(found) }
            })
        return (RadarNight.likeliest(found), matcher.knowledge)
    }

    private static func likeliest(_ found: [FoundPair]) -> [FoundPair] {
        guard found.count > mostPairs else { return found }
        return Array(found.sorted { $0.tenths == $1.tenths ? $0.key < $1.key : $0.tenths > $1.tenths }.prefix(mostPairs))
    }

    // MARK: Keeping

    /// Walks through what is kept, beside what was found: the list is as it was found, and what people decided stays.
    private func sweep(_ found: [FoundPair], _ started: Instant) async throws {
        var rest = Dictionary(found.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var key = PairKey(ContactID(0), ContactID(0))
        while true {
            try stopIfAsked()
            let from = key
            let stored = try await city.db.read { conn in try PairShelf.next(after: from, limit: RadarNight.batch, conn) }
            let steps = stored.compactMap { one -> (PairShelf.Step, PairShelf.Stored, FoundPair?)? in
                let pair = rest.removeValue(forKey: one.key)
                let step = PairShelf.step(one, pair, started: started)
                return step == .nothing ? nil : (step, one, pair)
            }
            let now = city.clock.now
            if !steps.isEmpty {
                try await city.db.write { conn in
                    for (step, one, pair) in steps { try PairShelf.take(step, one, pair, at: now, conn) }
                }
            }
            guard stored.count == RadarNight.batch, let last = stored.last else { break }
            key = last.key
        }
        try await add(rest.values.sorted { $0.key < $1.key })
    }

    private func add(_ pairs: [FoundPair]) async throws {
        let now = city.clock.now
        for start in stride(from: 0, to: pairs.count, by: RadarNight.batch) {
            try stopIfAsked()
            let some = pairs[start..<min(pairs.count, start + RadarNight.batch)]
            try await city.db.write { conn in for pair in some { try PairShelf.add(pair, at: now, conn) } }
        }
    }

    private func stopIfAsked() throws {
        guard !run.shouldStop else { throw JobLater("Begins anew after the restart.", after: .seconds(0)) }
    }
}
