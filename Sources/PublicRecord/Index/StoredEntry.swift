internal import Core
internal import Database
internal import Primitives

/// A row of `public_entry`: what everybody sees, and what it is found by.
struct StoredEntry: Hashable {
    let key: Int64
    let id: CaseID
    let entry: PublicEntry
    let street: String
    let words: String

    /// The columns of the row that stands there so far, beside those of the case itself.
    static let before: SQL = """
        e.id AS entry_id, e.number AS entry_number, e.module AS entry_module, e.type AS entry_type, e.work_class AS entry_work_class,
            e.status AS entry_status, e.applied AS entry_applied, e.address AS entry_address, e.description AS entry_description,
            e.contractors AS entry_contractors, e.parcel AS entry_parcel, e.valuation_cents AS entry_valuation,
            e.street_folded AS entry_street, e.words AS entry_words
        """

    init(key: Int64, id: CaseID, entry: PublicEntry, street: String, words: String) {
        self.key = key
        self.id = id
        self.entry = entry
        self.street = street
        self.words = words
    }

    /// nil when there is none yet.
    init?(before row: Row) throws(DatabaseError) {
        guard let key: Int64 = try row["entry_id"] else { return nil }
        self.key = key
        id = try row["id"]
        entry = PublicEntry(
            number: try row["entry_number"], module: try row["entry_module"], type: try row["entry_type"],
            workClass: try row["entry_work_class"], status: try row["entry_status"], applied: try row["entry_applied"],
            address: try row["entry_address"], description: try row["entry_description"],
            contractors: try row["entry_contractors"], parcel: try row["entry_parcel"], valuation: try row["entry_valuation"])
        street = try row["entry_street"]
        words = try row["entry_words"]
    }

    static let columns = [
        "id", "case_id", "number", "number_folded", "module", "type", "work_class", "status", "applied", "address",
        "street_folded",
        "description", "contractors", "parcel", "valuation_cents", "words",
    ]

    /// In the order of `columns`.
    var values: [SQLValue] {
        [
            .integer(key), id.sqlValue, .text(entry.number), .text(SearchWords.folded(number: entry.number)), .text(entry.module),
            .text(entry.type), .text(entry.workClass), .text(entry.status), entry.applied.sqlValue, .text(entry.address),
            .text(street), .text(entry.description), .text(entry.contractors), .text(entry.parcel), entry.valuation.sqlValue,
            .text(words),
        ]
    }
}

/// What has to change in the index, written table by table.
struct PublicIndexChanges {
    var insert: [StoredEntry] = []
    var update: [(old: StoredEntry, new: StoredEntry)] = []
    var remove: [StoredEntry] = []

    /// Writes them and forgets them.
    mutating func store(_ conn: Connection) throws {
        for old in remove {
            try PublicIndexSQL.removeText(old.words, of: old.key, conn)
            try conn.run("DELETE FROM public_entry WHERE id = \(old.key)")
        }
        try rewrite(conn)
        try conn.load(table: "public_entry", columns: StoredEntry.columns, rows: insert.lazy.map(\.values))
        try PublicIndexSQL.addText(insert.map { ($0.key, $0.words) }, conn)
        self = PublicIndexChanges()
    }

    /// The rows that keep their place: out and in again, in two statements however many they are.
    private func rewrite(_ conn: Connection) throws {
        guard !update.isEmpty else { return }
        for (old, new) in update where old.words != new.words { try PublicIndexSQL.removeText(old.words, of: old.key, conn) }
        try conn.run("DELETE FROM public_entry WHERE id IN \(list: update.map(\.old.key))")
        try conn.load(table: "public_entry", columns: StoredEntry.columns, rows: update.map(\.new.values))
        try PublicIndexSQL.addText(update.filter { $0.old.words != $0.new.words }.map { ($0.new.key, $0.new.words) }, conn)
    }
}
