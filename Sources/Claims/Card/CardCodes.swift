public import Core
internal import Database
internal import Primitives

/// The codes on the cards of a case. A new card does not end the older ones: they hang where they hang until they are withdrawn.
struct CardCode: Sendable {
    /// A card can be shown once more so long, in the browser that made it.
    static let shownFor = Span.minutes(10)

    let id: Int64
    let printedAt: Instant
    /// How the person who printed it is called; empty for the program.
    let printedBy: String
    let until: Instant?
    let batch: String

    /// Of a case, the newest first.
    static func all(of id: CaseID, _ conn: Connection) throws -> [CardCode] {
        try conn.rows(
            """
            SELECT k.id, k.printed_at, k.until, k.batch, a.first_name, a.last_name
            FROM case_code k LEFT JOIN account a ON a.id = k.printed_by
            WHERE k.case_id = \(id) ORDER BY k.id DESC LIMIT 100
            """
        ).map { row in
            let (first, last): (String?, String?) = (try row["first_name"], try row["last_name"])
            return CardCode(
                id: try row["id"], printedAt: try row["printed_at"],
                printedBy: [first, last].compactMap(\.self).joined(separator: " "), until: try row["until"],
                batch: try row["batch"])
        }
    }
}

extension CardCode {
    /// Keeps the hash of a new code.
    static func keep(_ hash: String, batch: String, for id: CaseID, _ change: Change) throws {
        let made = try change.conn.run(
            """
            INSERT INTO case_code (case_id, code_hash, batch, printed_by, printed_at)
            VALUES (\(id), \(hash), \(batch), \(change.principal.signedIn), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        if made > 0 { try change.record(NewFact(.cardPrinted, about: .case(id))) }
    }

    static func withdraw(_ code: Int64, of id: CaseID, _ change: Change) throws -> Bool {
        let ended = try change.conn.run(
            "UPDATE case_code SET until = \(change.now) WHERE id = \(code) AND case_id = \(id) AND until IS NULL")
        guard ended > 0 else { return false }
        try change.record(NewFact(.cardWithdrawn, about: .case(id)))
        return true
    }

    struct Shown: Sendable {
        let id: CaseID
        let number: String
        /// Of the code.
        let code: Int64
    }

    /// The case whose card has this code. One question, whatever is wrong.
    static func find(_ number: String, hash: String, _ conn: Connection) throws -> Shown? {
        try conn.row(
            """
            SELECT c.id, c.number, k.id AS code FROM case_record c JOIN case_code k ON k.case_id = c.id
            WHERE c.number IN (\(number), \(number.uppercased())) AND k.code_hash = \(hash) AND k.until IS NULL
              AND c.confidential = 0 AND c.submitted = 1
            """
        ).map { Shown(id: try $0["id"], number: try $0["number"], code: try $0["code"]) }
    }
}

/// A card of the demo city, whose code its walk-through names. It is kept as every code is.
public enum DemoCard {
    public static let code = "DEMO-CARD-CODE"
    /// Whose first case it is, by the role in the demo city.
    public static let role = "company owner"

    /// Does nothing for an unknown number, and the second time.
    public static func print(for number: String, _ change: Change) throws {
        guard let id: CaseID = try change.conn.value("SELECT id FROM case_record WHERE number = \(number)") else { return }
        try CardCode.keep(try PrintedCode.hash(code, for: .card(number)), batch: "", for: id, change)
    }
}
