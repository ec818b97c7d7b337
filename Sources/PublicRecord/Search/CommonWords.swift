internal import Synchronization

/// Words that so many entries hold that nobody means another one that begins with it. What is common stays so: it is asked of the
/// database once. A word that is not remembered may have become common since, and is asked about again.
final class CommonWords: Sendable {
    private let words = Mutex<Set<String>>([])
    /// A language has fewer common words.
    private static let most = 20_000

    func contains(_ word: String) -> Bool { words.withLock { $0.contains(word) } }

    func add(_ word: String) {
        words.withLock { words in
            if words.count >= CommonWords.most { words.removeAll() }
            words.insert(word)
        }
    }
}
