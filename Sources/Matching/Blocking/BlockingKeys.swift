/// What two records must share to be compared at all: a million contacts make 500 thousand million pairs. Each key is a few
/// letters of two fields, so that one slip, one missing field or one pair of swapped fields leaves other keys that agree.
/// A key is a 32-bit hash; 0 when the record lacks what it is made of.
enum BlockingKeys {
    /// The keys, one pass each, and how many a record has of each: two emails, three phones.
    static let passes: [(name: String, places: Range<Int>)] = {
        var passes: [(String, Range<Int>)] = [("email", 0..<Slot.emails), ("phone", Slot.emails..<(Slot.emails + Slot.phones))]
        for name in names {
            passes.append((name, passes[passes.count - 1].1.upperBound..<(passes[passes.count - 1].1.upperBound + 1)))
        }
        return passes
    }()

    static let count = passes[passes.count - 1].places.upperBound

    /// In the order of `write`.
    private static let names = [
        "company", "trade name", "sound of both names", "sound of last name and ZIP", "sound of first name and ZIP",
        "last name and number", "first name and number", "number and street", "street and ZIP", "street and last name",
        "street and first name", "number and ZIP", "number and city", "city and last name", "city and first name",
        "unit and last name", "unit and first name", "unit and ZIP", "company's beginning and number", "company's sound and ZIP",
        "whole name and number", "whole name and street", "whole name and ZIP", "street and unit",
    ]

    /// - Parameter isLasting: made of the texts and not of their numbers, so that the same texts have the same keys in every run.
    static func write(
        _ record: Int, _ records: MatchRecords, _ into: UnsafeMutableBufferPointer<UInt32>, isLasting: Bool = false
    ) {
        let base = record * Slot.count
        /// What tells the text of a slot from others.
        func mark(_ slot: Int) -> UInt32 {
            isLasting ? records.table(Slot.tables[slot]).lasting(records.rows[base + slot]) : records.rows[base + slot]
        }
        func value(_ slot: Int) -> UInt32 { records.rows[base + slot] }
        let (names, places, companies) = (records.table(.names), records.table(.places), records.table(.companies))
        for i in 0..<Slot.emails { into[i] = hashed(UInt64(mark(Slot.email + i)), 1, salt: 1) }
        for i in 0..<Slot.phones {
            let digits = records.table(.phones).text(value(Slot.phone + i)).suffix(7)
            into[Slot.emails + i] = hashed(packed(digits), 1, salt: 2)
        }
        let (first, last) = (value(Slot.first), value(Slot.last))
        let (soundFirst, soundLast) = (UInt64(soundex(names.text(first))), UInt64(soundex(names.text(last))))
        let number = UInt64(mark(Slot.number))
        let zip = UInt64(mark(Slot.zip))
        let street = places.text(value(Slot.street))
        let (street5, street6) = (packed(street.prefix(5)), packed(street.prefix(6)))
        let city = packed(places.text(value(Slot.city)).prefix(5))
        let unit = packed(places.text(value(Slot.unit)).prefix(6))
        let (first3, last3) = (packed(names.text(first).prefix(3)), packed(names.text(last).prefix(3)))
        let last4 = packed(names.text(last).prefix(4))
        let company = companies.text(value(Slot.company))
        let (markFirst, markLast) = (mark(Slot.first), mark(Slot.last))
        let whole =
            first == 0 || last == 0 ? 0 : UInt64(min(markFirst, markLast)) << 32 | UInt64(max(markFirst, markLast))
        var place = Slot.emails + Slot.phones
        func put(_ a: UInt64, _ b: UInt64) {
            into[place] = hashed(a, b, salt: UInt64(place) + 10)
            place += 1
        }
        put(UInt64(mark(Slot.company)), 1)
        put(UInt64(mark(Slot.trade)), 1)
        // Sorted, so that names in each other's place meet.
        put(min(soundFirst, soundLast), max(soundFirst, soundLast))
        put(soundLast, zip)
        put(soundFirst, zip)
        put(last4, number)
        put(first3, number)
        put(number, street5)
        put(street6, zip)
        put(street5, last3)
        put(street5, first3)
        put(number, zip)
        put(number, city)
        put(city, soundLast)
        put(city, soundFirst)
        put(unit, last3)
        put(unit, first3)
        put(unit, zip)
        put(packed(company.prefix(6)), number)
        put(UInt64(soundex(company)), zip)
        put(whole, number)
        put(whole, UInt64(mark(Slot.street)))
        put(whole, zip)
        put(UInt64(mark(Slot.street)), UInt64(mark(Slot.unit)))
    }

    /// Up to eight bytes as a number; 0 for none.
    private static func packed(_ text: some Sequence<UInt8>) -> UInt64 {
        var packed: UInt64 = 0
        for byte in text { packed = packed << 8 | UInt64(byte) }
        return packed
    }

    private static func hashed(_ a: UInt64, _ b: UInt64, salt: UInt64) -> UInt32 {
        guard a != 0, b != 0 else { return 0 }
        return max(1, UInt32(truncatingIfNeeded: mixed(mixed(a &+ salt &* 0x9E37_79B9) ^ b)))
    }
}
