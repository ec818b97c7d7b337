internal import Primitives

/// Pairs as lines of a CSV file: `a,b,score,band`, then a column for every weight. The weights add up to the score as printed.
public struct PairLines: Sendable {
    private(set) var bytes: [UInt8] = []
    /// How many pairs of each band the lines hold, and how many wrong ones to expect in `same`.
    public private(set) var tally = PairTally()

    public static let columns =
        ["a", "b", "score", "band"] + MatchField.allCases.map(\.column) + ["suffix", "household", "caution", "prior"]

    static let header = CSVWriter.line(columns)

    public init(_ pairs: [ScoredPair], _ records: MatchRecords) {
        bytes.reserveCapacity(pairs.count * 128)
        for pair in pairs { put(pair, records) }
    }

    private mutating func put(_ pair: ScoredPair, _ records: MatchRecords) {
        guard let band = pair.band else { return }
        put(id: records.ids[pair.a])
        bytes.append(comma)
        put(id: records.ids[pair.b])
        bytes.append(comma)
        put(tenths: pair.tenths)
        bytes.append(comma)
        bytes.append(contentsOf: band.rawValue.utf8)
        for tenths in pair.fieldTenths + [pair.suffixTenths, pair.householdTenths, pair.cautionTenths, pair.priorTenths] {
            bytes.append(comma)
            put(tenths: tenths)
        }
        bytes.append(contentsOf: [13, 10])
        tally.count(pair, band)
    }

    private var comma: UInt8 { UInt8(ascii: ",") }

    private mutating func put(id: ArraySlice<UInt8>) {
        let isPlain = id.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 }
        if isPlain, id.first != 45 { return bytes.append(contentsOf: id) }
        bytes.append(contentsOf: CSVWriter.line([String(decoding: id, as: UTF8.self)]).utf8.dropLast(2))
    }

    /// `-12` as `-1.2`.
    private mutating func put(tenths: Int) {
        if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
        let size = tenths.magnitude
        bytes.append(contentsOf: String(size / 10).utf8)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(48 + size % 10))
    }
}
