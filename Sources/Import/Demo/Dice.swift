/// Randomness that a seed repeats on every machine: SplitMix64 (Steele, Lea, Flood 2014).
struct Dice: Sendable {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x6A09_E667_F3BC_C909 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    /// One of a list; nil for an empty one.
    mutating func pick<Item>(_ items: [Item]) -> Item? { items.isEmpty ? nil : items[number(0...items.count - 1)] }

    mutating func word(_ words: [String]) -> String { pick(words) ?? "" }

    /// One of a list by weight; nil when nothing has any.
    mutating func pick<Item>(_ items: [(weight: Int, item: Item)]) -> Item? {
        let total = items.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        var left = number(1...total)
        for (weight, item) in items {
            left -= weight
            if left <= 0 { return item }
        }
        return nil
    }
}
