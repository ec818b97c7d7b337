extension String {
    /// The same word with a slip: two letters exchanged, or one dropped where they are the same.
    var misspelled: String {
        var letters = Array(self)
        guard letters.count > 1 else { return self + "x" }
        let place = letters.indices.dropLast().first {
            letters[$0] != letters[$0 + 1] && letters[$0].isLetter && letters[$0 + 1].isLetter
        }
        guard let place else { return String(letters.dropLast()) }
        letters.swapAt(place, place + 1)
        return String(letters)
    }

    func removing(_ index: Index) -> String {
        var copy = self
        copy.remove(at: index)
        return copy
    }

    /// The first of a character outside of quotes.
    func unquoted(_ wanted: Character) -> Index? {
        var isQuoted = false
        for index in indices {
            if self[index] == "\"" { isQuoted.toggle() }
            if !isQuoted, self[index] == wanted { return index }
        }
        return nil
    }

    /// Where keys stand: before a colon and a space or the end, outside of quotes.
    var keys: [Range<Index>] {
        ranges(of: /[a-z_]+:(?= |$)/)
            .filter { range in self[..<range.lowerBound].count { $0 == "\"" }.isMultiple(of: 2) }
            .map { $0.lowerBound..<index(before: $0.upperBound) }
    }

    /// Words of a value: after the colon, or all of a line that goes on.
    func words(from line: PackLines.Line) -> [Range<Index>] {
        let start = line.key.flatMap { self.range(of: "\($0):")?.upperBound } ?? startIndex
        return self[start...].ranges(of: /[A-Za-z][A-Za-z_.\/ -]*[A-Za-z]/).filter { self[$0.upperBound...].first != ":" }
    }

    /// The last letter or digit before a quote, comma or the end of the value.
    var lastIndexInValue: Index? {
        let value = firstRange(of: /#[0-9a-f]{6}|: (\{ value: )?[A-Z]{3}(-[A-Z]{3})?/)
        return value.map { index(before: $0.upperBound) }
    }
}
