/// Compared pairs to learn from: their levels, and what the rarity of equal texts adds.
struct SamplePairs: Sendable {
    struct Pair: Sendable {
        let levels: MatchLevels
        let frequencies: Comparison.Frequencies
        let areCompanies: Bool
    }

    private(set) var pairs: [Pair] = []
    /// How many pairs of the file each stands for.
    let share: Double

    static let wanted = 200_000
    /// Small files have no use for so many: they have not so many different texts.
    static func strangersWanted(_ records: Int) -> Int { min(wanted, 20_000 + 20 * records) }
    static let seed: UInt64 = 20_180_409

    /// Some of the pairs that share a key: all of them in a small file, every n-th block in a large one.
    static func candidates(_ blocking: Blocking, _ records: MatchRecords) throws -> SamplePairs {
        let every = max(1, blocking.pairs / wanted)
        var sample = SamplePairs(share: Double(every))
        var comparison = FieldComparison(records)
        for pass in blocking.passes {
            try Task.checkCancellation()
            let sorted = blocking.sorted(pass)
            sorted.blocks { block in
                guard every == 1 || mixed(UInt64(sorted.keys[block.lowerBound]) ^ seed) % UInt64(every) == 0 else { return }
                blocking.pairs(block, of: sorted, pass) { a, b in sample.add(a, b, &comparison) }
            }
        }
        return sample
    }

    /// Two records at random, again and again: the same in every run.
    static func strangers(_ records: MatchRecords) -> SamplePairs {
        var sample = SamplePairs(share: 1)
        guard records.count > 1 else { return sample }
        var comparison = FieldComparison(records)
        var number = seed
        for _ in 0..<strangersWanted(records.count) {
            number = mixed(number)
            let a = Int(number >> 33) % records.count
            number = mixed(number)
            let b = Int(number >> 33) % records.count
            if a != b { sample.add(a, b, &comparison) }
        }
        return sample
    }

    private mutating func add(_ a: Int, _ b: Int, _ comparison: inout FieldComparison) {
        let found = comparison.compare(a, b)
        pairs.append(
            Pair(
                levels: found.levels, frequencies: found.frequencies,
                areCompanies: comparison.records.isCompany(a) || comparison.records.isCompany(b)))
    }
}

extension MatchRecords {
    func traits(_ record: Int) -> RecordTraits { RecordTraits(packed: rows[record * Slot.count + Slot.traits]) }
    func isCompany(_ record: Int) -> Bool { rows[record * Slot.count + Slot.traits] >> 24 == 1 }
}
