internal import Core
internal import Database
internal import Synchronization

/// What was learned of this city's record and stays so, so that the database is not asked again.
final class RecordMemory: Sendable {
    private struct Known {
        var frequencies: [String: WordFrequency] = [:]
        var isBanded = false
        var isPacked = false
    }
    private let known = Mutex(Known())
    let packs = PackMemory()
    /// A language has fewer common words and beginnings.
    private static let mostWords = 20_000

    // MARK: Words

    /// How many entries hold a word, where it is not rare. A word that is not remembered may have become common since, and is asked
    /// about again.
    func frequency(of word: String) -> WordFrequency? { known.withLock { $0.frequencies[word] } }

    func remember(_ frequency: WordFrequency, of word: String) {
        guard frequency != .rare else { return }
        known.withLock { known in
            if known.frequencies.count >= RecordMemory.mostWords { known.frequencies.removeAll() }
            known.frequencies[word] = frequency
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

    // MARK: Packs

    /// Whether the packed record is known to be there.
    var isPacked: Bool { known.withLock { $0.isPacked } }

    /// Whether the packed record is there to search.
    func isPacked(_ conn: Connection) throws(DatabaseError) -> Bool {
        if isPacked { return true }
        let isPacked = try PackedRecord.isReady(conn)
        if isPacked { known.withLock { $0.isPacked = true } }
        return isPacked
    }
}
