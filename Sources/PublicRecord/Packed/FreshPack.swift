internal import Database
internal import Primitives

/// A band packed from what a reader saw, to be stored in a moment: whoever changes entries waits for neither the reading nor the
/// packing. What is changed in between stays noted.
struct FreshPack: Sendable {
    let band: Int64
    /// When the pack was made that this one takes the place of.
    private let before: Instant?
    /// The keys noted by then, by how often each was.
    private let noted: [Int64: [Int64]]
    private let size: Int64
    private let starts: [UInt8]
    private let keys: [UInt8]
    /// What other words have than before; most words of a band that is packed again stay as they are.
    private let changed: [(word: String, bits: [UInt8])]
    private let gone: [String]

    /// Reads and packs a band as it is now.
    /// - Parameter least: words in fewer of its entries are left to the text index.
    init(_ band: Int64, least: Int = PackedRecord.least, _ conn: Connection) throws {
        self.band = band
        before = try conn.value("SELECT packed_at FROM public_pack WHERE band = \(band)")
        var noted: [Int64: [Int64]] = [:]
        for row in try conn.rows("SELECT key, times FROM public_pack_change WHERE band = \(band)") {
            noted[try row["times"], default: []].append(try row["key"])
        }
        self.noted = noted
        var packed = PackedBand(band)
        try conn.each(
            """
            SELECT id, words FROM public_entry
            WHERE id >= \(PackedBand.first(of: band)) AND id <= \(PackedBand.last(of: band)) ORDER BY id
            """
        ) { row in packed.add(try row["id"], words: try row["words"]) }
        size = Int64(packed.keys.count)
        starts = PackedBand.bytes(of: packed.starts.map { Int64($0) })
        keys = PackedBand.bytes(of: packed.keys)
        // By their bytes, as the database knows words: Swift takes some of different bytes for the same.
        var old: [[UInt8]: (word: String, bits: [UInt8])] = [:]
        try conn.each("SELECT word, bits FROM public_pack_word WHERE band = \(band)") { row in
            let word: String = try row["word"]
            old[Array(word.utf8)] = (word, try row["bits"])
        }
        var changed: [(word: String, bits: [UInt8])] = []
        for (word, bits) in packed.words(inAtLeast: least) where old.removeValue(forKey: Array(word.utf8))?.bits != bits {
            changed.append((word, bits))
        }
        self.changed = changed
        gone = old.values.map(\.word).sorted()
    }

    /// Does nothing where somebody else has packed the band since.
    func store(_ conn: Connection, at now: Instant) throws {
        let last: Instant? = try conn.value("SELECT packed_at FROM public_pack WHERE band = \(band)")
        guard last == before else { return }
        for (times, keys) in noted.sorted(by: { $0.key < $1.key }) {
            try conn.run("DELETE FROM public_pack_change WHERE band = \(band) AND times = \(times) AND key IN \(list: keys)")
        }
        try conn.run("DELETE FROM public_pack WHERE band = \(band)")
        let other = before == nil ? gone : gone + changed.map(\.word)
        if !other.isEmpty { try conn.run("DELETE FROM public_pack_word WHERE band = \(band) AND word IN \(list: other)") }
        // Of an empty band too: it says that the band was packed, and when.
        try conn.load(
            table: "public_pack", columns: ["band", "version", "size", "starts", "keys", "packed_at"],
            rows: [[.integer(band), .integer(PackedBand.version), .integer(size), .blob(starts), .blob(keys), now.sqlValue]])
        try conn.load(
            table: "public_pack_word", columns: ["word", "band", "bits"],
            rows: changed.lazy.map { [.text($0.word), .integer(band), .blob($0.bits)] })
    }
}
