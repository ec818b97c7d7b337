/// Keys to be kept in a database: two contacts that have one in common should be compared. They are made of the texts alone, so that
/// those of a new contact can be looked up among those that were kept earlier.
public enum LastingKeys {
    /// Those of each contact, without repetitions, up to `BlockingKeys.count` of them. Two keys of different kinds are never equal.
    public static func of(_ contacts: [MatchContact]) -> [[Int64]] {
        var builder = MatchRecordsBuilder()
        for contact in contacts { builder.add(contact) }
        let records = builder.finish()
        var kinds = [Int64](repeating: 0, count: BlockingKeys.count)
        for (kind, pass) in BlockingKeys.passes.enumerated() {
            for place in pass.places { kinds[place] = Int64(kind) + 1 }
        }
        var keys = [UInt32](repeating: 0, count: BlockingKeys.count)
        return (0..<records.count).map { record in
            keys.withUnsafeMutableBufferPointer { BlockingKeys.write(record, records, $0, isLasting: true) }
            return Set(zip(kinds, keys).filter { $1 != 0 }.map { $0 << 32 | Int64($1) }).sorted()
        }
    }
}
