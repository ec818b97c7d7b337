internal import CityPack
internal import Places
internal import Primitives

/// Why one row is left out: a sentence that a clerk understands, with what to do.
struct RowRefusal: Error, Sendable {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Reads the fields of one row and remembers what could not be kept as it was.
struct RowNotes {
    let record: CSVReader.Record
    private(set) var repaired: [FileReport.Repaired] = []

    init(_ record: CSVReader.Record) { self.record = record }

    mutating func repair(_ field: String, was: String, _ reason: String) {
        repaired.append(.init(row: record.number, field: field, was: was, reason: reason))
    }

    /// Text without control characters, bidirectional overrides and needless spaces. What a spreadsheet would run stays plain text.
    mutating func text(_ field: String, keepingLines: Bool = false) -> String {
        let raw = record[field]
        if raw.unicodeScalars.contains(where: RowNotes.isUnseen) {
            repair(field, was: raw, "Invisible characters that change how text reads were removed.")
        }
        if raw.unicodeScalars.contains("\u{FFFD}") {
            repair(field, was: raw, "Some characters could not be read. Save the export as UTF-8 and import it again.")
        }
        return tidied(raw, keepingLines: keepingLines)
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10, 13: false
        case 0x200B, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: scalar.properties.generalCategory == .control
        }
    }

    /// A day; one that cannot be read is unknown, and reported.
    mutating func day(_ field: String, american: Bool = false) -> CivilDate? {
        let raw = tidied(record[field])
        guard !raw.isEmpty else { return nil }
        let day = american ? CivilDate(american: raw) : CivilDate(raw)
        if day == nil { repair(field, was: raw, "This is not a day on the calendar. The day was left empty.") }
        return day
    }

    /// An amount to the cent; one that cannot be read is unknown, and reported.
    mutating func amount(_ field: String) -> Money? {
        let raw = tidied(record[field])
        guard !raw.isEmpty else { return nil }
        let amount = Money(raw)
        if amount == nil { repair(field, was: raw, "This is not an amount in dollars and cents. The amount was left empty.") }
        return amount
    }

    /// A parcel number with all its digits. One that a spreadsheet ruined is reported and never kept.
    mutating func parcel(_ field: String) -> String {
        let raw = tidied(record[field])
        guard RowNotes.isLossy(raw) else { return raw }
        repair(
            field, was: raw,
            "A spreadsheet shortened this parcel number, so its last digits are lost. The case has no parcel now.")
        return ""
    }

    /// `1.57707E+11`, also with a decimal comma or without the plus sign.
    static func isLossy(_ number: String) -> Bool {
        if PlaceRegister.isLossy(number) { return true }
        let sides = number.uppercased().split(separator: "E", omittingEmptySubsequences: false)
        guard sides.count == 2, sides[1].count <= 3, let exponent = Int(sides[1]), exponent > 3 else { return false }
        let mantissa = sides[0].split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        return mantissa.count == 2 && mantissa[0].count == 1
            && mantissa.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }

    /// Something a city calls by name. `keys` are also accepted.
    static func unknown(_ what: String, _ name: String, among known: [String]) -> RowRefusal {
        RowRefusal(
            "This city has no \(what) called “\(name)”\(Suggestion.clause(for: name, among: known))."
                + " Correct the row, or add the name to the import names of the city pack.")
    }
}
