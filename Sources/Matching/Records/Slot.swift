/// Where a record keeps what: sixteen numbers side by side, so that one look at memory brings a whole record.
enum Slot {
    static let first = 0, middle = 1, last = 2
    static let company = 3, trade = 4
    static let email = 5, emails = 2
    static let phone = 7, phones = 3
    static let number = 10, street = 11, unit = 12, city = 13, zip = 14
    /// The state's number, and above it what kind of record it is (`RecordTraits`).
    static let traits = 15
    static let count = 16

    /// Which table the texts of a slot are in.
    static let tables: [Table] = [
        .names, .names, .names, .companies, .companies, .emails, .emails, .phones, .phones, .phones,
        .places, .places, .places, .places, .places, .states,
    ]

    enum Table: Int, Sendable, CaseIterable { case names, companies, emails, phones, places, states }
}

/// What a record is besides its texts, in the upper half of a number.
struct RecordTraits: Sendable, Hashable {
    var isCompany = false
    var suffix = PersonSuffix.none
    var form = CompanyName.Form.unstated
    /// At most 65,535 different ones; the rest count as unknown.
    var state: UInt32 = 0

    init() {}

    init(packed: UInt32) {
        isCompany = packed >> 24 == 1
        suffix = PersonSuffix(rawValue: UInt8(truncatingIfNeeded: packed >> 16) & 15) ?? .none
        form = CompanyName.Form(rawValue: UInt8(truncatingIfNeeded: packed >> 20) & 15) ?? .unstated
        state = packed & 0xFFFF
    }

    var packed: UInt32 {
        (isCompany ? 1 << 24 : 0) | UInt32(form.rawValue) << 20 | UInt32(suffix.rawValue) << 16 | (state < 1 << 16 ? state : 0)
    }
}
