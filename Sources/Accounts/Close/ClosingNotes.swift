public import Core
public import Database
public import HTML
public import Primitives

/// What closing an account means for the things of a feature (A7): it says so before, and ends them by a reaction on `.accountClosed`.
public struct ClosingNotes: Sendable {
    public struct Note: Sendable {
        public enum Kind: Sendable {
            /// Has to be done before.
            case first
            /// Stays as it is without the account.
            case stays
            /// Ends with it.
            case ends
        }

        public let kind: Kind
        public let sentence: Phrase
        /// Where it is done, or to be seen.
        public let link: Link?

        public init(_ kind: Kind, _ sentence: Phrase, at link: Link? = nil) {
            self.kind = kind
            self.sentence = sentence
            self.link = link
        }
    }

    public typealias Counting = @Sendable (AccountID, Visit) -> [SQL]
    public typealias Load = @Sendable (AccountID, _ counts: [Int], Visit, Connection) throws -> [Note]

    /// Smaller stands higher. Organizations 10, cases 20, requests 30, letters 35, searches 40, what is watched 45.
    let order: Int
    let counting: Counting
    let load: Load

    /// - Parameters:
    ///   - counting: statements of one number each. The numbers of every feature are asked for at once, and come to `load` in this order.
    public init(order: Int, counting: @escaping Counting = { _, _ in [] }, load: @escaping Load) {
        self.order = order
        self.counting = counting
        self.load = load
    }

    /// What every feature has to say about this account.
    static func all(of account: AccountID, _ visit: Visit, _ conn: Connection) throws -> [Note] {
        let all = visit.city.features.compactMap { $0 as? any AccountFeature }.flatMap(\.closingNotes).sorted {
            $0.order < $1.order
        }
        let wanted = all.map { $0.counting(account, visit) }
        let numbers = wanted.joined().map { "(\($0))" as SQL }
        let row = numbers.isEmpty ? nil : try conn.row("SELECT \(numbers.joined(separator: ", "))")
        var next = 0
        return try zip(all, wanted).flatMap { notes, wanted in
            let places = next..<next + wanted.count
            next = places.upperBound
            return try notes.load(account, places.map { try row?[$0] ?? 0 }, visit, conn)
        }
    }
}
