public import CityPack
public import Database
public import Primitives

/// Packs are rows too: stored under their content's hash, exactly one live (`model.md` 12).
public enum PackStore {
    /// Stores the pack and makes it the live one; does nothing when it is already.
    /// - Returns: whether anything changed.
    @discardableResult
    public static func publish(_ pack: CityPack, at now: Instant, _ conn: Connection) throws -> Bool {
        let live: String? = try conn.value("SELECT hash FROM city_pack_live WHERE until IS NULL")
        guard live != pack.hash else { return false }
        let files = JSON.object(pack.files.mapValues(JSON.string)).description
        try conn.run(
            """
            INSERT INTO city_pack (hash, files, stored_at) VALUES (\(pack.hash), \(files), \(now))
            ON CONFLICT (hash) DO NOTHING
            """)
        try conn.run("UPDATE city_pack_live SET until = \(now) WHERE until IS NULL")
        try conn.run("INSERT INTO city_pack_live (hash, since) VALUES (\(pack.hash), \(now))")
        return true
    }

    /// The pack of a version, as a case points to it; nil when it was never stored.
    public static func pack(_ hash: String, _ conn: Connection) throws -> CityPack? {
        guard let text: String = try conn.value("SELECT files FROM city_pack WHERE hash = \(hash)"),
            let members = JSON(parsing: text)?.object
        else { return nil }
        return try CityPack.load(files: members.compactMapValues(\.string))
    }
}
