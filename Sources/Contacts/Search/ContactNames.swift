public import Database
internal import Primitives

extension Contact {
    /// The keys of live and ended contacts whose names have these words, or words that begin so, in any order: for staff who look
    /// something up by a name. Each word is looked for by the index where it begins the filed name: "Pat Quim" is filed as "quimby pat".
    /// - Parameter most: of each word so many, the first by name.
    public static func named(_ typed: String, most: Int = 1000) -> SQL {
        let words = foldedForSearch(typed).split(separator: " ").map(String.init)
        let lookups = Set(words).sorted().prefix(mostWords).map { first -> SQL in
            let others = words.filter { $0 != first }.map { word -> SQL in
                let pattern = "% \(word)%"
                return "AND ' ' || search_name LIKE \(pattern)"
            }
            return """
                SELECT id FROM (
                    SELECT id FROM contact
                    WHERE search_name >= \(first) AND search_name < \(first + "\u{10FFFD}") \(others.joined(separator: " "))
                    ORDER BY search_name LIMIT \(most)) named
                """
        }
        return lookups.isEmpty ? "SELECT id FROM contact WHERE 1 = 0" : lookups.joined(separator: " UNION ")
    }
    private static let mostWords = 6
}
