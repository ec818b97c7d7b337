public import CityPack
public import Database
public import Primitives

/// Numbers people read: `ELE2026-00408`, `BLD-SFD2026-00133` (`model.md` 10). They rise per prefix and year; a gap is possible.
public enum CaseNumbers {
    /// The parts of a number; nil when it is not of the form `PPP[-SSS]YYYY-NNNNN`.
    public static func parse(_ number: String) -> (prefix: String, year: Int, sequence: Int64)? {
        guard let dash = number.lastIndex(of: "-"), let sequence = Int64(number[number.index(after: dash)...]), sequence > 0
        else {
            return nil
        }
        let head = number[..<dash]
        guard head.count > 4, let year = Int(head.suffix(4)), (1900...2999).contains(year) else { return nil }
        let prefix = String(head.dropLast(4))
        guard prefix.first?.isLetter ?? false, prefix.allSatisfy({ $0.isLetter || $0 == "-" }) else { return nil }
        return (prefix, year, sequence)
    }

    /// The next number of that prefix and year, taken inside the transaction.
    public static func next(prefix: String, year: Int, _ conn: Connection) throws(DatabaseError) -> String {
        let sequence: Int =
            try conn.value(
                """
                INSERT INTO case_number (prefix, year, last) VALUES (\(prefix), \(year), 1)
                ON CONFLICT (prefix, year) DO UPDATE SET last = case_number.last + 1
                RETURNING last
                """) ?? 1
        return "\(prefix)\(year)-\(padded(sequence, 5))"
    }

    /// What counts by itself.
    public struct Counter: Hashable, Sendable {
        let prefix: String
        let year: Int
        public init(prefix: String, year: Int) {
            self.prefix = prefix
            self.year = year
        }
    }

    /// The next number of each of these, in this order: one statement per prefix and year.
    public static func next(_ counters: [Counter], _ conn: Connection) throws(DatabaseError) -> [String] {
        var wanted: [Counter: Int] = [:]
        for counter in counters { wanted[counter, default: 0] += 1 }
        var last: [Counter: Int] = [:]
        for (counter, count) in wanted.sorted(by: { ($0.key.prefix, $0.key.year) < ($1.key.prefix, $1.key.year) }) {
            let end: Int? = try conn.value(
                """
                INSERT INTO case_number (prefix, year, last) VALUES (\(counter.prefix), \(counter.year), \(count))
                ON CONFLICT (prefix, year) DO UPDATE SET last = case_number.last + excluded.last
                RETURNING last
                """)
            last[counter] = (end ?? count) - count
        }
        return counters.map { counter in
            last[counter, default: 0] += 1
            return "\(counter.prefix)\(counter.year)-\(padded(last[counter, default: 0], 5))"
        }
    }

    /// Many at once: the highest of each prefix and year decides.
    static func raise(toInclude numbers: [String], _ conn: Connection) throws(DatabaseError) {
        var highest: [Counter: (sequence: Int64, number: String)] = [:]
        for number in numbers {
            guard let (prefix, year, sequence) = parse(number) else { continue }
            let counter = Counter(prefix: prefix, year: year)
            if sequence > highest[counter]?.sequence ?? 0 { highest[counter] = (sequence, number) }
        }
        for entry in highest.values.sorted(by: { $0.number < $1.number }) { try raise(toInclude: entry.number, conn) }
    }

    /// After an import the counter stands at the highest imported number at least.
    public static func raise(toInclude number: String, _ conn: Connection) throws(DatabaseError) {
        guard let (prefix, year, sequence) = parse(number) else { return }
        try conn.run(
            """
            INSERT INTO case_number (prefix, year, last) VALUES (\(prefix), \(year), \(sequence))
            ON CONFLICT (prefix, year) DO UPDATE SET last = excluded.last WHERE case_number.last < excluded.last
            """)
    }
}
