internal import Accounts
internal import Core
internal import Database
internal import Primitives

extension MyCases {
    /// Cases that are open go on without whoever closes their account (A7): they read how many there are.
    static let closingNotes = ClosingNotes(order: 20) { _, _, visit, conn in
        guard let mine = MyCases(visit) else { return [] }
        let buckets = try mine.buckets(limit: 1, conn)
        let open = [DashboardBucket.pending, .active].reduce(0) { $0 + (buckets[$1]?.count ?? 0) }
        guard open > 0 else { return [] }
        return [.init(.stays, Phrase("cases.close.open", ["count": .number(open)]), at: CaseAddresses.dashboard())]
    }
}
