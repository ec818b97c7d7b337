public import Accounts
internal import Cases
internal import CityPack
public import Core
internal import Database
internal import Primitives

/// Something that another module puts into a demo city: gets everybody to sign in as.
public typealias DemoAddition = @Sendable ([DemoAccount], Change) throws -> Void

/// A city of invented people and cases for trying things out: any size, the same for the same seed on the same day. Its facts are
/// of origin `demo`, so that nobody gets mail.
public struct DemoCity: Sendable {
    private let city: CityContext
    private let hasher: PasswordHasher
    private let additions: [DemoAddition]

    /// Everybody who has an account in the demo city signs in with this.
    public static let password = "five blue herons over the creek"

    /// - Parameter additions: what modules beside this one put into it.
    public init(city: CityContext, hasher: PasswordHasher, additions: [DemoAddition] = []) {
        self.city = city
        self.hasher = hasher
        self.additions = additions
    }

    /// Fills an empty city.
    /// - Parameters:
    ///   - cases: how many; a few more when that is too few for every role and type to have theirs. 0 makes a city where nobody has
    ///     applied for anything yet.
    ///   - progress: gets a line now and then; may throw to stop.
    public func make(
        cases count: Int, seed: UInt64, progress: @escaping @Sendable (String) throws -> Void = { _ in }
    ) async throws {
        try await begin()
        let hash = try await hasher.hash(DemoCity.password)
        var dice = Dice(seed: seed)
        let cast = try await write { try DemoCast.enter(passwordHash: hash, $0) }
        var crowd = DemoCrowd()
        try await crowd.settle(for: count, dice: &dice, passwordHash: hash, self, progress)

        let traps = try await setTraps(for: count, &dice, passwordHash: hash)

        var planner = DemoPlanner(pack: city.pack, today: city.cityClock.today, crowd: crowd, dice: dice)
        var plan = count == 0 ? [] : planner.plan(count, special: cast.cases(&planner), traps: traps)
        cast.keepBusy(&plan)
        var made = DemoRecords()
        var rest = plan[...]
        var size = BatchSize(least: 250)
        while !rest.isEmpty {
            try Task.checkCancellation()
            let batch = Array(rest.prefix(size.rows))
            rest = rest.dropFirst(batch.count)
            let before = made
            made = try await size.timing {
                try await write { change in
                    var made = before
                    try made.make(batch, change)
                    return made
                }
            }
            made.forgetParents(but: rest)
            try progress("\(grouped(plan.count - rest.count)) of \(grouped(plan.count)) cases")
        }
        let numbers = made.numbers
        try await write { change in
            try DemoCompany.settle(cast.builder, numbers[.companyMember] ?? [], change)
            let accounts = cast.accounts(numbers, city)
            for account in accounts { try account.store(change) }
            for add in additions { try add(accounts, change) }
        }
    }

    /// Who to sign in as; empty when there is no demo city.
    public static func accounts(city: CityContext) async throws -> [DemoAccount] { try await city.db.read(DemoAccount.all) }

    func write<Result: Sendable>(_ body: @escaping @Sendable (Change) throws -> Result) async throws -> Result {
        try await city.load(as: .job("demo"), origin: .demo, body)
    }

    private func setTraps(for cases: Int, _ dice: inout Dice, passwordHash: String) async throws -> DemoTraps {
        var traps = DemoTraps()
        for set in 0..<DemoTraps.sets(for: cases) {
            let (before, rolled) = (traps, dice)
            (traps, dice) = try await write { change in
                var (traps, dice) = (before, rolled)
                try traps.enter(set, dice: &dice, passwordHash: passwordHash, change)
                return (traps, dice)
            }
        }
        return traps
    }

    private func begin() async throws {
        let isNew = try await write { change in
            guard try ImportRows.find("demo", "city", "begun", change.conn) == nil else { return false }
            try ImportRows.remember("demo", "city", "begun", hash: "", record: nil, change)
            return true
        }
        guard isNew else {
            throw ImportProblem(
                "This database holds a demo city already, or one that was interrupted. Use an empty database to make another.")
        }
    }
}
