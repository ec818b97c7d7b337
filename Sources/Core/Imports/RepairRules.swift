internal import CityPack
internal import Primitives

/// What repairs need to know of the city and of the day.
struct RepairRules: Sendable {
    let today: CivilDate
    /// Names that a misspelled city may be near to: the city's own and those of the mapping.
    let cities: Set<String>
    /// Spellings that the mapping names, folded.
    let spellings: [String: String]

    /// The city that a spelling means; nil when it stays as it is. Between two that are equally near nobody guesses.
    func city(_ typed: String) -> String? {
        let folded = foldedForSearch(typed)
        if let named = spellings[folded] { return named == typed ? nil : named }
        guard folded.count >= 5, !cities.contains(where: { foldedForSearch($0) == folded }) else { return nil }
        let near = cities.filter { Suggestion.isOneSlip(folded, foldedForSearch($0)) }
        return near.count == 1 ? near.first : nil
    }
}

/// A day as old systems write it.
enum OldDay {
    case day(CivilDate)
    /// Understood, though not written as `2018-04-09`; with the reason for the report.
    case mended(CivilDate, String)
    /// What an old system writes where nothing is known.
    case filler
    case none

    private static let fillers: Set<CivilDate> = Set(
        [
            "1899-12-30", "1899-12-31", "1900-01-01", "1900-01-02", "1901-01-01", "1970-01-01", "2035-01-01", "2049-12-31",
            "2050-01-01", "2078-12-31", "2079-06-06", "2099-01-01", "2099-12-31",
        ].compactMap { CivilDate($0) })

    /// - Parameter american: whether the format itself writes `3/19/2021`, which is then nothing to report.
    init(_ typed: String, american: Bool, today: CivilDate) {
        switch OldDay.read(typed, american: american) {
        case .day(let day) where OldDay.isFiller(day, today): self = .filler
        case .mended(let day, _) where OldDay.isFiller(day, today): self = .filler
        case let read: self = read
        }
    }

    private static func isFiller(_ day: CivilDate, _ today: CivilDate) -> Bool {
        fillers.contains(day) || day.year < 1880 || day.year > today.year + 40
    }

    private static func read(_ typed: String, american: Bool) -> OldDay {
        if let day = CivilDate(typed) { return .day(day) }
        // A time of day behind the day says nothing about a day.
        let words = typed.split { $0 == " " || $0 == "T" }
        if words.count > 1, let first = words.first, words[1].first?.isNumber == true {
            switch read(String(first), american: american) {
            case .day(let day), .mended(let day, _): return .mended(day, "The time of day was left out; the field holds a day.")
            case .filler, .none: return .none
            }
        }
        if typed.count == 8, typed.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(typed),
            let day = CivilDate(checkedYear: number / 10_000, month: number / 100 % 100, day: number % 100)
        {
            return .mended(day, "The day was written without dashes.")
        }
        guard let (month, dayOfMonth, year, digits) = slashed(typed) else { return .none }
        if digits == 4 {
            guard let day = CivilDate(checkedYear: year, month: month, day: dayOfMonth) else { return .none }
            return american ? .day(day) : .mended(day, "The day was written the American way, month first.")
        }
        let century = year < 50 ? 2000 : 1900
        guard let day = CivilDate(checkedYear: century + year, month: month, day: dayOfMonth) else { return .none }
        return .mended(day, "The year had two digits. It was taken as \(century + year).")
    }

    /// `3/19/2021` and `3-19-21`.
    private static func slashed(_ typed: String) -> (month: Int, day: Int, year: Int, digits: Int)? {
        let parts = typed.split(separator: typed.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4 || parts[2].count == 2,
            let month = Int(parts[0]), let day = Int(parts[1]), let year = Int(parts[2])
        else { return nil }
        return (month, day, year, parts[2].count)
    }
}
