internal import Primitives

/// A company's name without the words that say only what kind of company it is.
func companyCore(_ name: String) -> String {
    let kinds: Set<String> = [
        "llc", "inc", "incorporated", "co", "corp", "corporation", "company", "ltd", "limited", "lp", "llp", "pc",
    ]
    var words = foldedForSearch(name).split(separator: " ").map(String.init)
    // "L.L.C." folds to single letters.
    if words.count > 3, words.suffix(3) == ["l", "l", "c"] { words.removeLast(3) }
    if words.first == "the" { words.removeFirst() }
    while words.count > 1, let last = words.last, kinds.contains(last) { words.removeLast() }
    return words.joined(separator: " ")
}

/// One slip of the hand: a letter too many, missing, wrong, or two the wrong way round. Short words are never typos of each other.
func isTypo(_ a: String, _ b: String) -> Bool {
    let (x, y) = (Array(a), Array(b))
    guard min(x.count, y.count) >= 4, abs(x.count - y.count) <= 1, x != y else { return false }
    var start = 0
    while start < min(x.count, y.count), x[start] == y[start] { start += 1 }
    var end = 0
    while end < min(x.count, y.count) - start, x[x.count - 1 - end] == y[y.count - 1 - end] { end += 1 }
    let (restX, restY) = (Array(x[start..<(x.count - end)]), Array(y[start..<(y.count - end)]))
    if max(restX.count, restY.count) <= 1 { return true }
    return restX.count == 2 && restX == restY.reversed()
}

/// How alike two first names are, folded.
enum FirstNames {
    enum Likeness: Sendable, Hashable { case same, shortForm, typo, unknown, different }

    static func likeness(_ a: String, _ b: String) -> Likeness {
        let (x, y) = (a.split(separator: " ").first.map(String.init) ?? "", b.split(separator: " ").first.map(String.init) ?? "")
        if x.isEmpty || y.isEmpty { return .unknown }
        if x == y { return .same }
        if x.count == 1 || y.count == 1 { return x.first == y.first ? .shortForm : .different }
        if let group = groups[x], group == groups[y] { return .shortForm }
        return isTypo(x, y) ? .typo : .different
    }

    /// Names that the same person goes by. The first of a row is its full form.
    private static let rows = [
        "robert bob rob bobby", "william bill will billy", "richard rick dick rich", "james jim jimmy", "john johnny jack",
        "michael mike mick", "thomas tom tommy", "charles charlie chuck", "joseph joe joey", "david dave", "daniel dan danny",
        "edward ed eddie ted", "anthony tony", "christopher chris", "matthew matt", "andrew andy drew", "steven steve stephen",
        "kenneth ken", "gregory greg", "jeffrey jeff", "timothy tim", "benjamin ben", "samuel sam", "nicholas nick",
        "alexander alex", "jonathan jon", "patrick pat", "lawrence larry", "elizabeth liz beth betty eliza",
        "margaret maggie meg peggy",
        "katherine kate kathy katie catherine", "jennifer jen jenny", "susan sue susie", "patricia patty tricia",
        "deborah deb debbie",
        "barbara barb", "rebecca becky becca", "jessica jess", "kimberly kim", "victoria vicky", "pamela pam", "christina tina",
        "francisco paco pancho", "jose pepe", "guadalupe lupe", "maria mari", "rosario charo", "ignacio nacho", "jesus chuy",
        "enrique quique", "dolores lola", "isabel chabela", "antonio tono", "manuel manolo", "mercedes meche",
    ]

    private static let groups: [String: Int] = {
        var groups: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            for name in row.split(separator: " ") { groups[String(name)] = index }
        }
        return groups
    }()
}
