public import Core
public import Database
public import HTML
public import Primitives

/// What one module holds on somebody: a part of "What the city holds on me" and of its download (A7).
public struct AccountRecords: Sendable {
    /// No page lists more of one kind; the download has all.
    public static let mostShown = 200

    /// The part as a person reads it and as a program does; both say the same.
    public struct Part: Sendable {
        public let view: HTML
        public let json: JSON
        public init(view: HTML, json: JSON) {
            self.view = view
            self.json = json
        }
    }

    /// The member of the download, and in the address of its page. It stays as it is once it was published.
    public let key: String
    /// Smaller stands higher: account 10, emails 20, contacts 30, organizations 40, cases 50, favorites 60, requests 70, sessions 80,
    /// mail 85, activity 90.
    public let order: Int
    public let title: WordKey
    public let load: @Sendable (AccountID, Visit, Connection) throws -> Part

    public init(
        _ key: String, order: Int, title: WordKey, load: @escaping @Sendable (AccountID, Visit, Connection) throws -> Part
    ) {
        self.key = key
        self.order = order
        self.title = title
        self.load = load
    }
}
