/// Compares two records field by field. Holds what it has seen, so every thread has its own.
struct FieldComparison: ~Copyable {
    let records: MatchRecords
    private var names: TextLikeness
    private var companies: TextLikeness
    private var places: TextLikeness

    init(_ records: MatchRecords) {
        self.records = records
        names = TextLikeness(records.table(.names))
        companies = TextLikeness(records.table(.companies))
        places = TextLikeness(records.table(.places))
    }

    /// The order of the two does not matter.
    mutating func compare(_ a: Int, _ b: Int) -> Comparison {
        var found = Comparison()
        records.rows.withUnsafeBufferPointer { rows in
            let x = UnsafeBufferPointer(rebasing: rows[(a * Slot.count)..<((a + 1) * Slot.count)])
            let y = UnsafeBufferPointer(rebasing: rows[(b * Slot.count)..<((b + 1) * Slot.count)])
            name(x, y, &found)
            middle(x, y, &found)
            company(x, y, &found)
            email(x, y, &found)
            phone(x, y, &found)
            address(x, y, &found)
        }
        return found
    }

    private typealias Record = UnsafeBufferPointer<UInt32>

    private func note(_ field: MatchField, _ level: MatchLevel, _ slot: Int, _ value: UInt32, _ found: inout Comparison) {
        found.levels[field] = level
        if level == .same { found.frequencies[field] = records.frequencies[slot][Int(value)] }
    }

    // MARK: names

    /// Straight, or each in the other's place when that agrees better.
    private mutating func name(_ x: Record, _ y: Record, _ found: inout Comparison) {
        let first = firstName(x[Slot.first], y[Slot.first])
        let last = lastName(x[Slot.last], y[Slot.last])
        note(.firstName, first, Slot.first, x[Slot.first], &found)
        note(.lastName, last, Slot.last, x[Slot.last], &found)
        guard FieldComparison.points(first) + FieldComparison.points(last) < 4 else { return }
        let (crossedA, crossedB) = (names.level(x[Slot.first], y[Slot.last]), names.level(x[Slot.last], y[Slot.first]))
        guard
            FieldComparison.points(crossedA) + FieldComparison.points(crossedB)
                > FieldComparison.points(first) + FieldComparison.points(last)
        else { return }
        // By the last name, so that the order of the two records does not matter.
        found.levels.namesCrossed = true
        found.frequencies[.firstName] = 0
        found.frequencies[.lastName] = 0
        let swaps = crossed(x[Slot.first], y[Slot.last], crossedA, x[Slot.last], y[Slot.first], crossedB)
        found.levels[.firstName] = swaps.first
        found.levels[.lastName] = swaps.last
        if swaps.first == .same { found.frequencies[.firstName] = swaps.firstCount }
        if swaps.last == .same { found.frequencies[.lastName] = swaps.lastCount }
    }

    /// Of two agreements across, the better is the last name's: it is the one that must not be in doubt.
    private func crossed(
        _ a: UInt32, _ b: UInt32, _ one: MatchLevel, _ c: UInt32, _ d: UInt32, _ two: MatchLevel
    ) -> (first: MatchLevel, firstCount: UInt32, last: MatchLevel, lastCount: UInt32) {
        let (countOne, countTwo) = (either(a), either(c))
        let oneIsLast = one == two ? countOne < countTwo : FieldComparison.isBetter(one, two)
        return oneIsLast ? (two, countTwo, one, countOne) : (one, countOne, two, countTwo)
    }

    /// How many records have a name, as the more common of first and last.
    private func either(_ name: UInt32) -> UInt32 {
        max(records.frequencies[Slot.first][Int(name)], records.frequencies[Slot.last][Int(name)])
    }

    private mutating func firstName(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        if a == 0 || b == 0 { return .missing }
        if a == b { return .same }
        let (groupA, groupB) = (records.nicknames[Int(a)], records.nicknames[Int(b)])
        if groupA >= 0, groupA == groupB { return .related }
        let (headA, headB) = (records.heads[Int(a)], records.heads[Int(b)])
        if headA == headB, headA == a || headB == b { return .related }
        if isInitial(a, of: b) || isInitial(b, of: a) { return .related }
        return names.level(a, b)
    }

    private mutating func lastName(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        if a == 0 || b == 0 { return .missing }
        if a == b { return .same }
        if isPart(a, of: b) || isPart(b, of: a) { return .related }
        return names.level(a, b)
    }

    private func isPart(_ a: UInt32, of b: UInt32) -> Bool {
        let (head, tail) = (records.heads[Int(b)], records.tails[Int(b)])
        return head != tail && (head == a || tail == a)
    }

    private func isInitial(_ a: UInt32, of b: UInt32) -> Bool {
        let text = records.table(.names).text(a)
        return text.count == 1 && records.table(.names).text(b).first == text.first
    }

    private mutating func middle(_ x: Record, _ y: Record, _ found: inout Comparison) {
        let (a, b) = (x[Slot.middle], y[Slot.middle])
        guard a != 0, b != 0 else { return }
        let level: MatchLevel = a == b ? .same : (isInitial(a, of: b) || isInitial(b, of: a) ? .related : names.level(a, b))
        note(.middleName, level, Slot.middle, a, &found)
    }

    // MARK: companies

    private mutating func company(_ x: Record, _ y: Record, _ found: inout Comparison) {
        let (a, b) = (x[Slot.company], y[Slot.company])
        guard a != 0, b != 0 else { return }
        let isCompanies = RecordTraits(packed: x[Slot.traits]).isCompany && RecordTraits(packed: y[Slot.traits]).isCompany
        let field: MatchField = isCompanies ? .companyName : .employer
        let (tradeA, tradeB) = (x[Slot.trade], y[Slot.trade])
        if a == b, tradeA == tradeB { return note(field, .same, Slot.company, a, &found) }
        let isByTrade =
            a == b || tradeA == b || tradeB == a || (tradeA != 0 && tradeA == tradeB)
        found.levels[field] = isByTrade ? .related : companies.level(a, b)
    }

    // MARK: reach

    private func email(_ x: Record, _ y: Record, _ found: inout Comparison) {
        var best = MatchLevel.missing
        var count = UInt32.max
        for i in Slot.email..<(Slot.email + Slot.emails) where x[i] != 0 {
            for j in Slot.email..<(Slot.email + Slot.emails) where y[j] != 0 {
                let level = emails(x[i], y[j])
                if best == .missing || level.rawValue > best.rawValue { best = level }
                if level == .same { count = min(count, records.frequencies[Slot.email][Int(x[i])]) }
            }
        }
        found.levels[.email] = best
        if best == .same { found.frequencies[.email] = count }
    }

    private func emails(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        if a == b { return records.sharedEmails[Int(a)] ? .related : .same }
        if isOneSlip(records.table(.emails).text(a), records.table(.emails).text(b)) { return .near }
        return records.domains[Int(a)] != 0 && records.domains[Int(a)] == records.domains[Int(b)] ? .like : .different
    }

    private func phone(_ x: Record, _ y: Record, _ found: inout Comparison) {
        var best = MatchLevel.missing
        var count = UInt32.max
        for i in Slot.phone..<(Slot.phone + Slot.phones) where x[i] != 0 {
            for j in Slot.phone..<(Slot.phone + Slot.phones) where y[j] != 0 {
                let level = phones(x[i], y[j])
                if best == .missing || level.rawValue > best.rawValue { best = level }
                if level == .same { count = min(count, records.frequencies[Slot.phone][Int(x[i])]) }
            }
        }
        found.levels[.phone] = best
        if best == .same { found.frequencies[.phone] = count }
    }

    private func phones(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        if a == b { return records.sharedPhones[Int(a)] ? .related : .same }
        return isOneSlip(records.table(.phones).text(a), records.table(.phones).text(b)) ? .near : .different
    }

    // MARK: places

    private mutating func address(_ x: Record, _ y: Record, _ found: inout Comparison) {
        let street = places.level(x[Slot.street], y[Slot.street])
        let unit = places.level(x[Slot.unit], y[Slot.unit])
        note(.street, street, Slot.street, x[Slot.street], &found)
        note(.unit, unit, Slot.unit, x[Slot.unit], &found)
        if FieldComparison.points(street) + FieldComparison.points(unit) < 4, x[Slot.unit] != 0 || y[Slot.unit] != 0 {
            crossedAddress(x, y, FieldComparison.points(street) + FieldComparison.points(unit), &found)
        }
        note(.number, digits(x[Slot.number], y[Slot.number]), Slot.number, x[Slot.number], &found)
        note(.zip, digits(x[Slot.zip], y[Slot.zip]), Slot.zip, x[Slot.zip], &found)
        note(.city, places.level(x[Slot.city], y[Slot.city]), Slot.city, x[Slot.city], &found)
        let (a, b) = (x[Slot.traits] & 0xFFFF, y[Slot.traits] & 0xFFFF)
        if a != 0, b != 0 { note(.state, a == b ? .same : .different, Slot.traits, a, &found) }
    }

    private mutating func crossedAddress(_ x: Record, _ y: Record, _ straight: Int, _ found: inout Comparison) {
        let (one, two) = (places.level(x[Slot.street], y[Slot.unit]), places.level(x[Slot.unit], y[Slot.street]))
        guard FieldComparison.points(one) + FieldComparison.points(two) > straight else { return }
        // A street is long and rare; the better agreement counts as the street's.
        let isOneBetter = one == two || FieldComparison.isBetter(one, two)
        found.levels[.street] = isOneBetter ? one : two
        found.levels[.unit] = isOneBetter ? two : one
        let (streets, units) = (records.frequencies[Slot.street], records.frequencies[Slot.unit])
        func count(_ value: UInt32) -> UInt32 { max(streets[Int(value)], units[Int(value)]) }
        let (countOne, countTwo) = (count(x[Slot.street]), count(x[Slot.unit]))
        found.frequencies[.street] = found.levels[.street] == .same ? (isOneBetter ? countOne : countTwo) : 0
        found.frequencies[.unit] = found.levels[.unit] == .same ? (isOneBetter ? countTwo : countOne) : 0
        if one == two, one == .same {
            found.frequencies[.street] = min(countOne, countTwo)
            found.frequencies[.unit] = max(countOne, countTwo)
        }
    }

    private func digits(_ a: UInt32, _ b: UInt32) -> MatchLevel {
        if a == 0 || b == 0 { return .missing }
        if a == b { return .same }
        return isOneSlip(records.table(.places).text(a), records.table(.places).text(b)) ? .near : .different
    }

    private static func isBetter(_ a: MatchLevel, _ b: MatchLevel) -> Bool {
        points(a) == points(b) ? a.rawValue > b.rawValue : points(a) > points(b)
    }

    /// For choosing between straight and crossed: not knowing is better than differing.
    private static func points(_ level: MatchLevel) -> Int {
        switch level {
        case .different: 0
        case .like, .missing: 1
        case .near: 2
        case .related, .same: 3
        }
    }
}
