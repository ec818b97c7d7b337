internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// What the help desk did on one day, in numbers.
struct DeskDay: Sendable {
    struct Person: Sendable {
        let name: String
        var decided = 0
        var written = 0
    }

    let day: CivilDate
    let received: Int
    /// By topic of the pack; what came without one (C1, objections) under the empty key.
    let topics: [(key: String, count: Int)]
    /// How the tickets of this day's answers ended.
    let outcomes: [(state: Ticket.State, count: Int)]
    /// From coming in to being answered, in hours, for those answered on this day; nil when there were none.
    let medianHours: Int?
    let slowestHours: Int?
    /// Answered after the day that they were due.
    let answeredLate: Int
    let people: [Person]
    /// As it is now.
    let waiting: [(queue: Ticket.Queue, count: Int, late: Int)]

    var answered: Int { outcomes.reduce(0) { $0 + $1.count } }

    /// - Parameter visible: the tickets that the reader may see, for the alias `r`.
    init(_ day: CivilDate, today: CivilDate, visible: SQL, _ conn: Connection) throws {
        self.day = day
        topics = try conn.rows(
            """
            SELECT r.topic, COUNT(*) AS count FROM access_request r WHERE r.received_on = \(day) AND \(visible)
            GROUP BY r.topic ORDER BY COUNT(*) DESC, r.topic
            """
        ).map { (try $0["topic"], try $0["count"]) }
        received = topics.reduce(0) { $0 + $1.count }
        let answers = try conn.rows(
            """
            SELECT r.state, r.answered_by, r.answered_at - r.created_at AS took, r.due_on
            FROM access_request r WHERE r.answered_on = \(day) AND r.state <> 'waiting' AND \(visible)
            LIMIT 5000
            """)
        var counts: [Ticket.State: Int] = [:]
        var hours: [Int] = []
        var people: [AccountID: Person] = [:]
        var late = 0
        for row in answers {
            let state: Ticket.State = try row["state"]
            counts[state, default: 0] += 1
            guard state != .withdrawn else { continue }
            if let took: Int64 = try row["took"] ?? nil { hours.append(Int(took / 3_600_000_000)) }
            if let due: CivilDate = try row["due_on"] ?? nil, due < day { late += 1 }
            guard let who: AccountID = try row["answered_by"] ?? nil else { continue }
            try DeskDay.with(who, &people, conn) { $0.decided += 1 }
        }
        for row in try conn.rows(
            """
            SELECT m.account_id, COUNT(*) AS count FROM ticket_message m JOIN access_request r ON r.id = m.ticket_id
            WHERE m.written_on = \(day) AND m.author = 'staff' AND m.is_note = 0 AND m.account_id IS NOT NULL AND \(visible)
            GROUP BY m.account_id
            """)
        {
            let who: AccountID = try row["account_id"]
            let count: Int = try row["count"]
            try DeskDay.with(who, &people, conn) { $0.written = count }
        }
        outcomes = Ticket.State.allCases.compactMap { state in counts[state].map { (state, $0) } }
        hours.sort()
        medianHours = hours.isEmpty ? nil : hours[(hours.count - 1) / 2]
        slowestHours = hours.last
        answeredLate = late
        self.people = people.values.sorted { ($1.decided + $1.written, $0.name) < ($0.decided + $0.written, $1.name) }
        waiting = try Ticket.Queue.allCases.map { queue in
            let row = try conn.row(
                """
                SELECT COUNT(*) AS count, COUNT(*) FILTER (WHERE r.due_on < \(today)) AS late FROM access_request r
                WHERE r.state = 'waiting' AND r.turn = 'city' AND r.kind IN \(list: queue.kindNames) AND \(visible)
                """)
            return (queue, try row?["count"] ?? 0, try row?["late"] ?? 0)
        }
    }

    private static func with(
        _ id: AccountID, _ people: inout [AccountID: Person], _ conn: Connection, _ body: (inout Person) -> Void
    ) throws {
        var person = try people[id] ?? Person(name: Account.find(id, conn)?.name ?? "")
        body(&person)
        people[id] = person
    }
}
