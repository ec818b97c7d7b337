public import CityPack
public import Database
public import Primitives

/// One write on its way: the transaction, who does it, and the log. Lives only inside `CityContext.write`.
public struct Change {
    public let conn: Connection
    public let city: CityContext
    public let principal: Principal
    public let origin: Origin
    /// Real time.
    public let now: Instant
    /// The day in the city.
    public let today: CivilDate

    /// Appends a fact at the city's time, runs what must become true with it (reactions), and queues what follows from it (effects, live only).
    @discardableResult
    public func record(_ new: NewFact, at: Instant? = nil) throws -> Fact {
        let fact = try FactLog.append(
            new, at: at ?? city.cityClock.now, actor: principal.actor, onBehalfOf: principal.onBehalfOf, origin: origin, conn)
        for reaction in city.reactions[new.kind] ?? [] { try reaction.run(fact, self) }
        if origin == .live {
            for effect in city.effects[new.kind] ?? [] { try effect.run(fact, self) }
        }
        return fact
    }

    /// A new outside name for a record.
    public func publicID() -> PublicID { PublicID(at: now, randomness: city.randomness) }
}

/// What else must become true in the same transaction when a fact is recorded.
public struct Reaction: Sendable {
    public let kinds: [FactKind]
    public let run: @Sendable (Fact, Change) throws -> Void
    public init(on kinds: FactKind..., run: @escaping @Sendable (Fact, Change) throws -> Void) {
        self.kinds = kinds
        self.run = run
    }
}

/// What a live fact queues. It may write to the outbox, nothing else: the fact and its mail are committed together.
public struct Effect: Sendable {
    public let kinds: [FactKind]
    public let run: @Sendable (Fact, Change) throws -> Void
    public init(on kinds: FactKind..., run: @escaping @Sendable (Fact, Change) throws -> Void) {
        self.kinds = kinds
        self.run = run
    }
}

/// How a fact is told on a timeline, and to whom at least (`FieldDeclaration` classes). The sentence is made when it is read.
public struct FactTelling: Sendable {
    public let kind: FactKind
    public let visibility: Visibility
    public let tell: @Sendable (Fact) -> Phrase
    public init(_ kind: FactKind, for visibility: Visibility, _ tell: @escaping @Sendable (Fact) -> Phrase) {
        self.kind = kind
        self.visibility = visibility
        self.tell = tell
    }
}
