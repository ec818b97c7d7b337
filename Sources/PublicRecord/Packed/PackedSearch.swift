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
    private let memory: PackMemory

    /// - Parameters:
    ///   - range: between days.
    ///   - most: looked no further for.
    ///   - memory: packs that were read before.
    init(_ words: [String], _ range: KeyRange, _ order: SearchOrder, most: Int, _ memory: PackMemory = PackMemory()) {
        self.words = Set(words).sorted()
        self.range = range
        self.order = order
        self.most = most
        self.memory = memory
    }

    /// What was found, in order.
    struct Hits: Sendable {
        /// At most `most`, or a band's more.
        fileprivate(set) var count = 0
        fileprivate var parts: [Part] = []
    }

    /// Found entries that follow each other in the list.
    fileprivate enum Part: Sendable {
        case places(PackHead, [Int])
        case keys([Int64])

        var count: Int {
            switch self {
            case .places(_, let places): places.count
            case .keys(let keys): keys.count
            }
        }
    }

    /// A band, and what its pack says of the words.
    private struct Band {
        let pack: PackHead
        /// Of a band that holds an edge of the range: where its days begin.
        let starts: [Int64]
        /// Which of its entries hold all of the words that it has packed.
        var places: Places?
        /// How many of the words it has not packed.
        var missing = 0
        /// Whether it has no entry of a word that every band has packed.
        var isWithout = false

        /// Whether the text index may know of entries that the pack does not tell.
        var isOpen: Bool { missing > 0 && !isWithout && places?.isEmpty != true }
    }

    /// Packs asked for at once: the first few, and the rest.
    private static let (few, many) = (8, 96)
    /// Bands looked at together: more each time.
    private static let together = [2, 6, 24]

    /// - Returns: nil when too much has changed since the bands were packed.
    func find(_ conn: Connection) throws(DatabaseError) -> Hits? {
        let ends = (PackedBand.of(range.after), PackedBand.of(range.before))
        let begin = try packs(ends, atMost: PackedSearch.few, orChanges: PackedRecord.mostChanges + 1, conn)
        guard begin.changed.count <= PackedRecord.mostChanges else { return nil }
        var changes = PackChanges(begin.changed, found: try holding(begin.changed, conn))
        var (packs, isLast) = (begin.packs[...], begin.packs.count < PackedSearch.few)
        var hits = Hits()
        var step = 0
        var behind = ends
        while hits.count < most {
            if packs.isEmpty, !isLast {
                packs = try self.packs(behind, atMost: PackedSearch.many, orChanges: 0, conn).packs[...]
                isLast = packs.count < PackedSearch.many
            }
            let some = packs.prefix(PackedSearch.together[min(step, PackedSearch.together.count - 1)])
            guard let last = some.last?.pack.band else {
                // Entries of bands that were never packed, behind the last one.
                hits.add(changes.takeAll(order))
                break
            }
            step += 1
            packs = packs.dropFirst(some.count)
            behind = order == .newest ? (ends.0, last - 1) : (last + 1, ends.1)
            let bands = try told(Array(some), conn)
            let asked = try ask(bands.filter(\.isOpen).map(\.pack.band), conn)
            for band in bands where hits.count < most {
                // The same, between this band and the one before.
                hits.add(changes.take(before: band.pack.band, order))
                let changed = changes.take(band.pack.band)
                if band.isOpen {
                    hits.add(asked[band.pack.band] ?? [])
                } else if band.missing > 0 {
                    hits.add(sorted(changed.found))
                } else {
                    try add(band, changed, to: &hits, conn)
                }
            }
        }
        return hits
    }

    // MARK: Bands

    /// The next bands of the order, and the keys of entries that were changed since.
    private func packs(
        _ bands: (Int64, Int64), atMost count: Int, orChanges most: Int, _ conn: Connection
    ) throws(DatabaseError) -> (packs: [Band], changed: [Int64]) {
        let edges = (PackedBand.of(range.after), PackedBand.of(range.before))
        let rows = try conn.rows(PackedSQL.packs(bands, edges: edges, order, atMost: count, orChanges: most))
        var found: (packs: [Band], changed: [Int64]) = ([], [])
        for row in rows {
            if let changed: Int64 = try row["changed"] {
                found.changed.append(changed)
            } else {
                let starts: [UInt8]? = try row["starts"]
                let pack = PackHead(
                    band: try row["band"], version: try row["version"], packedAt: try row["packed_at"], size: try row["size"])
                found.packs.append(Band(pack: pack, starts: PackedBand.keys(in: starts ?? [])))
            }
        }
        return found
    }

    /// Each with what it has packed of the words.
    private func told(_ bands: [Band], _ conn: Connection) throws(DatabaseError) -> [Band] {
        let packs = bands.map(\.pack)
        var known: [[PackMemory.Known?]] = packs.map { pack in words.map { memory.known(.word($0), of: pack) } }
        let unknown = packs.indices.filter { known[$0].contains { $0 == nil } }
        if !unknown.isEmpty { try read(packs, unknown, &known, conn) }
        return zip(bands, known).map { band, known in
            var band = band
            for (word, known) in zip(words, known) {
                switch known {
                case .holds(let places):
                    if band.places?.formIntersection(places) == nil { band.places = places }
                case .lacks, .keys, nil:
                    band.missing += 1
                    if band.pack.version >= PackedBand.withAllMarks, PackedBand.isAlwaysPacked(word) { band.isWithout = true }
                }
            }
            return band
        }
    }

    /// Reads what some packs say of the words, and remembers it.
    private func read(
        _ packs: [PackHead], _ unknown: [Int], _ known: inout [[PackMemory.Known?]], _ conn: Connection
    ) throws(DatabaseError) {
        let lacking = words.indices.filter { word in unknown.contains { known[$0][word] == nil } }
        let rows = try conn.rows(PackedSQL.words(lacking.map { words[$0] }, of: unknown.map { packs[$0].band }))
        for pack in unknown { for word in lacking { known[pack][word] = .lacks } }
        let places = Dictionary(uniqueKeysWithValues: unknown.map { (packs[$0].band, $0) })
        for row in rows {
            guard let pack = places[try row["band"]], let word = words.firstIndex(of: try row["word"]) else { continue }
            guard let places = Places(packed: try row["bits"], of: packs[pack].size) else {
                throw DatabaseError(.other, "The packed record of band \(packs[pack].band) cannot be read.")
            }
            known[pack][word] = .holds(places)
        }
        for pack in unknown {
            for word in lacking { if let known = known[pack][word] { memory.keep(known, .word(words[word]), of: packs[pack]) } }
        }
    }

    /// Entries of bands that do not hold one of the words packed, because few of their entries have it.
    private func ask(_ bands: [Int64], _ conn: Connection) throws(DatabaseError) -> [Int64: [Int64]] {
        guard !bands.isEmpty else { return [:] }
        let keys = try PackedSearch.keys(conn.rows(PackedSQL.keys(words, in: bands, range, conn.dialect)))
        return Dictionary(grouping: keys, by: PackedBand.of).mapValues { sorted($0) }
    }

    private func sorted(_ keys: [Int64]) -> [Int64] { order == .newest ? keys.sorted(by: >) : keys.sorted() }

    private func add(_ band: Band, _ changes: PackChanges.OfBand, to hits: inout Hits, _ conn: Connection) throws(DatabaseError) {
        guard var places = band.places else { return }
        let number = band.pack.band
        if !band.starts.isEmpty {
            places.keep(PackedBand.places(in: range, of: number, starts: band.starts, size: band.pack.size))
        }
        if changes.keys.isEmpty {
            let all = places.all
            hits.add(.places(band.pack, order == .newest ? all.reversed() : all))
            return
        }
        let keys = try keys(of: band.pack, conn)
        hits.add(sorted(places.all.map { keys[$0] }.filter { !changes.keys.contains($0) } + changes.found))
    }

    // MARK: Changed entries

    /// Those of some entries that hold the words now.
    private func holding(_ keys: [Int64], _ conn: Connection) throws(DatabaseError) -> [Int64] {
        guard !keys.isEmpty else { return [] }
        var found: [Int64] = []
        let rows = try conn.rows(PackedSQL.words(ofEntries: keys, range))
        for row in rows where try PackedBand.holds(row["words"], all: words) { found.append(try row["id"]) }
        return found
    }

    private static func keys(_ rows: [Row]) throws(DatabaseError) -> [Int64] {
        try rows.map { row throws(DatabaseError) in try row["id"] }
    }

    // MARK: Lists

    /// The keys of a slice, newest or oldest first as they were found.
    func keys(_ slice: Slice, of hits: Hits, _ conn: Connection) throws(DatabaseError) -> [Int64] {
        var keys: [Int64] = []
        var (skip, left) = (slice.offset, slice.limit)
        for part in hits.parts where left > 0 {
            let wanted = min(left, max(0, part.count - skip))
            if wanted > 0 {
                switch part {
                case .keys(let all): keys += all.dropFirst(skip).prefix(wanted)
                case .places(let pack, let all):
                    let known = try self.keys(of: pack, conn)
                    keys += all.dropFirst(skip).prefix(wanted).map { known[$0] }
                }
            }
            left -= wanted
            skip = max(0, skip - part.count)
        }
        return keys
    }

    /// All keys of a pack.
    private func keys(of pack: PackHead, _ conn: Connection) throws(DatabaseError) -> [Int64] {
        if case .keys(let keys) = memory.known(.keys, of: pack) { return keys }
        let bytes: [UInt8] = try conn.value("SELECT keys FROM public_pack WHERE band = \(pack.band)") ?? []
        let keys = PackedBand.keys(in: bytes)
        guard keys.count == pack.size else {
            throw DatabaseError(.other, "The packed record of band \(pack.band) cannot be read.")
        }
        memory.keep(.keys(keys), .keys, of: pack)
        return keys
    }

    /// The entries of a slice in order.
    func list(_ slice: Slice, of hits: Hits, _ conn: Connection) throws(DatabaseError) -> [Row] {
        let keys = hits.count > slice.offset ? try keys(slice, of: hits, conn) : []
        return keys.isEmpty ? [] : try conn.rows(PackedSQL.entries(keys, order))
    }
}

extension PackedSearch.Hits {
    fileprivate mutating func add(_ keys: [Int64]) { add(.keys(keys)) }

    fileprivate mutating func add(_ part: PackedSearch.Part) {
        guard part.count > 0 else { return }
        count += part.count
        parts.append(part)
    }
}
