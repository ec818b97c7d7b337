/// Records in the order of their keys: a block is a run of equal keys.
struct KeyedRows: Sendable {
    private(set) var keys: [UInt32]
    private(set) var rows: [UInt32]

    var count: Int { keys.count }

    /// - Parameters:
    ///   - all: `width` keys a record.
    ///   - places: which of them; a record comes once for each that is not 0.
    init(_ all: [UInt32], width: Int, places: Range<Int>) {
        (keys, rows) = ([], [])
        keys.reserveCapacity(all.count / width)
        rows.reserveCapacity(all.count / width)
        all.withUnsafeBufferPointer { all in
            for row in 0..<(all.count / width) {
                for place in places where all[row * width + place] != 0 {
                    keys.append(all[row * width + place])
                    rows.append(UInt32(row))
                }
            }
        }
        sort()
    }

    /// By key, records of one key in their order: a radix sort, eleven bits at a time.
    private mutating func sort() {
        var (otherKeys, otherRows) = (keys, rows)
        for shift in [UInt32(0), 11, 22] {
            var starts = [Int](repeating: 0, count: 2049)
            for key in keys { starts[Int(key >> shift & 2047) + 1] += 1 }
            for digit in 1...2048 { starts[digit] += starts[digit - 1] }
            keys.withUnsafeBufferPointer { keys in
                rows.withUnsafeBufferPointer { rows in
                    otherKeys.withUnsafeMutableBufferPointer { otherKeys in
                        otherRows.withUnsafeMutableBufferPointer { otherRows in
                            for index in 0..<keys.count {
                                let digit = Int(keys[index] >> shift & 2047)
                                otherKeys[starts[digit]] = keys[index]
                                otherRows[starts[digit]] = rows[index]
                                starts[digit] += 1
                            }
                        }
                    }
                }
            }
            swap(&keys, &otherKeys)
            swap(&rows, &otherRows)
        }
    }

    /// Calls for every block of two records and more.
    func blocks(_ body: (_ block: Range<Int>) -> Void) {
        var start = 0
        keys.withUnsafeBufferPointer { keys in
            while start < keys.count {
                var end = start + 1
                while end < keys.count, keys[end] == keys[start] { end += 1 }
                if end - start > 1 { body(start..<end) }
                start = end
            }
        }
    }
}
