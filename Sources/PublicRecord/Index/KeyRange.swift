internal import Primitives

/// Keys between two days, both ends left out. Where the day is unknown an entry stands below every day.
struct KeyRange: Sendable, Hashable {
    var after: Int64
    var before: Int64

    init(from: CivilDate?, to: CivilDate?) {
        let isOpen = from == nil && to == nil
        after = isOpen ? .min : KeyRange.start(from?.daysSince1970 ?? KeyRange.firstDay)
        before = to.map { KeyRange.start($0.daysSince1970 + 1) } ?? .max
    }

    static let all = KeyRange(from: nil, to: nil)

    static func key(applied: CivilDate?, caseID: Int64) -> Int64 {
        start(applied?.daysSince1970 ?? firstDay - 1) + caseID
    }

    private static let firstDay = CivilDate(year: 1, month: 1, day: 1).daysSince1970
    private static func start(_ day: Int) -> Int64 { Int64(day) << 32 }
}
