/// The level of two texts of a table, remembered: common pairs of names come again and again.
struct TextLikeness: ~Copyable {
    private let table: ValueTable
    private var keys: [UInt64]
    private var levels: [MatchLevel]
    private static let places = 1 << 14

    init(_ table: ValueTable) {
        self.table = table
        keys = [UInt64](repeating: 0, count: TextLikeness.places)
        levels = [MatchLevel](repeating: .missing, count: TextLikeness.places)
    }

    /// - Returns: like, near or different by Jaro-Winkler; same for equal numbers, missing when either is 0.
    mutating func level(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        if a == 0 || b == 0 { return .missing }
        if a == b { return .same }
        let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
        let place = Int(truncatingIfNeeded: mixed(key)) & (TextLikeness.places - 1)
        if keys[place] == key { return levels[place] }
        let found = compare(a, b)
        keys[place] = key
        levels[place] = found
        return found
    }

    private func compare(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        table.bytes.withUnsafeBufferPointer { bytes in
            let x = UnsafeBufferPointer(rebasing: bytes[Int(table.starts[Int(a)])..<Int(table.starts[Int(a) + 1])])
            let y = UnsafeBufferPointer(rebasing: bytes[Int(table.starts[Int(b)])..<Int(table.starts[Int(b) + 1])])
            let likeness = jaroWinkler(x, y)
            return likeness >= 0.92 ? .near : (likeness >= 0.82 ? .like : .different)
        }
    }
}
