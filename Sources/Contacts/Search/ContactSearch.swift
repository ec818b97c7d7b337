public import Accounts
public import Core
public import Database
public import Primitives

/// "Last name, company or email" (B5). Only organizations and people who chose to be findable, never their email, phone or street.
/// The caller keeps the limit (`Limit.peopleSearch`).
public enum ContactSearch {
    public enum Result: Sendable {
        /// Nothing, or a single letter.
        case tooShort
        /// `*`, `%` and the like: the search takes names as they are.
        case wildcard
        /// By name. At most `most`.
        case found([Hit])
        /// An exact address: never a person, the same answer whether or not anybody has it.
        case email(TypedAddress)
    }

    /// All that a search tells of a contact.
    public struct Hit: Sendable, Hashable {
        public let id: ContactID
        public let publicID: PublicID
        public let name: String
        public let kind: Contact.Kind
        /// Where it is, to tell two of the same name apart; empty when unknown.
        public let city: String
    }

    public static let most = 20

    public static func search(_ text: String, _ conn: Connection) throws -> Result {
        let typed = tidied(text)
        if let folded = FoldedEmail(typed) { return .email(TypedAddress(typed: typed, folded: folded)) }
        if typed.contains(where: { "*%?_".contains($0) }) { return .wildcard }
        let words = foldedForSearch(typed).split(separator: " ").map(String.init)
        guard words.reduce(0, { $0 + $1.count }) >= 2, let longest = words.max(by: { $0.count < $1.count }) else {
            return .tooShort
        }
        let rows = try conn.rows(candidates(words, byIndex: longest))
        return .found(try hits(rows, words))
    }

    /// Two index ranges: names that begin with the text, names that have a word beginning with its longest word. Of those, the ones
    /// that have every word; a name that begins with the text comes first.
    static func candidates(_ words: [String], byIndex word: String) -> SQL {
        let whole = words.joined(separator: " ")
        // Two letters are a whole last name (Li), or the beginning of very many.
        let isWholeName = words.count == 1 && whole.count == 2
        let patterns = words.map { isWholeName ? "% \($0) %" : "% \($0)%" }
        let others: [SQL] = patterns.map { "AND ' ' || c.search_name || ' ' LIKE \($0)" }
        return """
            SELECT \(Contact.columns), c.search_name, s.id AS survivor_id, s.public_id AS survivor_public_id, s.findable AS is_shown,
                   COALESCE(k.company_name, s.company_name) AS shown_company, COALESCE(k.first_name, s.first_name) AS shown_first,
                   COALESCE(k.last_name, s.last_name) AS shown_last,
                   (SELECT a.city FROM contact_address a WHERE a.contact_id = c.id AND a.until IS NULL ORDER BY a.id LIMIT 1) AS city
            FROM contact c LEFT JOIN contact_cluster k ON k.contact_id = c.id
                JOIN contact s ON s.id = COALESCE(k.survivor_id, c.id)
            WHERE c.id IN (
                SELECT id FROM contact
                WHERE findable = 1 AND until IS NULL AND search_name >= \(whole) AND search_name < \(whole + last)
                UNION SELECT contact_id FROM findable_word WHERE word >= \(word) AND word < \(word + last))
              AND c.findable = 1 AND c.until IS NULL \(others.joined(separator: " "))
            ORDER BY CASE WHEN c.search_name >= \(whole) AND c.search_name < \(whole + last) THEN 0 ELSE 1 END, c.search_name, c.id
            LIMIT 400
            """
    }
    /// Sorts after every text that begins the same.
    private static let last = "\u{10FFFD}"

    private static func hits(_ rows: [Row], _ words: [String]) throws -> [Hit] {
        var found: [(survivor: ContactID, hit: Hit)] = []
        for row in rows {
            let contact = try Contact(row: row)
            let survivor: ContactID = try row["survivor_id"]
            guard matches(words, contact, try row["search_name"]) else { continue }
            // Found under any of its names, a merged contact shows the face that stands for it, when that may be found at all.
            let isShown: Bool = try row["is_shown"]
            let name = try isShown ? shownName(row, contact.kind) : contact.name
            let hit = Hit(
                id: isShown ? survivor : contact.id, publicID: isShown ? try row["survivor_public_id"] : contact.publicID,
                name: name, kind: contact.kind, city: try row["city"] ?? "")
            if let place = found.firstIndex(where: { $0.survivor == survivor }) {
                if contact.id == survivor { found[place].hit = hit }
            } else if found.count < most {
                found.append((survivor, hit))
            }
        }
        return found.map(\.hit)
    }

    private static func shownName(_ row: Row, _ kind: Contact.Kind) throws(DatabaseError) -> String {
        Contact.name(kind, try row["shown_company"], try row["shown_first"], try row["shown_last"])
    }

    /// Every typed word begins a word of the name; a person's first name alone finds nobody. Two letters are a whole last name (Li).
    private static func matches(_ typed: [String], _ contact: Contact, _ searchName: String) -> Bool {
        let names = searchName.split(separator: " ").map(String.init)
        func begins(_ word: String, _ name: String) -> Bool {
            typed.count == 1 && word.count == 2 ? name == word : name.hasPrefix(word)
        }
        guard typed.allSatisfy({ word in names.contains { begins(word, $0) } }) else { return false }
        if contact.kind == .company { return true }
        let lastNames = foldedForSearch(contact.lastName).split(separator: " ").map(String.init)
        return typed.contains { word in lastNames.contains { begins(word, $0) } }
    }
}
