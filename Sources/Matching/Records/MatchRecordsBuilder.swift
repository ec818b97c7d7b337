internal import Primitives

/// Takes contacts one after the other, folds and takes apart what they hold, and keeps each text once.
public struct MatchRecordsBuilder: Sendable {
    private var tables = Slot.Table.allCases.map { _ in ValueTable() }
    private var rows: [UInt32] = []
    private var ids = ContactIDs()
    /// By number of a name: its first and its last word, themselves names.
    private var heads: [UInt32] = [0]
    private var tails: [UInt32] = [0]

    public init() {}

    public var count: Int { ids.count }

    public mutating func add(_ contact: MatchContact) {
        ids.add(contact.id)
        let base = rows.count
        rows.append(contentsOf: repeatElement(0, count: Slot.count))
        var traits = RecordTraits()
        person(contact, base, &traits)
        company(contact, base, &traits)
        reach(contact, base)
        place(contact, base)
        let hasPerson = rows[base + Slot.first] != 0 || rows[base + Slot.last] != 0
        traits.isCompany =
            (contact.kind ?? (hasPerson ? .person : .company)) == .company && rows[base + Slot.company] != 0 || !hasPerson
        traits.state = tables[Slot.Table.states.rawValue].id(of: squeezed(contact.state))
        rows[base + Slot.traits] = traits.packed
    }

    /// The records, ready to be compared. The builder is used up.
    public consuming func finish() -> MatchRecords {
        MatchRecords(tables: tables, rows: rows, ids: ids, heads: heads, tails: tails)
    }

    /// The records as a few of a larger file.
    consuming func finish(_ common: CommonTexts) -> MatchRecords {
        MatchRecords(tables: tables, rows: rows, ids: ids, heads: heads, tails: tails, common: common)
    }

    private mutating func person(_ contact: MatchContact, _ base: Int, _ traits: inout RecordTraits) {
        var (first, middle, last) = (
            foldedForSearch(contact.firstName), foldedForSearch(contact.middleName), foldedForSearch(contact.lastName)
        )
        var suffixes = [PersonSuffix.taken(from: &last), PersonSuffix.taken(from: &first)]
        if let suffix = PersonSuffix(word: middle[...]), suffix != .fifth {
            suffixes.append(suffix)
            middle = ""
        }
        if !contact.title.isEmpty { suffixes.append(PersonSuffix(word: foldedForSearch(contact.title)[...]) ?? .none) }
        traits.suffix = suffixes.first { $0 != .none } ?? .none
        // "John A" with no middle name.
        if middle.isEmpty {
            let words = first.split(separator: " ")
            if words.count > 1, let initial = words.last, initial.count == 1 {
                middle = String(initial)
                first = words.dropLast().joined(separator: " ")
            }
        }
        rows[base + Slot.first] = name(first)
        rows[base + Slot.middle] = name(middle)
        rows[base + Slot.last] = name(last)
    }

    private mutating func name(_ folded: String) -> UInt32 {
        let words = folded.split(separator: " ")
        guard let first = words.first, let last = words.last else { return 0 }
        guard words.count > 1 else { return simple(folded) }
        let (head, tail) = (simple(String(first)), simple(String(last)))
        let id = tables[Slot.Table.names.rawValue].id(of: words.joined())
        if Int(id) == heads.count {
            heads.append(head)
            tails.append(tail)
        }
        return id
    }

    private mutating func simple(_ word: String) -> UInt32 {
        let id = tables[Slot.Table.names.rawValue].id(of: word)
        if Int(id) == heads.count {
            heads.append(id)
            tails.append(id)
        }
        return id
    }

    private mutating func company(_ contact: MatchContact, _ base: Int, _ traits: inout RecordTraits) {
        guard !contact.companyName.isEmpty else { return }
        let name = CompanyName(contact.companyName)
        traits.form = name.form
        rows[base + Slot.company] = tables[Slot.Table.companies.rawValue].id(of: name.core.filter { $0 != " " })
        rows[base + Slot.trade] = tables[Slot.Table.companies.rawValue].id(of: name.trade.filter { $0 != " " })
    }

    private mutating func reach(_ contact: MatchContact, _ base: Int) {
        var slot = Slot.email
        for email in contact.emails where slot < Slot.email + Slot.emails {
            guard !email.isEmpty, let folded = FoldedEmail(email) else { continue }
            rows[base + slot] = tables[Slot.Table.emails.rawValue].id(of: folded.description)
            if slot == Slot.email || rows[base + slot] != rows[base + Slot.email] { slot += 1 } else { rows[base + slot] = 0 }
        }
        slot = Slot.phone
        for phone in contact.phones where slot < Slot.phone + Slot.phones {
            let digits = localDigits(phone)
            // 000-000-0000 and 999-9999 stand for "none".
            guard digits.count >= 7, Set(digits.utf8).count > 1 else { continue }
            let id = tables[Slot.Table.phones.rawValue].id(of: digits)
            guard !rows[(base + Slot.phone)..<(base + slot)].contains(id) else { continue }
            rows[base + slot] = id
            slot += 1
        }
    }

    private mutating func place(_ contact: MatchContact, _ base: Int) {
        let parts = AddressParts(contact.address, unit: contact.unit)
        let texts = [parts.number, parts.street, parts.unit, squeezed(contact.city), zip(contact.zip)]
        for (offset, text) in texts.enumerated() {
            rows[base + Slot.number + offset] = tables[Slot.Table.places.rawValue].id(of: text)
        }
    }

    private func squeezed(_ text: String) -> String {
        let folded = foldedForSearch(text)
        return folded.utf8.contains(32) ? folded.filter { $0 != " " } : folded
    }

    /// Five digits of a ZIP+4; anything else as it is.
    private func zip(_ text: String) -> String {
        let text = squeezed(text)
        return text.count > 5 && text.utf8.allSatisfy { (48...57).contains($0) } ? String(text.prefix(5)) : text
    }
}
