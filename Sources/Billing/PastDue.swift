internal import Cases
internal import Core
internal import Database
internal import Jobs
internal import Primitives

/// An unpaid invoice becomes past due by the day passing, so nobody's write can notice it: this does, every hour.
enum PastDue {
    /// The key in `case_attention`.
    static let reason = "invoice-past-due"
    static let kind: JobKind = "billing.past-due"
    static let schedule = JobSchedule(kind, every: .hours(1))
    private static let most = 200

    static let job = CityJob(kind) { run, city in
        while !run.shouldStop {
            let found = try await city.write(as: .job(kind.rawValue)) { change in
                let ids = try cases(change)
                for id in ids { try InvoiceWriter(change).keepAttention(of: id) }
                return ids.count
            }
            if found < most { return }
        }
        throw JobLater("Goes on after the restart.", after: .seconds(0))
    }

    /// Cases with an invoice past due that nobody has been told about.
    static func cases(_ change: Change) throws -> [CaseID] {
        try change.conn.rows(
            """
            SELECT DISTINCT i.case_id FROM invoice i
            WHERE i.paid_cents < i.total_cents AND i.due < \(change.today)
                AND NOT EXISTS (SELECT 1 FROM case_attention a
                                WHERE a.case_id = i.case_id AND a.reason = \(reason) AND a.until IS NULL)
            ORDER BY i.case_id LIMIT \(most)
            """
        ).map { try $0["case_id"] }
    }
}
