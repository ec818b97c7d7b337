/// Emails and phones that three or more different people have on file.
struct SharedValues {
    let rows: [UInt32]
    let heads: [UInt32]
    let nicknames: [Int16]

    /// - Returns: by number, whether it is shared.
    func shared(_ slot: Int, _ slots: Int, values: Int) -> [Bool] {
        // The first two different people seen with each.
        var (one, two) = ([UInt32](repeating: 0, count: values), [UInt32](repeating: 0, count: values))
        var shared = [Bool](repeating: false, count: values)
        for base in stride(from: 0, to: rows.count, by: Slot.count) {
            let person = who(base)
            guard person != 0 else { continue }
            for at in (base + slot)..<(base + slot + slots) where rows[at] != 0 {
                let value = Int(rows[at])
                if one[value] == 0 || one[value] == person { one[value] = person; continue }
                if two[value] == 0 || two[value] == person { two[value] = person; continue }
                shared[value] = true
            }
        }
        return shared
    }

    /// A first name, nicknames as their full form; 0 when nobody is named.
    private func who(_ base: Int) -> UInt32 {
        let first = rows[base + Slot.first]
        let group = nicknames[Int(first)]
        return group >= 0 ? UInt32.max - UInt32(group) : heads[Int(first)]
    }
}
