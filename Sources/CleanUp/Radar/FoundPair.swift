internal import Contacts
internal import Core
internal import Matching
internal import Primitives

/// Two contacts by their keys, the smaller one first.
struct PairKey: Sendable, Hashable, Comparable {
    let a: ContactID
    let b: ContactID

    init(_ one: ContactID, _ other: ContactID) {
        a = min(one, other)
        b = max(one, other)
    }

    static func < (x: PairKey, y: PairKey) -> Bool { (x.a, x.b) < (y.a, y.b) }
}

/// A likely duplicate as the program found it.
struct FoundPair: Sendable {
    let key: PairKey
    let tenths: Int
    let band: MatchBand
    /// `PairWeights` as they are kept.
    let weights: String
    /// Of the values of both.
    let digest: Int64

    /// nil when it is not worth a look.
    init?(_ pair: ScoredPair, _ one: (id: ContactID, digest: Int64), _ other: (id: ContactID, digest: Int64)) {
        guard let band = pair.band, one.id != other.id else { return nil }
        key = PairKey(one.id, other.id)
        tenths = pair.tenths
        self.band = band
        weights = PairWeights(pair).json.description
        let (first, second) = one.id < other.id ? (one, other) : (other, one)
        digest = ContactSide.digest("\(first.digest) \(second.digest)")
    }
}
