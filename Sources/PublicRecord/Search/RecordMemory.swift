internal import CityPack
internal import Core
internal import Database
internal import Synchronization

/// What was learned of this city's record and stays so, so that the database is not asked again.
final class RecordMemory: Sendable {
    private struct Known {
        var common: Set<String> = []
        var isBanded = false
    }
    private let known = Mutex(Known())
    /// A language has fewer common words.
    private static let mostWords = 20_000

    // MARK: Words

    /// Whether so many entries hold the word that nobody means another one that begins with it. A word that is not remembered may have
    /// become common since, and is asked about again.
    func isCommon(_ word: String) -> Bool { known.withLock { $0.common.contains(word) } }

    func addCommon(_ word: String) {
        known.withLock { known in
            if known.common.count >= RecordMemory.mostWords { known.common.removeAll() }
            known.common.insert(word)
        }
    }

    // MARK: Bands

    func textIndex(_ conn: Connection) throws(DatabaseError) -> TextIndex {
        switch conn.dialect {
        case .sqlite: .sqlite
        case .postgres: .postgres(isBanded: try isBanded(conn))
        }
    }

    /// Whether every entry has the words of its days: those that an earlier version made have none until they were made anew.
    private func isBanded(_ conn: Connection) throws(DatabaseError) -> Bool {
        if known.withLock({ $0.isBanded }) { return true }
        let isBanded = try Backfill.hasFinished(beginning: PublicIndex.backfillName, conn)
        if isBanded { known.withLock { $0.isBanded = true } }
        return isBanded
    }
}
