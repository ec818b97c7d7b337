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
            SELECT r.state, r.answered_by, r.answered_at - r.created_at AS took, r.due_on, \(DeskDay.name)
            FROM access_request r LEFT JOIN account a ON a.id = r.answered_by WHERE r.answered_on = \(day) AND r.state <> 'waiting' AND \(visible)
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
            let person = Person(name: try row["name"])
            people[who, default: person].decided += 1
        }
        for row in try conn.rows(
            """
            SELECT m.account_id, \(DeskDay.name), COUNT(*) AS count
            FROM ticket_message m JOIN access_request r ON r.id = m.ticket_id JOIN account a ON a.id = m.account_id
            WHERE m.written_on = \(day) AND m.author = 'staff' AND m.is_note = 0 AND m.account_id IS NOT NULL AND \(visible)
            GROUP BY m.account_id, a.first_name, a.last_name
            """)
        {
            let who: AccountID = try row["account_id"]
            let (person, count): (Person, Int) = (Person(name: try row["name"]), try row["count"])
            people[who, default: person].written = count
        }
        outcomes = Ticket.State.allCases.compactMap { state in counts[state].map { (state, $0) } }
        hours.sort()
        medianHours = hours.isEmpty ? nil : hours[(hours.count - 1) / 2]
        slowestHours = hours.last
        answeredLate = late
        self.people = people.values.sorted { ($1.decided + $1.written, $0.name) < ($0.decided + $0.written, $1.name) }
        var waiting: [Ticket.Queue: (count: Int, late: Int)] = [:]
        for row in try conn.rows(
            """
            SELECT r.kind, COUNT(*) AS count, COUNT(*) FILTER (WHERE r.due_on < \(today)) AS late FROM access_request r
            WHERE r.state = 'waiting' AND r.turn = 'city' AND \(visible) GROUP BY r.kind
            """)
        {
            let (kind, count, late): (Ticket.Kind, Int, Int) = (try row["kind"], try row["count"], try row["late"])
            let before = waiting[kind.queue] ?? (0, 0)
            waiting[kind.queue] = (before.count + count, before.late + late)
        }
        self.waiting = Ticket.Queue.allCases.map { ($0, waiting[$0]?.count ?? 0, waiting[$0]?.late ?? 0) }
    }

    private static let name: SQL = "TRIM(COALESCE(a.first_name, '') || ' ' || COALESCE(a.last_name, '')) AS name"
}
