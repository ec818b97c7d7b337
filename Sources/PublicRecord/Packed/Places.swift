/// Which entries of a band hold something: a bit for each, in the order of their keys.
struct Places: Sendable, Hashable {
    private var parts: [UInt64]
    let size: Int

    /// None.
    init(_ size: Int) {
        self.size = size
        parts = Array(repeating: 0, count: (size + 63) / 64)
    }

    init(_ places: some Sequence<Int>, of size: Int) {
        self.init(size)
        for place in places { parts[place >> 6] |= 1 << UInt64(place & 63) }
    }

    var isEmpty: Bool { parts.allSatisfy { $0 == 0 } }
    var count: Int { parts.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// In rising order.
    var all: [Int] {
        var all: [Int] = []
        for (index, part) in parts.enumerated() {
            var rest = part
            while rest != 0 {
                all.append(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return all
    }

    mutating func formIntersection(_ other: Places) {
        for index in parts.indices { parts[index] &= other.parts[index] }
    }

    /// Leaves out what is not in the range.
    mutating func keep(_ range: Range<Int>) {
        for index in parts.indices {
            let (low, high) = (range.lowerBound - index << 6, range.upperBound - index << 6)
            if low > 0 { parts[index] &= low > 63 ? 0 : .max << UInt64(low) }
            if high < 64 { parts[index] &= high <= 0 ? 0 : .max >> UInt64(64 - high) }
        }
    }
}

extension Places {
    private enum Form: UInt8 {
        /// A bit for each, the lowest of a byte first.
        case bits = 1
        /// How far each is from the one before, seven bits a byte, the lowest first; all bytes of a number but the last have the
        /// eighth bit set.
        case steps = 2
    }

    /// As they are stored, in whichever form is shorter.
    var packed: [UInt8] {
        let places = all
        if places.count > size / 12 {
            var bytes = [Form.bits.rawValue]
            for part in parts { for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: part >> UInt64(8 * shift))) } }
            return bytes
        }
        var bytes = [Form.steps.rawValue]
        var last = -1
        for place in places {
            var step = place - last - 1
            last = place
            while step > 127 {
                bytes.append(UInt8(step & 127) | 128)
                step >>= 7
            }
            bytes.append(UInt8(step))
        }
        return bytes
    }

    /// - Returns: nil for bytes that `packed` did not make of as many.
    init?(packed bytes: [UInt8], of size: Int) {
        self.init(size)
        switch bytes.first.flatMap(Form.init) {
        case .bits:
            guard bytes.count == 1 + parts.count * 8 else { return nil }
            for index in parts.indices {
                var part: UInt64 = 0
                for shift in 0..<8 { part |= UInt64(bytes[1 + index * 8 + shift]) << UInt64(8 * shift) }
                parts[index] = part
            }
        case .steps:
            var (place, step, shift) = (-1, 0, 0)
            for byte in bytes.dropFirst() {
                step |= Int(byte & 127) << shift
                shift += 7
                if byte > 127 { continue }
                place += step + 1
                guard place < size else { return nil }
                parts[place >> 6] |= 1 << UInt64(place & 63)
                (step, shift) = (0, 0)
            }
        case nil: return nil
        }
    }
}
