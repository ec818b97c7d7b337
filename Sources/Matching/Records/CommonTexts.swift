public import Primitives

/// How often the texts of a file stand in it, and which mailboxes and phones several people of it have: enough to weigh a few records as
/// if the whole file were there. Only texts that stand there more than once, the most common ones.
public struct CommonTexts: Sendable, Hashable {
    /// By slot. Emails count as one slot, phones too.
    private var counts: [Int: [String: UInt32]] = [:]
    /// How often at most a text stands in the file that is not listed.
    private var others: [Int: UInt32] = [:]
    private(set) var sharedEmails: Set<String> = []
    private(set) var sharedPhones: Set<String> = []

    static let most = 5000
    private static let slots = (0..<Slot.count).filter { ![Slot.email + 1, Slot.phone + 1, Slot.phone + 2].contains($0) }

    init(_ records: MatchRecords) {
        for slot in CommonTexts.slots {
            let table = records.table(Slot.tables[slot])
            let known = records.frequencies[slot].indices.dropFirst().filter { records.frequencies[slot][$0] > 1 }
            let listed = known.sorted { a, b in
                let (x, y) = (records.frequencies[slot][a], records.frequencies[slot][b])
                return x == y ? a < b : x > y
            }.prefix(CommonTexts.most)
            counts[slot] = Dictionary(
                listed.map { (table.string(UInt32($0)), records.frequencies[slot][$0]) }, uniquingKeysWith: max)
            others[slot] = known.count > listed.count ? listed.last.map { records.frequencies[slot][$0] } ?? 1 : 1
        }
        sharedEmails = CommonTexts.shared(records.sharedEmails, records.table(.emails))
        sharedPhones = CommonTexts.shared(records.sharedPhones, records.table(.phones))
    }

    private static func shared(_ marks: [Bool], _ table: ValueTable) -> Set<String> {
        Set(marks.indices.filter { marks[$0] }.prefix(most).map { table.string(UInt32($0)) })
    }

    /// The frequencies of a few records, raised to those of the whole file.
    func raised(_ frequencies: [[UInt32]], _ tables: [ValueTable]) -> [[UInt32]] {
        var frequencies = frequencies
        for slot in CommonTexts.slots {
            let table = tables[Slot.tables[slot].rawValue]
            let (known, other) = (counts[slot] ?? [:], others[slot] ?? 1)
            for id in frequencies[slot].indices.dropFirst() {
                let own = frequencies[slot][id]
                frequencies[slot][id] = max(own, known[table.string(UInt32(id))] ?? (own > 0 ? other : 0))
            }
        }
        return frequencies
    }
}

extension CommonTexts {
    /// No text holds a space, so a slot is one string: `smith 12 jones 9`.
    var json: JSON {
        .object([
            "texts": .object(
                Dictionary(
                    uniqueKeysWithValues: counts.map { slot, texts in
                        (
                            String(slot),
                            .string(texts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: " "))
                        )
                    })),
            "others": .object(Dictionary(uniqueKeysWithValues: others.map { (String($0), .integer(Int64($1))) })),
            "emails": .string(sharedEmails.sorted().joined(separator: " ")),
            "phones": .string(sharedPhones.sorted().joined(separator: " ")),
        ])
    }

    init?(json: JSON) {
        guard let texts = json["texts"]?.object, let others = json["others"]?.object, let emails = json["emails"]?.string,
            let phones = json["phones"]?.string
        else { return nil }
        for (name, list) in texts {
            guard let slot = Int(name), let list = list.string else { return nil }
            let words = list.split(separator: " ")
            var counts: [String: UInt32] = [:]
            for place in stride(from: 0, to: words.count - 1, by: 2) { counts[String(words[place])] = UInt32(words[place + 1]) }
            self.counts[slot] = counts
        }
        for (name, count) in others {
            guard let slot = Int(name), let count = count.integer else { return nil }
            self.others[slot] = UInt32(clamping: count)
        }
        sharedEmails = Set(emails.split(separator: " ").map(String.init))
        sharedPhones = Set(phones.split(separator: " ").map(String.init))
    }
}
