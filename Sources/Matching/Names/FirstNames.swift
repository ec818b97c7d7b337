/// How alike two first names are, folded.
public enum FirstNames {
    public enum Likeness: Sendable, Hashable { case same, shortForm, typo, unknown, different }

    /// - Parameters: names as `foldedForSearch` gives them. Only the first word of each counts.
    public static func likeness(_ a: String, _ b: String) -> Likeness {
        let (x, y) = (a.split(separator: " ").first.map(String.init) ?? "", b.split(separator: " ").first.map(String.init) ?? "")
        if x.isEmpty || y.isEmpty { return .unknown }
        if x == y { return .same }
        if x.count == 1 || y.count == 1 { return x.first == y.first ? .shortForm : .different }
        if let group = group(of: x), group == self.group(of: y) { return .shortForm }
        return isTypo(x, y) ? .typo : .different
    }

    /// The number of the name that this is a form of; nil when it is in no row.
    public static func group(of name: String) -> Int? { groups[name] }

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
