public import CityPack
public import Primitives

/// Why one row is left out: a sentence that a clerk understands, with what to do.
public struct RowRefusal: Error, Sendable {
    public let reason: String
    public init(_ reason: String) { self.reason = reason }
}

/// Reads the fields of one row and remembers what could not be kept as it was.
public struct RowNotes {
    public private(set) var record: CSVReader.Record
    public private(set) var repaired: [FileReport.Repaired] = []
    private let rules: RepairRules
    /// What stands elsewhere than its column says.
    private var moved: [String: String] = [:]

    init(_ record: CSVReader.Record, _ rules: RepairRules) {
        self.record = record
        self.rules = rules
    }

    /// The field as it stands in the file, or as it was put right.
    public func raw(_ field: String) -> String { moved[field] ?? record[field] }

    public mutating func repair(_ field: String, was: String, _ reason: String) {
        repaired.append(.init(row: record.number, field: field, was: String(was.prefix(500)), reason: reason))
    }

    /// The same repairs, looked up and not reported: for a first look through a file.
    public static func unheard(_ record: CSVReader.Record) -> RowNotes {
        RowNotes(record, RepairRules(today: CivilDate(year: 2000, month: 1, day: 1), cities: [], spellings: [:]))
    }

    /// Two fields that stand in each other's column.
    public mutating func swap(_ one: String, _ other: String, _ reason: String) {
        let (first, second) = (raw(one), raw(other))
        repair(one, was: first, reason)
        repair(other, was: second, reason)
        (moved[one], moved[other]) = (second, first)
    }

    /// A row whose fields may stand in the wrong columns says nothing for certain.
    func checkShape(columns: Int) throws(RowRefusal) {
        if record.isTooLong {
            throw RowRefusal(
                "A field of this row is longer than \(grouped(CSVReader.longestField)) characters. "
                    + "Look for a quotation mark that is not closed, or shorten the text.")
        }
        if record.isTorn {
            throw RowRefusal(
                "The file ends in the middle of this row. Export it again, or close the quotation mark and complete the row.")
        }
        let fields = record.fields
        if fields.count < columns {
            throw RowRefusal(
                "The row has \(fields.count) fields and the first line names \(columns) columns. "
                    + "Fill in the missing ones; if it is the last row, the file was cut off: export it again.")
        }
        if fields.count > columns, fields.dropFirst(columns).contains(where: { !$0.isEmpty }) {
            throw RowRefusal(
                "The row has \(fields.count) fields and the first line names \(columns) columns. "
                    + "Put quotation marks around a field that holds a comma.")
        }
    }

    /// Text without control characters, bidirectional overrides and needless spaces. What a spreadsheet would run stays plain text.
    public mutating func text(_ field: String, keepingLines: Bool = false) -> String {
        let raw = raw(field)
        if RowNotes.isPlain(raw) { return raw }
        let text = tidied(raw, keepingLines: keepingLines)
        note(field, raw, text)
        return text
    }

    /// Tidy, and nothing that a spreadsheet or a page could run.
    private static func isPlain(_ raw: String) -> Bool {
        guard isTidy(raw) else { return false }
        switch raw.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "-"): return false
        default: return !raw.utf8.contains(UInt8(ascii: "<")) && !raw.utf8.contains(UInt8(ascii: ":"))
        }
    }

    private mutating func note(_ field: String, _ raw: String, _ text: String) {
        let scalars = raw.unicodeScalars
        if scalars.contains(where: RowNotes.isUnseen) {
            repair(field, was: raw, "Invisible characters that change how text reads were removed.")
        }
        if scalars.contains("\u{FFFD}") {
            repair(
                field, was: raw,
                "Some characters are not UTF-8 and could not be read; the file may be Windows-1252. Save the export as UTF-8 and import it again."
            )
        }
        if RowNotes.hasNeedlessSpaces(scalars) { repair(field, was: raw, "Needless spaces were taken out.") }
        if RowNotes.isFormula(text) {
            repair(field, was: raw, "A spreadsheet would run this as a formula. It was kept as plain text.")
        }
        let lower = text.lowercased()
        if lower.contains("<script") || lower.contains("javascript:") {
            repair(field, was: raw, "This is program text. It was kept as plain text; no page runs it.")
        }
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10, 13: false
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF, 0x061C, 0x00AD: true
        default: scalar.properties.generalCategory == .control
        }
    }

    private static func hasNeedlessSpaces(_ scalars: String.UnicodeScalarView) -> Bool {
        var before: Unicode.Scalar?
        for scalar in scalars {
            if [0xA0, 0x2007, 0x202F, 0x3000].contains(scalar.value) { return true }
            if scalar == " ", before == " " || before == nil { return true }
            before = scalar
        }
        return before == " "
    }

    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.first, text.count > 1 else { return false }
        if first == "=" || first == "@" { return true }
        return (first == "+" || first == "-") && text.contains("(") && text.contains(where: \.isLetter)
    }

    /// A day; one that cannot be read is unknown, and reported.
    /// - Parameter isPast: what has happened already: a day to come is no such day.
    public mutating func day(_ field: String, american: Bool = false, isPast: Bool = false) -> CivilDate? {
        let raw = tidied(raw(field))
        guard !raw.isEmpty else { return nil }
        switch OldDay(raw, american: american, today: rules.today) {
        case .day(let day): return happened(field, raw, day, isPast, nil)
        case .mended(let day, let reason): return happened(field, raw, day, isPast, reason)
        case .filler:
            repair(field, was: raw, "Older systems write this day where none is known. The day was left empty.")
            return nil
        case .none:
            repair(field, was: raw, "This is not a day on the calendar. The day was left empty.")
            return nil
        }
    }

    private mutating func happened(
        _ field: String, _ raw: String, _ day: CivilDate, _ isPast: Bool, _ mended: String?
    ) -> CivilDate? {
        if isPast, day > rules.today.adding(days: 1) {
            repair(field, was: raw, "This day has not come yet, so it cannot have happened then. The day was left empty.")
            return nil
        }
        if let mended { repair(field, was: raw, mended) }
        return day
    }

    /// An amount to the cent; one that cannot be read is unknown, and reported.
    public mutating func amount(_ field: String) -> Money? {
        let raw = tidied(raw(field))
        guard !raw.isEmpty else { return nil }
        let amount = Money(raw)
        if amount == nil { repair(field, was: raw, "This is not an amount in dollars and cents. The amount was left empty.") }
        return amount
    }

    /// A parcel number with all its digits. One that a spreadsheet ruined is reported and never kept.
    public mutating func parcel(_ field: String) -> String {
        let raw = text(field)
        guard RowNotes.isLossy(raw) else { return raw }
        repair(
            field, was: raw,
            "A spreadsheet shortened this parcel number, so its last digits are lost. The case has no parcel now.")
        return ""
    }

    /// `1.57707E+11`, also with a decimal comma or without the plus sign.
    public static func isLossy(_ number: String) -> Bool {
        guard number.utf8.contains(where: { $0 == 69 || $0 == 101 }) else { return false }
        let upper = number.uppercased()
        if upper.contains("E+"), Double(number) != nil { return true }
        let sides = upper.split(separator: "E", omittingEmptySubsequences: false)
        guard sides.count == 2, sides[1].count <= 3, let exponent = Int(sides[1]), exponent > 3 else { return false }
        let mantissa = sides[0].split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        return mantissa.count == 2 && mantissa[0].count == 1
            && mantissa.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }

    /// A city's name; a slip of one letter is put right where only one known name is meant.
    public mutating func city(_ field: String) -> String {
        let typed = text(field)
        guard !typed.isEmpty, let meant = rules.city(typed) else { return typed }
        repair(field, was: typed, "This spelling was taken as \(meant).")
        return meant
    }

    /// Something a city calls by name. `keys` are also accepted.
    public static func unknown(_ what: String, _ name: String, among known: [String]) -> RowRefusal {
        RowRefusal(
            sentence("This city has no \(what) called “\(name)”", for: name, among: known)
                + " Correct the row, or say in the mapping file what it means.")
    }

    /// The sentence with what may be meant, and its end.
    public static func sentence(_ beginning: String, for name: String, among known: [String]) -> String {
        let clause = Suggestion.clause(for: name, among: known)
        return clause.isEmpty ? beginning + "." : beginning + clause
    }
}
