/// How sure it is that two records are one.
public enum MatchBand: String, Sendable, CaseIterable {
    /// Nothing speaks against it. Still nothing is merged by itself.
    case same
    /// A steward decides.
    case review
}

/// Two records that may be one, with every reason and its weight. Weights are tenths of a bit, so that they add up exactly.
public struct ScoredPair: Sendable, Hashable {
    /// Positions in the records, `a` before `b`.
    public let a: Int
    public let b: Int
    public let levels: MatchLevels
    /// By `MatchField`; a field that one side does not know weighs 0.
    public let fieldTenths: [Int]
    /// Jr and Sr.
    public let suffixTenths: Int
    /// Two people of one household or office would look the same: never above 0.
    public let householdTenths: Int
    /// What a doubt takes away so that a steward decides: never above 0.
    public let cautionTenths: Int
    /// How likely any two records of the file are one.
    public let priorTenths: Int
    public let doubt: MatchDoubt?

    /// The sum of all weights.
    public var tenths: Int { fieldTenths.reduce(0, +) + suffixTenths + householdTenths + cautionTenths + priorTenths }
    /// nil when the pair is not worth a look.
    public var band: MatchBand? { BandLimits.band(tenths) }

    public func tenths(_ field: MatchField) -> Int { fieldTenths[field.rawValue] }
}

/// Where the bands begin, in tenths of a bit of log-odds. Fixed here for every file: what changes from file to file is what
/// agreement is worth. 10 bits are odds of a thousand to one.
public enum BandLimits {
    public static let same = 100
    public static let review = 0

    static func band(_ tenths: Int) -> MatchBand? { tenths >= same ? .same : (tenths >= review ? .review : nil) }
}
