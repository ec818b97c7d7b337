internal import Database
internal import Primitives

/// What somebody may have meant who found nothing: the same search without its filters, with a word exchanged for one that the record
/// holds and that is a slip of the hand away, or a number with two digits exchanged.
struct DidYouMean {
    private let query: RecordQuery
    private let memory: RecordMemory
    /// More searches than that are no help.
    private static let most = 3

    init(_ query: RecordQuery, _ memory: RecordMemory = RecordMemory()) {
        self.query = query
        self.memory = memory
    }

    /// Searches that find something.
    /// - Parameter isThere: whether an entry has that very number or street.
    func suggestions(isThere: Bool, _ conn: Connection) throws(DatabaseError) -> [RecordQuery] {
        let typed = SearchWords.typed(query.text)
        guard !typed.isEmpty, typed.count <= 6 else { return [] }
        let index = try memory.textIndex(conn)
        if query.isFiltered {
            if isThere { return [query.unfiltered] }
            if try exists(query.unfiltered, nil, conn) { return [query.unfiltered] }
        }
        let number = typed.joined()
        if number.contains(where: \.isNumber), number.contains(where: \.isLetter), number.utf8.count <= 20 {
            let near = try numbers(near: number, conn)
            if !near.isEmpty { return near.map { with(text: $0) } }
        }
        return try words(near: typed, index, conn)
    }

    private func numbers(near number: String, _ conn: Connection) throws(DatabaseError) -> [String] {
        let slips = Slips.of(number).filter { $0 != number }
        return try conn.rows(
            """
            SELECT DISTINCT e.number FROM public_entry e WHERE e.number_folded IN \(list: slips) ORDER BY e.number
            LIMIT \(DidYouMean.most)
            """
        ).map { row throws(DatabaseError) in try row["number"] }
    }

    /// Every word that is not in the record at all is exchanged; of several for one word the first in the alphabet comes first.
    private func words(near typed: [String], _ index: TextIndex, _ conn: Connection) throws(DatabaseError) -> [RecordQuery] {
        let inRecord = try DidYouMean.words(conn.rows(index.known(typed, areRare: false)))
        var slips: [String: [String]] = [:]
        for word in typed where !inRecord.contains(word) && word.utf8.count > 2 && word.utf8.count <= 24 {
            slips[word] = Slips.of(word) + WordForms.others(of: word)
        }
        // Every word is there, only not together: no other spelling helps.
        guard !slips.isEmpty else { return [] }
        var known = inRecord
        if memory.isPacked {
            // A word of many entries is rather meant than one of a few: where a slip is packed, the text index is not asked for
            // hundreds of others.
            known.formUnion(try DidYouMean.words(conn.rows(PackedSQL.packed(Set(slips.values.joined()).sorted()))))
            let open = slips.values.filter(known.isDisjoint(with:))
            known.formUnion(try self.known(Set(open.joined()).sorted(), index, conn))
            let found = try searches(typed, slips, known, index, conn)
            // Unless there is nothing with those.
            if !found.isEmpty || open.count == slips.count { return found }
        }
        known.formUnion(try self.known(Set(slips.values.joined()).subtracting(known).sorted(), index, conn))
        return try searches(typed, slips, known, index, conn)
    }

    /// Those that find something of the searches with words that are known.
    private func searches(
        _ typed: [String], _ slips: [String: [String]], _ known: Set<String>, _ index: TextIndex, _ conn: Connection
    ) throws(DatabaseError) -> [RecordQuery] {
        var readings: [[String]] = [[]]
        var isOther = false
        for word in typed {
            let others = known.contains(word) ? [word] : (slips[word] ?? []).filter(known.contains).sorted()
            guard !others.isEmpty else { return [] }
            if others != [word] { isOther = true }
            readings = readings.flatMap { reading in others.prefix(DidYouMean.most).map { reading + [$0] } }
        }
        guard isOther else { return [] }
        let candidates = readings.prefix(DidYouMean.most * 2).map { with(text: $0.joined(separator: " ")) }
        return Array(
            try candidates.filtered { candidate throws(DatabaseError) in try exists(candidate, index, conn) }.prefix(
                DidYouMean.most))
    }

    private func known(_ words: [String], _ index: TextIndex, _ conn: Connection) throws(DatabaseError) -> Set<String> {
        words.isEmpty ? [] : try DidYouMean.words(conn.rows(index.known(words, areRare: memory.isPacked)))
    }

    private static func words(_ rows: [Row]) throws(DatabaseError) -> Set<String> {
        var words: Set<String> = []
        for row in rows { words.insert(try row["word"]) }
        return words
    }

    /// - Parameter index: nil to look at the words as the search itself does, with what it has asked already.
    private func exists(_ other: RecordQuery, _ index: TextIndex?, _ conn: Connection) throws(DatabaseError) -> Bool {
        let search = RecordSearch(other, memory)
        guard let index else { return try search.findsAnything(search.plan(conn), conn) }
        var words = SearchWords(marks: other.marks + other.filters.map(\.mark))
        words.whole = SearchWords.typed(other.text)
        if let last = words.whole.last, last.count > 1, memory.frequency(of: last) != .common {
            words.whole.removeLast()
            words.last = SearchWords.Last(beginning: last, isRare: false)
        }
        return try search.findsAnything(.words(words, where: nil, index), conn)
    }

    private func with(text: String) -> RecordQuery {
        var other = query
        other.text = text
        return other
    }
}

extension Array {
    fileprivate func filtered(_ holds: (Element) throws(DatabaseError) -> Bool) throws(DatabaseError) -> [Element] {
        var kept: [Element] = []
        for element in self where try holds(element) { kept.append(element) }
        return kept
    }
}

/// The words that one slip of the hand makes of a word: a letter too many, one missing, another one, two exchanged.
enum Slips {
    static func of(_ word: String) -> [String] {
        let letters = Array(word.utf8)
        let others: [UInt8] = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var made: Set<[UInt8]> = []
        for place in 0...letters.count {
            let (head, tail) = (letters[..<place], letters[place...])
            for other in others { made.insert(Array(head) + [other] + tail) }
            guard !tail.isEmpty else { continue }
            made.insert(Array(head) + tail.dropFirst())
            for other in others { made.insert(Array(head) + [other] + tail.dropFirst()) }
            if tail.count > 1 {
                var exchanged = letters
                exchanged.swapAt(place, place + 1)
                made.insert(exchanged)
            }
        }
        made.remove(letters)
        // Letters outside ASCII are left alone.
        return made.compactMap { String(validating: $0, as: UTF8.self) }.filter { !$0.isEmpty }
    }
}
