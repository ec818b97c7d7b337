internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// What linking somebody with a record would open to them.
struct SuggestionGain: Sendable {
    /// All cases that the record's own part opens.
    var cases = 0
    /// Those that the asker does not see yet.
    var gained = 0
    /// The newest of these.
    var numbers: [String] = []
    /// Who acts as this record already.
    var linked: [String] = []

    private static let mostNumbers = 10
    private static let mostNames = 20

    /// For each of a few records, and the people who can work on the ticket: one statement.
    /// - Parameter account: whoever would be linked; nil when nobody has an account yet, who sees nothing.
    static func find(
        _ records: [ContactID], for account: AccountID?, colleagues: SQL, _ access: AccessTable, _ conn: Connection
    ) throws -> (gains: [ContactID: SuggestionGain], colleagues: [Colleague]) {
        let rows = try conn.rows(
            """
            WITH wanted (id) AS \(list: records.map(\.value))
            SELECT * FROM (\(opened(to: account, access))) one
            UNION ALL SELECT * FROM (\(linkedNames)) two
            UNION ALL SELECT * FROM (
                SELECT 'colleague' AS what, id, NULL AS number, CAST(NULL AS BIGINT) AS cases, CAST(NULL AS BIGINT) AS gained,
                    CAST(NULL AS BIGINT) AS is_new, first_name, last_name FROM (\(colleagues)) person) three
            """)
        var gains = Dictionary(uniqueKeysWithValues: records.map { ($0, SuggestionGain()) })
        var people: [Colleague] = []
        for row in rows {
            switch try row["what"] as String {
            case "case":
                let id: ContactID = try row["id"]
                gains[id]?.cases = try row["cases"]
                gains[id]?.gained = try row["gained"]
                if try row["is_new"] { gains[id]?.numbers.append(try row["number"]) }
            case "linked": gains[try row["id"]]?.linked.append(try name(row))
            default: people.append(Colleague(id: try row["id"], name: try name(row)))
            }
        }
        return (gains, people)
    }

    private static func name(_ row: Row) throws(DatabaseError) -> String {
        "\(try row["first_name"] as String) \(try row["last_name"] as String)"
    }

    /// How many cases of a record an account would see that it does not see now.
    static func count(_ record: ContactID, for account: AccountID, _ access: AccessTable, _ conn: Connection) throws -> Int {
        try conn.value(
            """
            SELECT COUNT(DISTINCT c.id) FROM case_grant g JOIN case_record c ON c.id = g.case_id
            WHERE g.contact_id = \(record) AND \(isOpening) AND \(isNew(to: account, access))
            """) ?? 0
    }

    /// Whether a grant `g` opens its case.
    private static let isOpening: SQL = "g.may_view = 1 AND g.until IS NULL"

    /// Whether an account does not see the case `c` yet; nobody's sees none.
    private static func isNew(to account: AccountID?, _ access: AccessTable) -> SQL {
        guard let account else { return "1 = 1" }
        return "NOT \(access.visible("case.party-view", to: .account(account, actingFor: nil), alias: "c"))"
    }

    /// The newest cases that each record opens, of those that are new to the account and of the others, with how many there are.
    private static func opened(to account: AccountID?, _ access: AccessTable) -> SQL {
        """
        SELECT 'case' AS what, id, number, cases, gained, is_new, NULL AS first_name, NULL AS last_name FROM (
            SELECT d.*, COUNT(*) OVER (PARTITION BY d.id) AS cases, SUM(d.is_new) OVER (PARTITION BY d.id) AS gained,
                ROW_NUMBER() OVER (PARTITION BY d.id, d.is_new ORDER BY d.active_on DESC, d.case_id DESC) AS place
            FROM (
                SELECT DISTINCT w.id, c.id AS case_id, c.number, c.active_on, CASE WHEN \(isNew(to: account, access)) THEN 1 ELSE 0 END AS is_new
                FROM wanted w CROSS JOIN case_grant g CROSS JOIN case_record c
                WHERE g.contact_id = w.id AND \(isOpening) AND c.id = g.case_id
            ) d) ranked
        WHERE place <= \(mostNumbers) ORDER BY id, is_new DESC, place
        """
    }

    private static let linkedNames: SQL = """
        SELECT 'linked' AS what, id, NULL AS number, CAST(NULL AS BIGINT) AS cases, CAST(NULL AS BIGINT) AS gained,
            CAST(NULL AS BIGINT) AS is_new, first_name, last_name FROM (
            SELECT l.id, a.first_name, a.last_name, ROW_NUMBER() OVER (PARTITION BY l.id ORDER BY a.id) AS place
            FROM (
                SELECT w.id, k.account_id FROM wanted w CROSS JOIN contact_link k WHERE k.contact_id = w.id AND k.until IS NULL
                UNION
                SELECT w.id, m.account_id FROM wanted w CROSS JOIN membership m WHERE m.organization_id = w.id AND m.until IS NULL
            ) l JOIN account a ON a.id = l.account_id AND a.closed_at IS NULL) ranked
        WHERE place <= \(mostNames) ORDER BY id, place
        """
}
