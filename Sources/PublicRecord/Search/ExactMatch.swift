internal import Database
internal import Primitives

/// A case number or a street that is written out, in whatever way people write it.
struct ExactMatch {
    private let typed: [String]

    /// - Parameter typed: the words, folded.
    init(_ typed: [String]) { self.typed = typed }

    /// The condition that finds its entries, when there are any. One statement.
    func condition(_ conn: Connection) throws(DatabaseError) -> SQL? {
        var candidates: [(name: String, condition: SQL)] = []
        for number in numbers { candidates.append((number, "e.number_folded = \(number)")) }
        if let street { candidates.append(("street", "e.street_folded = \(street)")) }
        guard !candidates.isEmpty else { return nil }
        let found = try conn.rows(
            candidates.map { candidate -> SQL in
                "SELECT \(candidate.name) AS name WHERE EXISTS (SELECT 1 FROM public_entry e WHERE \(candidate.condition))"
            }.joined(separator: " UNION ALL "))
        for candidate in candidates {
            for row in found where try row["name"] == candidate.name { return candidate.condition }
        }
        return nil
    }

    /// What was typed as a case number is stored: `ele 2021 408` also as `ele202100408`.
    private var numbers: [String] {
        let joined = typed.joined()
        guard joined.contains(where: \.isNumber), joined.utf8.count <= 40 else { return [] }
        let letters = joined.utf8.prefix { (97...122).contains($0) }.count
        let digits = joined.utf8.dropFirst(letters)
        guard letters > 0, digits.count > 4, digits.count <= 13, digits.allSatisfy({ (48...57).contains($0) }),
            ["19", "20"].contains(joined.dropFirst(letters).prefix(2)), let sequence = Int(joined.dropFirst(letters + 4))
        else { return [joined] }
        let full = "\(joined.prefix(letters + 4))\(padded(sequence, 5))"
        return full == joined ? [joined] : [joined, full]
    }

    /// A house number and a street, without the unit.
    private var street: String? {
        let street = StreetWords.parted(typed).street
        guard street.count > 1, street[0].first?.isNumber == true else { return nil }
        return StreetWords.folded(street)
    }
}
