internal import Core
internal import Database
internal import Primitives

/// Finds the newest or oldest entries with some words in the packed record, band after band, until enough are counted: a word that
/// stands in each tenth of a million entries is a few thousand bits of one band.
struct PackedSearch: Sendable {
    /// Whole words and marks: an entry holds all of them.
    private let words: [String]
    private let range: KeyRange
    private let order: SearchOrder
    private let most: Int

    /// - Parameters:
    ///   - range: between days.
    ///   - most: looked no further for.
    init(_ words: [String], _ range: KeyRange, _ order: SearchOrder, most: Int) {
        self.words = Set(words).sorted()
        self.range = range
        self.order = order
        self.most = most
    }

    /// What was found, in order.
    struct Hits: Sendable {
        /// At most `most`, or a band's more.
        fileprivate(set) var count = 0
        fileprivate var parts: [Part] = []
    }

    /// Found entries that follow each other in the list.
    fileprivate enum Part: Sendable {
        case places(band: Int64, [Int])
        case keys([Int64])

        var count: Int {
            switch self {
            case .places(_, let places): places.count
            case .keys(let keys): keys.count
            }
        }
    }

    /// A band with what the search needs of it.
    private struct Band {
        let band: Int64
        let size: Int
        let starts: [Int64]
        var words: [Places] = []
    }

    /// Bands looked at together: more each time, the last again and again.
    private static let together = [2, 6, 24, 96]

    /// - Returns: nil when too much has changed since the bands were packed.
    func find(_ conn: Connection) throws(DatabaseError) -> Hits? {
        guard var changes = try changes(conn) else { return nil }
        var hits = Hits()
        var rest = (PackedBand.of(range.after), PackedBand.of(range.before))
        var step = 0
        while hits.count < most, rest.0 <= rest.1 {
            let count = PackedSearch.together[min(step, PackedSearch.together.count - 1)]
            step += 1
            let bands = try bands(rest.0, rest.1, atMost: count, conn)
            let asked = try ask(bands.filter { $0.words.count < words.count }.map(\.band), conn)
            for band in bands where hits.count < most {
                // Entries of bands that were never packed, between this one and the one before.
                hits.add(changes.take(before: band.band, order))
                if band.words.count < words.count {
                    _ = changes.take(band.band)
                    hits.add(asked[band.band] ?? [])
                } else {
                    try add(band, changes.take(band.band), to: &hits, conn)
                }
            }
            guard bands.count == count, let last = bands.last?.band else {
                hits.add(changes.takeAll(order))
                break
            }
            rest = order == .newest ? (rest.0, last - 1) : (last + 1, rest.1)
        }
        return hits
    }

    // MARK: Bands

    /// The next bands of the order, each with those of the words that it has packed.
    private func bands(
        _ first: Int64, _ last: Int64, atMost count: Int, _ conn: Connection
    ) throws(DatabaseError) -> [Band] {
        let edges = [PackedBand.of(range.after), PackedBand.of(range.before)]
        let rows = try conn.rows(
            """
            SELECT p.band, p.size, CASE WHEN p.band IN \(list: edges) THEN p.starts END AS starts, w.bits
            FROM (
                SELECT band, size, starts FROM public_pack WHERE band >= \(first) AND band <= \(last)
                ORDER BY band \(order.direction) LIMIT \(count)) p
                CROSS JOIN json_array_elements_text(CAST(\(JSON.array(words.map(JSON.string)).description) AS json)) v
                LEFT JOIN public_pack_word w ON w.word = v.value AND w.band = p.band
            ORDER BY p.band \(order.direction)
            """)
        var found: [Band] = []
        for row in rows {
            let band: Int64 = try row["band"]
            if found.last?.band != band {
                let starts: [UInt8]? = try row["starts"]
                found.append(Band(band: band, size: try row["size"], starts: PackedBand.keys(in: starts ?? [])))
            }
            guard let bits: [UInt8] = try row["bits"] else { continue }
            guard let places = Places(packed: bits, of: found[found.count - 1].size) else {
                throw DatabaseError(.other, "The packed record of band \(band) cannot be read.")
            }
            found[found.count - 1].words.append(places)
        }
        return found
    }

    /// Entries of bands that do not hold one of the words packed, because few of their entries have it.
    private func ask(_ bands: [Int64], _ conn: Connection) throws(DatabaseError) -> [Int64: [Int64]] {
        guard !bands.isEmpty else { return [:] }
        let keys = try PackedSearch.keys(conn.rows(PostgresKeys.keys(words, in: bands, range)))
        return Dictionary(grouping: keys, by: PackedBand.of).mapValues { sorted($0) }
    }

    private func sorted(_ keys: [Int64]) -> [Int64] { order == .newest ? keys.sorted(by: >) : keys.sorted() }

    private func add(_ band: Band, _ changes: Changes.OfBand, to hits: inout Hits, _ conn: Connection) throws(DatabaseError) {
        guard var places = band.words.first else { return }
        for word in band.words.dropFirst() { places.formIntersection(word) }
        if !band.starts.isEmpty {
            places.keep(PackedBand.places(in: range, of: band.band, starts: band.starts, size: band.size))
        }
        if changes.keys.isEmpty {
            let all = places.all
            hits.add(.places(band: band.band, order == .newest ? all.reversed() : all))
            return
        }
        let bytes: [UInt8] = try conn.value("SELECT keys FROM public_pack WHERE band = \(band.band)") ?? []
        let keys = PackedBand.keys(in: bytes)
        hits.add(sorted(places.all.map { keys[$0] }.filter { !changes.keys.contains($0) } + changes.found))
    }

    // MARK: Changes

    /// Entries that were changed since their band was packed, by band.
    private struct Changes {
        struct OfBand {
            var keys: Set<Int64> = []
            /// Those that hold the words now.
            var found: [Int64] = []
        }
        private var bands: [Int64: OfBand] = [:]

        init(_ keys: [Int64], found: [Int64]) {
            for key in keys { bands[PackedBand.of(key), default: OfBand()].keys.insert(key) }
            for key in found { bands[PackedBand.of(key), default: OfBand()].found.append(key) }
        }

        mutating func take(_ band: Int64) -> OfBand { bands.removeValue(forKey: band) ?? OfBand() }

        /// What was found in bands that come before that one in the order.
        mutating func take(before band: Int64, _ order: SearchOrder) -> [Int64] {
            take(bands.keys.filter { order == .newest ? $0 > band : $0 < band }, order)
        }

        mutating func takeAll(_ order: SearchOrder) -> [Int64] { take(Array(bands.keys), order) }

        private mutating func take(_ some: [Int64], _ order: SearchOrder) -> [Int64] {
            let keys = some.flatMap { bands.removeValue(forKey: $0)?.found ?? [] }
            return order == .newest ? keys.sorted(by: >) : keys.sorted()
        }
    }

    private func changes(_ conn: Connection) throws(DatabaseError) -> Changes? {
        let rows = try conn.rows(
            """
            SELECT key AS id FROM public_pack_change WHERE band >= \(PackedBand.of(range.after)) AND band <= \(PackedBand.of(range.before))
            LIMIT \(PackedRecord.mostChanges + 1)
            """)
        let keys = try PackedSearch.keys(rows)
        guard keys.count <= PackedRecord.mostChanges else { return nil }
        guard !keys.isEmpty else { return Changes([], found: []) }
        return Changes(keys, found: try PackedSearch.keys(conn.rows(PostgresKeys.keys(words, among: keys, range))))
    }

    private static func keys(_ rows: [Row]) throws(DatabaseError) -> [Int64] {
        try rows.map { row throws(DatabaseError) in try row["id"] }
    }
}

extension PackedSearch.Hits {
    fileprivate mutating func add(_ keys: [Int64]) { add(.keys(keys)) }

    fileprivate mutating func add(_ part: PackedSearch.Part) {
        guard part.count > 0 else { return }
        count += part.count
        parts.append(part)
    }

    /// The entries of a slice, newest or oldest first as they were found.
    func list(_ slice: Slice, _ order: SearchOrder) -> SQL {
        var keys: [Int64] = []
        var places: [JSON] = []
        var (skip, left) = (slice.offset, slice.limit)
        for part in parts where left > 0 {
            let wanted = min(left, max(0, part.count - skip))
            switch part {
            case .keys(let all): keys += all.dropFirst(skip).prefix(wanted)
            case .places(let band, let all):
                places += all.dropFirst(skip).prefix(wanted).map { .array([.integer(band), .integer(Int64($0))]) }
            }
            left -= wanted
            skip = max(0, skip - part.count)
        }
        return """
            SELECT e.id, \(PublicEntry.columns), \(CityActivity.last) AS changed
            FROM public_entry e
            WHERE e.id IN (
                SELECT CAST(CAST('x' || encode(substr(p.keys, CAST(w.value ->> 1 AS int) * 8 + 1, 8), 'hex') AS bit(64)) AS bigint)
                FROM json_array_elements(CAST(\(JSON.array(places).description) AS json)) w
                    JOIN public_pack p ON p.band = CAST(w.value ->> 0 AS bigint)
                UNION ALL
                SELECT CAST(k.value AS bigint)
                FROM json_array_elements_text(CAST(\(JSON.array(keys.map(JSON.integer)).description) AS json)) k)
            ORDER BY e.id \(order.direction)
            """
    }
}
