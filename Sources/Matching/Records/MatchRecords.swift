/// Contacts taken apart for matching: immutable, about 64 bytes each besides their texts, safe to share between threads.
public struct MatchRecords: Sendable {
    let tables: [ValueTable]
    /// `Slot.count` numbers a record.
    let rows: [UInt32]
    let ids: ContactIDs
    let heads: [UInt32]
    let tails: [UInt32]
    /// By slot and number: in how many records a text stands in that slot (all emails count as one slot, all phones too).
    let frequencies: [[UInt32]]
    /// By number of a name: the row of nicknames its first word is in, or -1.
    let nicknames: [Int16]
    /// By number of an email: a number of its domain; 0 for mail services that everybody uses.
    let domains: [UInt32]
    /// By number: read by several people (C1 d), by its name or because three different people have it.
    let sharedEmails: [Bool]
    let sharedPhones: [Bool]

    public var count: Int { ids.count }

    /// How the file calls a record.
    public func id(_ index: Int) -> String { String(decoding: ids[index], as: UTF8.self) }

    /// - Parameter common: what is known of a larger file that these records are a few of.
    init(
        tables: [ValueTable], rows: [UInt32], ids: ContactIDs, heads: [UInt32], tails: [UInt32], common: CommonTexts? = nil
    ) {
        self.tables = tables
        self.rows = rows
        self.ids = ids
        self.heads = heads
        self.tails = tails
        let counted = MatchRecords.frequencies(rows, tables)
        frequencies = common?.raised(counted, tables) ?? counted
        let names = tables[Slot.Table.names.rawValue]
        let nicknames = heads.indices.map { id in Int16(FirstNames.group(of: names.string(heads[id])) ?? -1) }
        self.nicknames = nicknames
        let emails = tables[Slot.Table.emails.rawValue]
        domains = MatchRecords.domains(emails)
        let people = SharedValues(rows: rows, heads: heads, nicknames: nicknames)
        var shared = people.shared(Slot.email, Slot.emails, values: emails.count)
        for id in 1..<UInt32(max(1, emails.count)) where Mailboxes.isSharedByName(emails.string(id)) { shared[Int(id)] = true }
        let phones = tables[Slot.Table.phones.rawValue]
        var sharedPhones = people.shared(Slot.phone, Slot.phones, values: phones.count)
        if let common {
            for id in 1..<UInt32(max(1, emails.count)) where common.sharedEmails.contains(emails.string(id)) {
                shared[Int(id)] = true
            }
            for id in 1..<UInt32(max(1, phones.count)) where common.sharedPhones.contains(phones.string(id)) {
                sharedPhones[Int(id)] = true
            }
        }
        sharedEmails = shared
        self.sharedPhones = sharedPhones
    }

    func table(_ table: Slot.Table) -> ValueTable { tables[table.rawValue] }

    private static func frequencies(_ rows: [UInt32], _ tables: [ValueTable]) -> [[UInt32]] {
        var counts = Slot.tables.indices.map { slot -> [UInt32] in
            let isCounted = slot != Slot.email + 1 && slot != Slot.phone + 1 && slot != Slot.phone + 2
            return isCounted ? [UInt32](repeating: 0, count: tables[Slot.tables[slot].rawValue].count) : []
        }
        for slot in 0..<Slot.count {
            let into =
                switch slot {
                case Slot.email..<(Slot.email + Slot.emails): Slot.email
                case Slot.phone..<(Slot.phone + Slot.phones): Slot.phone
                default: slot
                }
            var column = counts[into]
            counts[into] = []
            let mask: UInt32 = slot == Slot.traits ? 0xFFFF : .max
            for at in stride(from: slot, to: rows.count, by: Slot.count) { column[Int(rows[at] & mask)] += 1 }
            counts[into] = column
        }
        return counts
    }

    private static func domains(_ emails: ValueTable) -> [UInt32] {
        var known: [String: UInt32] = [:]
        return (0..<UInt32(emails.count)).map { id in
            let domain = String(decoding: emails.text(id).drop { $0 != UInt8(ascii: "@") }.dropFirst(), as: UTF8.self)
            guard !domain.isEmpty, !Mailboxes.isPublicProvider(domain: domain) else { return 0 }
            if let number = known[domain] { return number }
            known[domain] = UInt32(known.count + 1)
            return UInt32(known.count)
        }
    }
}
