internal import Database
internal import Primitives

/// Sixty-four days of the public record, packed: the keys of its entries, and of each word that many of them hold, which.
struct PackedBand: Sendable {
    let band: Int64
    /// In rising order.
    private(set) var keys: [Int64] = []
    private var places: [String: [Int]] = [:]

    /// Keys of one band have these bits in common; `SearchMark.bands` has a word for it.
    private static let shift: Int64 = 32 + 6
    static func of(_ key: Int64) -> Int64 { key >> shift }
    static func first(of band: Int64) -> Int64 { band << shift }
    static func last(of band: Int64) -> Int64 { (band + 1) << shift - 1 }
    /// The word that its entries hold.
    static func word(of band: Int64) -> String { "d64_\(band)" }

    init(_ band: Int64) { self.band = band }

    /// The next entry of the band.
    mutating func add(_ key: Int64, words: String) {
        PackedBand.each(words) { put($0) }
        keys.append(key)
    }

    /// Once, however often the entry has it.
    private mutating func put(_ word: String) { places[word, default: []].add(keys.count) }

    /// The words, marks and beginnings of an entry, some more than once. Cut as the text indexes do, which know no characters of
    /// several code points.
    private static func each(_ words: String, _ body: (String) -> Void) {
        for part in words.utf8.split(separator: UInt8(ascii: " ")) {
            let word = Substring(part)
            guard part.contains(UInt8(ascii: "_")) else {
                body(String(word))
                body(packed(beginning: Substring(word.unicodeScalars.prefix(beginningLength))))
                continue
            }
            // A band is never asked for beside a word for days.
            if !SearchMark.isBand(word) { body(String(word)) }
        }
    }

    /// Whether an entry with these words holds all of some.
    static func holds(_ words: String, all some: [String]) -> Bool {
        var missing = Set(some)
        each(words) { missing.remove($0) }
        return missing.isEmpty
    }

    /// How bands are packed now.
    static let version: Int64 = 3
    /// Since then also marks of few entries are packed, and beginnings.
    static let withAllMarks: Int64 = 3

    // MARK: Beginnings

    /// Code points of the beginnings that are packed like words: of so few letters so many words begin that a text index gathers half of
    /// the record.
    static let beginningLength = 2
    private static let beginningMark = "b_"

    /// What stands for entries that hold a word with that beginning.
    static func packed(beginning: some StringProtocol) -> String { beginningMark + beginning }
    /// The beginning that it stands for; nil for a word or another mark.
    static func beginning(packedAs word: String) -> String? {
        word.hasPrefix(beginningMark) ? String(word.dropFirst(beginningMark.count)) : nil
    }

    /// Whether that is all that somebody has typed of a word, whose other forms begin with it too.
    static func packsBeginning(_ last: SearchWords.Last) -> Bool {
        last.beginning.unicodeScalars.count == beginningLength && last.forms.isEmpty
    }

    /// Marks are always packed, so that a band that lacks one has no entry of it. Only words of companies are many.
    static func isAlwaysPacked(_ word: String) -> Bool {
        word.utf8.contains(UInt8(ascii: "_")) && !word.hasPrefix(SearchMark.company(""))
    }

    /// The words that at least so many entries hold, and the marks, with which.
    func words(inAtLeast least: Int) -> [(word: String, bits: [UInt8])] {
        places.filter { $0.value.count >= least || PackedBand.isAlwaysPacked($0.key) }.sorted { $0.key < $1.key }.map {
            ($0.key, Places($0.value, of: keys.count).packed)
        }
    }

    /// The place of the first entry of each of its days or a later one.
    var starts: [Int] {
        var starts: [Int] = []
        for (place, key) in keys.enumerated() {
            let day = Int((key - PackedBand.first(of: band)) >> 32)
            while starts.count <= day { starts.append(place) }
        }
        return starts
    }

    /// The places between two keys, both left out, where each is the edge of a day.
    /// - Parameter starts: of this band, which has `size` entries.
    static func places(in range: KeyRange, of band: Int64, starts: [Int64], size: Int) -> Range<Int> {
        func place(_ day: Int64) -> Int { day < 0 ? 0 : day < Int64(starts.count) ? Int(starts[Int(day)]) : size }
        let (first, last) = (PackedBand.first(of: band), PackedBand.last(of: band))
        let from = range.after < first ? 0 : place((range.after - first) >> 32)
        let to = range.before > last ? size : place((range.before - first) >> 32)
        return from..<max(from, to)
    }

    // MARK: Keys as bytes

    /// Eight bytes a key, the highest first.
    static func bytes(of keys: [Int64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(keys.count * 8)
        for key in keys {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: key >> Int64(shift))) }
        }
        return bytes
    }

    static func keys(in bytes: [UInt8]) -> [Int64] {
        stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<(start + 8)].reduce(0) { $0 << 8 | Int64($1) }
        }
    }
}

extension [Int] {
    /// Puts a place at the end, unless it stands there.
    fileprivate mutating func add(_ place: Int) {
        if last != place { append(place) }
    }
}
