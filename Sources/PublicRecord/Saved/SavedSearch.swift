internal import Core
internal import Database
internal import Primitives

/// A search that somebody keeps under a name: the filters as they stand in the address of its page. It ends, it is not deleted.
struct SavedSearch: Sendable {
    let id: PublicID
    let title: String
    /// `q=kitchen&status=issued`.
    let parameters: String

    /// Nobody keeps an eye on more.
    static let most = 50
    static let longestTitle = 80

    static func all(of account: AccountID, _ conn: Connection) throws(DatabaseError) -> [SavedSearch] {
        try conn.rows(list(of: account)).map { row throws(DatabaseError) in try SavedSearch(row) }
    }

    /// The newest first.
    static func list(of account: AccountID) -> SQL {
        """
        SELECT public_id, title, parameters FROM saved_search WHERE account_id = \(account) AND until IS NULL
        ORDER BY id DESC LIMIT \(most)
        """
    }

    /// One of this account's, also one that was removed.
    static func find(_ id: PublicID, of account: AccountID, _ conn: Connection) throws(DatabaseError) -> SavedSearch? {
        try conn.row(
            "SELECT public_id, title, parameters FROM saved_search WHERE public_id = \(id) AND account_id = \(account)"
        ).map { row throws(DatabaseError) in try SavedSearch(row) }
    }

    private init(_ row: Row) throws(DatabaseError) {
        id = try row["public_id"]
        title = try row["title"]
        parameters = try row["parameters"]
    }
}

struct SavedSearchWriter {
    private let change: Change
    private let account: AccountID

    init(_ change: Change, for account: AccountID) {
        self.change = change
        self.account = account
    }

    /// Keeps a search; one that is kept already gets the new title.
    /// - Throws: `Refusal` when there are as many as somebody can keep.
    func save(_ parameters: String, as title: String) throws {
        let count = try change.conn.run(
            """
            UPDATE saved_search SET title = \(title)
            WHERE account_id = \(account) AND parameters = \(parameters) AND until IS NULL
            """)
        guard count == 0 else { return }
        let kept: Int =
            try change.conn.value(
                "SELECT count(*) FROM saved_search WHERE account_id = \(account) AND until IS NULL") ?? 0
        guard kept < SavedSearch.most else {
            throw Refusal("publicRecord.saved.tooMany", ["most": .number(SavedSearch.most)])
        }
        try change.conn.run(
            """
            INSERT INTO saved_search (public_id, account_id, title, parameters, since)
            VALUES (\(change.publicID()), \(account), \(title), \(parameters), \(change.now))
            """)
        try change.record(NewFact(.searchSaved, about: .account(account), ["title": .string(title)]))
    }

    func remove(_ search: SavedSearch) throws {
        let count = try change.conn.run(
            """
            UPDATE saved_search SET until = \(change.now)
            WHERE public_id = \(search.id) AND account_id = \(account) AND until IS NULL
            """)
        if count > 0 {
            try change.record(NewFact(.searchRemoved, about: .account(account), ["title": .string(search.title)]))
        }
    }
}

extension FactKind {
    /// In the account's chain. Arguments: `title`.
    static let searchSaved: FactKind = "search.saved"
    /// In the account's chain. Arguments: `title`.
    static let searchRemoved: FactKind = "search.removed"
}

let savedSearchTellings = [
    FactTelling(.searchSaved, for: .party) { Phrase("publicRecord.saved.toldSaved", ["title": .text($0.text("title"))]) },
    FactTelling(.searchRemoved, for: .party) { Phrase("publicRecord.saved.toldRemoved", ["title": .text($0.text("title"))]) },
]
