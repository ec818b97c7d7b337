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
    /// What waits for the end of the transaction.
    let ending = Ending()

    /// Appends a fact at the city's time, runs what must become true with it (reactions), and queues what follows from it (effects, live only).
    @discardableResult
    public func record(_ new: NewFact, at: Instant? = nil) throws -> Fact {
        let fact = try FactLog.append(
            new, at: at ?? city.cityClock.now, actor: principal.actor, onBehalfOf: principal.onBehalfOf, origin: origin, conn)
        for reaction in city.reactions[new.kind] ?? [] {
            if reaction.isAtEnd { ending.add([fact], for: reaction) } else { try reaction.run(fact, self) }
        }
        if origin == .live {
            for effect in city.effects[new.kind] ?? [] { try effect.run(fact, self) }
        }
        return fact
    }

    /// Appends many facts in this order, each to its own chain, in a few statements. What they lead to is what `record` leads to,
    /// one kind of fact after the other.
    /// - Parameter areFirst: whether each is the first fact about a record that was made just now.
    public func record(all new: [TimedFact], areFirst: Bool = false) throws {
        guard !new.isEmpty else { return }
        let now = city.cityClock.now
        let facts = try FactLog.append(
            new.map { TimedFact($0.fact, at: $0.at ?? now) }, areFirst: areFirst, actor: principal.actor,
            onBehalfOf: principal.onBehalfOf,
            origin: origin, conn)
        var kinds: [FactKind] = []
        for fact in facts where !kinds.contains(fact.kind) { kinds.append(fact.kind) }
        for kind in kinds {
            let same = facts.filter { $0.kind == kind }
            for reaction in city.reactions[kind] ?? [] {
                if reaction.isAtEnd { ending.add(same, for: reaction) } else { try reaction.runAll(same, self) }
            }
            guard origin == .live else { continue }
            for effect in city.effects[kind] ?? [] {
                for fact in same { try effect.run(fact, self) }
            }
        }
    }

    /// A new outside name for a record.
    public func publicID() -> PublicID { PublicID(at: now, randomness: city.randomness) }
}

/// A fact before it is recorded, with the moment it happened; nil is now.
public struct TimedFact: Sendable {
    public let fact: NewFact
    public let at: Instant?
    public init(_ fact: NewFact, at: Instant? = nil) {
        self.fact = fact
        self.at = at
    }
}

/// What else must become true in the same transaction when a fact is recorded.
public struct Reaction: Sendable {
    public let kinds: [FactKind]
    public let run: @Sendable (Fact, Change) throws -> Void
    /// The same for many facts of one kind at once.
    let runAll: @Sendable ([Fact], Change) throws -> Void
    /// Whether it waits until everything else of the transaction is done, and then takes all facts of all its kinds at once.
    let isAtEnd: Bool
    /// Tells this reaction from others.
    let name = ReactionName()

    public init(on kinds: FactKind..., run: @escaping @Sendable (Fact, Change) throws -> Void) {
        self.kinds = kinds
        self.run = run
        runAll = { facts, change in for fact in facts { try run(fact, change) } }
        isAtEnd = false
    }

    private init(kinds: [FactKind], isAtEnd: Bool, runAll: @escaping @Sendable ([Fact], Change) throws -> Void) {
        self.kinds = kinds
        self.runAll = runAll
        self.isAtEnd = isAtEnd
        run = { fact, change in try runAll([fact], change) }
    }

    /// A reaction that many facts of a kind need only once, or that is much faster for many.
    public static func together(
        on kinds: FactKind..., runAll: @escaping @Sendable ([Fact], Change) throws -> Void
    ) -> Reaction {
        Reaction(kinds: kinds, isAtEnd: false, runAll: runAll)
    }

    /// For what is derived from the records and needs to be right only when the transaction is committed: it runs once, after
    /// everything else, however many facts there were.
    public static func atEnd(
        on kinds: FactKind..., runAll: @escaping @Sendable ([Fact], Change) throws -> Void
    ) -> Reaction {
        Reaction(kinds: kinds, isAtEnd: true, runAll: runAll)
    }
}

/// An object only to be told from others.
final class ReactionName: Sendable {}

/// The reactions that wait for the end of a transaction, in the order in which they were first due.
final class Ending {
    private var order: [Reaction] = []
    private var facts: [ObjectIdentifier: [Fact]] = [:]

    func add(_ new: [Fact], for reaction: Reaction) {
        let name = ObjectIdentifier(reaction.name)
        if facts[name] == nil { order.append(reaction) }
        facts[name, default: []] += new
    }

    /// Runs what waits, and what that makes due.
    func run(_ change: Change) throws {
        while !order.isEmpty {
            let (due, of) = (order, facts)
            (order, facts) = ([], [:])
            for reaction in due { try reaction.runAll(of[ObjectIdentifier(reaction.name)] ?? [], change) }
        }
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
