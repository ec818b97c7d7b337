public import CityPack
public import Database
public import Primitives

/// Packs are rows too: stored under their content's hash, exactly one live (`model.md` 12). Making a version live again is a new
/// entry of the history.
public enum PackStore {
    /// Those who wait for another pack to be live.
    public static let channel: Channel = "pack"

    /// One time that a version was live.
    public struct Publication: Sendable, Hashable {
        public let id: Int64
        public let hash: String
        public let since: Instant
        /// nil for the live one.
        public let until: Instant?
        /// An actor as facts name them: `staff:12`, `job:start`. Empty before this was kept.
        public let by: String
        public let why: String
    }

    /// Stores the pack and makes it the live one; does nothing when it is already. Outside a city's context, where nothing can be
    /// recorded; inside use `publish(_:why:_:)`.
    /// - Returns: the version that was live, or nil when nothing changed.
    @discardableResult
    public static func put(
        _ pack: CityPack, by actor: String, why: String, at now: Instant, _ conn: Connection
    ) throws -> Previous? {
        let live: String? = try conn.value("SELECT hash FROM city_pack_live WHERE until IS NULL")
        guard live != pack.hash else { return nil }
        let files = JSON.object(pack.files.mapValues(JSON.string)).description
        try conn.run(
            """
            INSERT INTO city_pack (hash, files, stored_at) VALUES (\(pack.hash), \(files), \(now))
            ON CONFLICT (hash) DO NOTHING
            """)
        try conn.run("UPDATE city_pack_live SET until = \(now) WHERE until IS NULL")
        try conn.run(
            """
            INSERT INTO city_pack_live (hash, since, published_by, why)
            VALUES (\(pack.hash), \(now), \(actor), \(why))
            """)
        conn.signal(channel)
        return Previous(hash: live)
    }

    public struct Previous: Sendable {
        /// nil when no version was live before.
        public let hash: String?
    }

    /// Makes the pack the live one and records who did it and why. Every process serves it soon after
    /// (`CityContext.followLivePack`).
    /// - Returns: whether anything changed.
    @discardableResult
    public static func publish(_ pack: CityPack, why: String, _ change: Change) throws -> Bool {
        guard let previous = try put(pack, by: change.principal.actor, why: why, at: change.now, change.conn) else {
            return false
        }
        try change.record(
            NewFact(
                .packPublished, about: .city, before: previous.hash.map(JSON.string) ?? .null, after: .string(pack.hash),
                why: why.isEmpty ? nil : why))
        return true
    }

    /// The pack of a version, as a case points to it; nil when it was never stored.
    public static func pack(_ hash: String, _ conn: Connection) throws -> CityPack? {
        guard let text: String = try conn.value("SELECT files FROM city_pack WHERE hash = \(hash)"),
            let members = JSON(parsing: text)?.object
        else { return nil }
        return try CityPack.load(stored: members.compactMapValues(\.string))
    }

    public static func liveHash(_ conn: Connection) throws(DatabaseError) -> String? {
        try conn.value("SELECT hash FROM city_pack_live WHERE until IS NULL")
    }

    /// The live pack; nil in a database where none was published.
    public static func live(_ conn: Connection) throws -> CityPack? {
        try liveHash(conn).flatMap { try pack($0, conn) }
    }

    /// Newest first.
    public static func history(limit: Int, _ conn: Connection) throws -> [Publication] {
        try conn.rows("SELECT \(columns) FROM city_pack_live ORDER BY id DESC LIMIT \(limit)").map(publication)
    }

    public static func publication(_ id: Int64, _ conn: Connection) throws -> Publication? {
        try conn.row("SELECT \(columns) FROM city_pack_live WHERE id = \(id)").map(publication)
    }

    /// What was live until then.
    public static func publication(before id: Int64, _ conn: Connection) throws -> Publication? {
        try conn.row("SELECT \(columns) FROM city_pack_live WHERE id < \(id) ORDER BY id DESC LIMIT 1").map(publication)
    }

    private static let columns: SQL = "id, hash, since, until, published_by, why"

    private static func publication(_ row: Row) throws -> Publication {
        Publication(
            id: try row["id"], hash: try row["hash"], since: try row["since"], until: try row["until"],
            by: try row["published_by"], why: try row["why"])
    }

    /// The one stored version whose hash begins so; nil when there is none or there are several.
    public static func version(beginning prefix: String, _ conn: Connection) throws -> String? {
        guard prefix.count >= 4, prefix.allSatisfy(\.isHexDigit) else { return nil }
        let pattern = "\(prefix.lowercased())%"
        let found = try conn.rows("SELECT hash FROM city_pack WHERE hash LIKE \(pattern) ORDER BY hash LIMIT 2")
        return found.count == 1 ? try found[0]["hash"] : nil
    }
}

extension FactKind {
    /// Another pack is live: before and after are versions.
    public static let packPublished: FactKind = "city.pack-published"
}

enum PackFacts {
    static let tellings = [FactTelling(.packPublished, for: .staff) { _ in Phrase("core.pack.published") }]
}
