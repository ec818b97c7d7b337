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

    /// Smaller stands higher. Organizations 10, cases 20, requests 30, letters 35, searches 40, what is watched 45.
    let order: Int
    let load: @Sendable (AccountID, Visit, Connection) throws -> [Note]

    public init(order: Int, load: @escaping @Sendable (AccountID, Visit, Connection) throws -> [Note]) {
        self.order = order
        self.load = load
    }

    /// What every feature has to say about this account.
    static func all(of account: AccountID, _ visit: Visit, _ conn: Connection) throws -> [Note] {
        try visit.city.features.compactMap { $0 as? any AccountFeature }.flatMap(\.closingNotes).sorted { $0.order < $1.order }
            .flatMap { try $0.load(account, visit, conn) }
    }
}
