/// Different texts, each kept once and known by a number: 0 is "unknown", the first text is 1. A million contacts have far fewer
/// different names than contacts, and two numbers are compared faster than two texts.
struct ValueTable: Sendable {
    /// Longer texts are cut: bytes.
    static let longest = 64

    private(set) var bytes: [UInt8] = []
    /// Where the text of a number begins; it ends where the next one begins.
    private(set) var starts: [UInt32] = [0, 0]
    /// Numbers by hash, open addressing; a power of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 1 << 12)

    /// How many numbers there are, 0 among them.
    var count: Int { starts.count - 1 }

    func text(_ id: UInt32) -> ArraySlice<UInt8> { bytes[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])] }

    func string(_ id: UInt32) -> String { String(decoding: text(id), as: UTF8.self) }

    /// A number that the text has in every table; 0 for "unknown". Two texts have the same one in four thousand million.
    func lasting(_ id: UInt32) -> UInt32 {
        id == 0 ? 0 : max(1, UInt32(truncatingIfNeeded: text(id).withUnsafeBufferPointer(hash)))
    }

    /// The number of a text, a new one when it was not seen before.
    mutating func id(of text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { id(of: $0) }
    }

    mutating func id(of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        let text = UnsafeBufferPointer(rebasing: text.prefix(ValueTable.longest))
        if count * 2 > slots.count { grow() }
        var slot = Int(truncatingIfNeeded: hash(text)) & (slots.count - 1)
        while slots[slot] != 0 {
            if isEqual(slots[slot], text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let id = UInt32(count)
        bytes.append(contentsOf: text)
        starts.append(UInt32(bytes.count))
        slots[slot] = id
        return id
    }

    private func isEqual(_ id: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let (from, to) = (Int(starts[Int(id)]), Int(starts[Int(id) + 1]))
        guard to - from == text.count else { return false }
        for offset in 0..<text.count where bytes[from + offset] != text[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        bytes.withUnsafeBufferPointer { bytes in
            for id in 1..<count {
                let text = UnsafeBufferPointer(rebasing: bytes[Int(starts[id])..<Int(starts[id + 1])])
                var slot = Int(truncatingIfNeeded: hash(text)) & mask
                while slots[slot] != 0 { slot = (slot + 1) & mask }
                slots[slot] = UInt32(id)
            }
        }
    }

    private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return mixed(hash)
    }
}

/// Spreads a number over all 64 bits (the end of SplitMix64).
func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
}
