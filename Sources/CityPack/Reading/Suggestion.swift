/// "Did you mean": the closest of the known names, if one is close.
public enum Suggestion {
    public static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased())
        let limit = max(1, min(3, typed.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in known {
            let letters = Array(candidate.lowercased())
            guard abs(letters.count - typed.count) <= limit else { continue }
            let distance = distance(typed, letters)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The end of a sentence: `; did you mean "pending"?`, or nothing.
    public static func clause(for name: String, among known: some Sequence<String>) -> String {
        nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// Whether one letter is missing, too many, wrong or in its neighbor's place.
    public static func isOneSlip(_ a: String, _ b: String) -> Bool {
        abs(a.count - b.count) <= 1 && distance(Array(a), Array(b)) == 1
    }

    /// Letters to add, drop, change or swap with their neighbor (optimal string alignment).
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
