/// Which pairs are compared. Every pair that shares a key comes once: with the first key it shares.
struct Blocking: Sendable {
    /// What one pass over one key found.
    struct Pass: Sendable {
        let name: String
        let places: Range<Int>
        /// Pairs in blocks that are used, each block by itself.
        var pairs = 0
        /// Blocks that hold too many records to compare each with each; other keys have to bring those together.
        var skippedBlocks = 0
        var skippedRecords = 0
    }

    /// No block larger than this is used, whatever the file's size.
    static let largestBlock = 200
    /// A pass may bring about so many pairs a record. Small files have as many as they like.
    static let pairsPerRecord = 6
    static let pairsInAnyCase = 3_000_000

    private(set) var passes: [Pass]
    /// `BlockingKeys.count` a record; keys of skipped blocks are 0.
    private let keys: [UInt32]

    /// - Throws: `CancellationError`.
    init(_ records: MatchRecords, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) throws {
        let width = BlockingKeys.count
        var keys = [UInt32](repeating: 0, count: records.count * width)
        keys.withUnsafeMutableBufferPointer { keys in
            for record in 0..<records.count {
                BlockingKeys.write(
                    record, records, UnsafeMutableBufferPointer(rebasing: keys[(record * width)..<((record + 1) * width)]))
            }
        }
        passes = []
        for (name, places) in BlockingKeys.passes {
            try Task.checkCancellation()
            passes.append(Blocking.measure(&keys, name, places, records.count))
            progress(passes.count, BlockingKeys.passes.count)
        }
        self.keys = keys
    }

    var pairs: Int { passes.reduce(0) { $0 + $1.pairs } }

    func sorted(_ pass: Pass) -> KeyedRows { KeyedRows(keys, width: BlockingKeys.count, places: pass.places) }

    private static func measure(_ keys: inout [UInt32], _ name: String, _ places: Range<Int>, _ count: Int) -> Pass {
        let sorted = KeyedRows(keys, width: BlockingKeys.count, places: places)
        var bySize = [Int](repeating: 0, count: largestBlock + 1)
        sorted.blocks { if $0.count <= largestBlock { bySize[$0.count] += 1 } }
        var pass = Pass(name: name, places: places)
        var most = 1
        let budget = max(count * pairsPerRecord, pairsInAnyCase)
        for size in 2...largestBlock {
            let more = bySize[size] * size * (size - 1) / 2
            guard pass.pairs + more <= budget else { break }
            pass.pairs += more
            most = size
        }
        sorted.blocks { block in
            guard block.count > most else { return }
            pass.skippedBlocks += 1
            pass.skippedRecords += block.count
            for at in block {
                let base = Int(sorted.rows[at]) * BlockingKeys.count
                for place in places where keys[base + place] == sorted.keys[at] { keys[base + place] = 0 }
            }
        }
        return pass
    }

    /// The pairs of a run of blocks, each pair that no earlier key brought.
    func pairs(_ range: Range<Int>, of sorted: KeyedRows, _ pass: Pass, _ body: (_ a: Int, _ b: Int) -> Void) {
        keys.withUnsafeBufferPointer { keys in
            var start = range.lowerBound
            while start < range.upperBound {
                let key = sorted.keys[start]
                var end = start + 1
                while end < range.upperBound, sorted.keys[end] == key { end += 1 }
                for i in start..<end {
                    for j in (i + 1)..<max(i + 1, end) where isFirst(keys, Int(sorted.rows[i]), Int(sorted.rows[j]), key, pass) {
                        body(Int(sorted.rows[i]), Int(sorted.rows[j]))
                    }
                }
                start = end
            }
        }
    }

    private func isFirst(_ keys: UnsafeBufferPointer<UInt32>, _ a: Int, _ b: Int, _ key: UInt32, _ pass: Pass) -> Bool {
        // One record in a block twice: two of its phones end alike.
        guard a != b else { return false }
        let (fromA, fromB) = (a * BlockingKeys.count, b * BlockingKeys.count)
        // Several emails, several phones: any of one side with any of the other; the smallest that both have brings the pair.
        for earlier in passes {
            let isThis = earlier.places.lowerBound == pass.places.lowerBound
            if earlier.places.count == 1 {
                if isThis { return true }
                let place = earlier.places.lowerBound
                if keys[fromA + place] != 0, keys[fromA + place] == keys[fromB + place] { return false }
                continue
            }
            for i in earlier.places where keys[fromA + i] != 0 {
                for j in earlier.places where keys[fromA + i] == keys[fromB + j] {
                    if !isThis || keys[fromA + i] < key { return false }
                }
            }
            if isThis { return true }
        }
        return true
    }

    /// Runs of whole blocks with about so many pairs each, for as many threads as there are.
    func pieces(_ sorted: KeyedRows, about pairs: Int) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var (start, count) = (0, 0)
        sorted.blocks { block in
            count += block.count * (block.count - 1) / 2
            guard count >= pairs else { return }
            pieces.append(start..<block.upperBound)
            (start, count) = (block.upperBound, 0)
        }
        if start < sorted.count { pieces.append(start..<sorted.count) }
        return pieces
    }
}
