/// Why a pair is left to a steward although its score is high: the plain cases in which two records that look like one are two
/// people or two companies (B8: never a merge that is wrong). A doubt lowers the score below the limit of `same`.
public enum MatchDoubt: String, Sendable, CaseIterable {
    /// One is a person, the other a company.
    case kinds
    /// Only one of them is a Jr, or they are a Jr and a Sr.
    case suffix
    /// Both middle names are known and do not fit.
    case middleName
    /// Nothing but the names speaks for the pair.
    case onlyNames
    /// First names that two people of one household can have.
    case firstName
    /// Last names that differ by more than a slip.
    case lastName
    /// Emails differ, or phones do and no email is the same.
    case otherReach
    /// Two units of one building.
    case unit
    /// Company names that differ, or two legal forms.
    case companyName
    /// One company in two places.
    case branch
}

/// Looks for doubts. Pure.
struct Doubts {
    let records: MatchRecords
    let model: MatchModel

    /// The first doubt there is, nil when nothing speaks against `same`.
    /// - Parameter beyondNames: what agrees besides the names, in bits.
    func first(_ a: Int, _ b: Int, _ found: Comparison, beyondNames: Double) -> MatchDoubt? {
        let (x, y) = (records.traits(a), records.traits(b))
        let levels = found.levels
        if x.isCompany != y.isCompany { return .kinds }
        if x.suffix != y.suffix { return .suffix }
        if [.different, .like].contains(levels[.middleName]) { return .middleName }
        if beyondNames < 3 { return .onlyNames }
        if x.isCompany { return company(x, y, levels) }
        guard model.hasHouseholds else { return nil }
        return person(a, b, levels)
    }

    private func person(_ a: Int, _ b: Int, _ levels: MatchLevels) -> MatchDoubt? {
        let hasReach = levels[.email] == .same || levels[.phone] == .same
        if !hasReach, !isSamePlace(levels) { return .onlyNames }
        switch levels[.firstName] {
        case .same: break
        case .related where hasReach: break
        case .near where hasReach && !levels.namesCrossed && isSlip(a, b): break
        default: return .firstName
        }
        switch levels[.lastName] {
        case .same: break
        case .near where hasReach: break
        case .near where levels[.street] == .same: break
        case .related where hasReach: break
        default: return .lastName
        }
        if levels[.unit] == .different, !hasReach { return .unit }
        // A family shares its phone; a father and a son of one name have a mailbox each.
        if differs(levels[.email]) || differs(levels[.phone]) && levels[.email] != .same { return .otherReach }
        return nil
    }

    private func company(_ x: RecordTraits, _ y: RecordTraits, _ levels: MatchLevels) -> MatchDoubt? {
        let hasReach = levels[.email] == .same || levels[.phone] == .same
        if x.form != y.form, x.form != .unstated, y.form != .unstated { return .companyName }
        guard levels[.companyName] == .same else { return .companyName }
        if [.different, .like].contains(levels[.lastName]) || [.different, .like].contains(levels[.firstName]) {
            return .firstName
        }
        if levels[.unit] == .different, !hasReach { return .unit }
        if !isSamePlace(levels), levels[.street] != .missing, levels[.phone] != .same { return .branch }
        if differs(levels[.email]), differs(levels[.phone]) { return .otherReach }
        return nil
    }

    private func isSamePlace(_ levels: MatchLevels) -> Bool {
        [.same, .near].contains(levels[.street]) && [.same, .missing].contains(levels[.number])
            && levels[.unit] != .different
    }

    /// Both known, and neither the same nor a slip of it.
    private func differs(_ level: MatchLevel) -> Bool { level == .different || level == .like }

    /// Whether two nearly equal first names are one with a slip and not two names: Mario and Maria, Daniel and Danielle, Jim and Tim,
    /// Marvin and Martin (each of which others in the file have).
    private func isSlip(_ a: Int, _ b: Int) -> Bool {
        let (nameA, nameB) = (records.rows[a * Slot.count + Slot.first], records.rows[b * Slot.count + Slot.first])
        let common = min(records.frequencies[Slot.first][Int(nameA)], records.frequencies[Slot.first][Int(nameB)])
        return common <= 1 && FirstNames.isSlip(records.table(.names).text(nameA), records.table(.names).text(nameB))
    }
}

extension FirstNames {
    /// Whether one can hardly be another person's name: long, one slip apart, and that neither at the beginning, nor at the end, where
    /// names of women and men differ, nor a vowel for a vowel (Kristen and Kristin).
    static func isSlip(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        guard a.count >= 5, b.count >= 5, a.first == b.first, a.last == b.last, isOneSlip(a, b) else { return false }
        let different = zip(a, b).filter { $0 != $1 }
        let vowels = Array("aeiouy".utf8)
        return a.count != b.count || different.count != 1 || !different.allSatisfy { vowels.contains($0) && vowels.contains($1) }
    }
}
