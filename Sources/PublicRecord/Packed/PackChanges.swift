/// Entries that were changed since their band was packed, by band.
struct PackChanges {
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
