internal import Database
internal import Primitives
internal import Synchronization

/// What a band's pack says of itself.
struct PackHead: Sendable, Hashable {
    let band: Int64
    /// How it was packed (`PackedBand.version`).
    let version: Int64
    /// When: with the band it says which pack this is.
    let packedAt: Instant
    /// How many entries it has.
    let size: Int
}

/// What was read of packs lately: the keys of their entries, and which of them hold a word. What was packed anew since is read again;
/// what was not asked for longest makes room.
final class PackMemory: Sendable {
    enum Part: Hashable, Sendable {
        case keys
        case word(String)
    }

    enum Known: Sendable {
        /// In rising order.
        case keys([Int64])
        case holds(Places)
        /// The pack does not have that word.
        case lacks
    }

    private struct Key: Hashable {
        let part: Part
        let band: Int64
    }

    private struct Kept {
        let pack: PackHead
        let known: Known

        /// Bytes, about.
        var size: Int {
            switch known {
            case .keys(let keys): 160 + keys.count * 8
            case .holds(let places): 160 + places.size / 8
            case .lacks: 160
            }
        }
    }

    /// Two halves: what is asked for moves into the young one, and when that is full the old one is forgotten.
    private struct State {
        var young: [Key: Kept] = [:]
        var old: [Key: Kept] = [:]
        var youngSize = 0

        mutating func keep(_ kept: Kept, _ key: Key, atMost most: Int) {
            if youngSize > most / 2 {
                old = young
                young = [:]
                youngSize = 0
            }
            youngSize += kept.size - (young[key]?.size ?? 0)
            young[key] = kept
        }
    }
    private let state = Mutex(State())
    private let most: Int

    /// - Parameter most: bytes, about.
    init(most: Int = 64 << 20) { self.most = most }

    /// - Returns: nil for what has to be read.
    func known(_ part: Part, of pack: PackHead) -> Known? {
        let key = Key(part: part, band: pack.band)
        return state.withLock { state in
            if let kept = state.young[key] { return kept.pack == pack ? kept.known : nil }
            guard let kept = state.old[key], kept.pack == pack else { return nil }
            state.keep(kept, key, atMost: most)
            return kept.known
        }
    }

    func keep(_ known: Known, _ part: Part, of pack: PackHead) {
        state.withLock { $0.keep(Kept(pack: pack, known: known), Key(part: part, band: pack.band), atMost: most) }
    }
}
