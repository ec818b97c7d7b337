public import CityPack
internal import Database
internal import Jobs
internal import Primitives
public import ServiceLifecycle
internal import Synchronization

/// The pack that is live, and what is made of it, in this process. Another one takes its place when it is published.
final class LivePack: Sendable {
    /// Everything that changes together.
    private final class State: Sendable {
        let pack: CityPack
        let words: Words
        let clock: CityClock
        init(_ pack: CityPack, _ words: Words, _ clock: CityClock) {
            self.pack = pack
            self.words = words
            self.clock = clock
        }
    }

    /// The program's own.
    let words: Words
    private let state: Mutex<State>

    init(_ pack: CityPack, words: Words, clock: CityClock) {
        self.words = words
        state = Mutex(State(pack, words.with(pack.ownWords), clock))
    }

    var pack: CityPack { state.withLock { $0 }.pack }
    var spoken: Words { state.withLock { $0 }.words }
    var clock: CityClock { state.withLock { $0 }.clock }

    func may(_ role: StaffRole, _ action: Action) -> Bool {
        state.withLock { $0 }.pack.may(role.rawValue, action.description)
    }

    func take(_ pack: CityPack) {
        let spoken = words.with(pack.ownWords)
        state.withLock { $0 = State(pack, spoken, $0.clock.inZone(pack.city.timeZone) ?? $0.clock) }
    }
}

extension CityPack {
    fileprivate var ownWords: [String: LocalizedText] {
        Dictionary(notices.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}

extension CityContext {
    /// Looks which pack is live, and serves that one from now on. What it asks to be done to old rows is queued.
    /// - Returns: whether it is another one than before.
    @discardableResult
    public func refreshPack() async throws -> Bool {
        let known = pack.hash
        let found: CityPack? = try await db.read { conn in
            guard let hash = try PackStore.liveHash(conn), hash != known else { return nil }
            return try PackStore.pack(hash, conn)
        }
        guard let found else { return false }
        live.take(found)
        log.notice("another city pack is live", metadata: ["pack": "\(found.hash)", "before": "\(known)"])
        try await queueBackfills()
        return true
    }

    /// Keeps this process on the live pack while it runs: one for each process of a city.
    public var followLivePack: FollowLivePack { FollowLivePack(city: self) }
}

/// Waits for the signal of a publication, and looks every few seconds anyway: signals can be lost.
public struct FollowLivePack: Service {
    let city: CityContext
    private static let pause = Duration.seconds(5)

    public func run() async throws {
        let wakeUps = city.db.wakeUps(PackStore.channel, every: FollowLivePack.pause)
        defer { wakeUps.end() }
        for await _ in wakeUps.elements.cancelOnGracefulShutdown() {
            do { try await city.refreshPack() } catch {
                city.log.warning("the live pack could not be looked up", metadata: ["error": "\(error)"])
            }
        }
    }
}
