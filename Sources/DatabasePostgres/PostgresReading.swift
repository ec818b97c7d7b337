internal import CPQ
internal import Database

/// A reading transaction takes as many rounds to the server as it has statements: its beginning goes along with the first of them
/// (libpq, "Pipeline Mode"), and what the server says to its end, which cannot fail, is heard before the next statement.
extension PostgresDriver {
    private static let beginning = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    private static let planning = "SET LOCAL plan_cache_mode = force_generic_plan"

    func beginReading() {
        isBeginning = true
        isBeginningWithPlans = false
    }

    func keepPlans() throws(DatabaseError) {
        if isBeginning { isBeginningWithPlans = true } else { _ = try take(PQexec(link, PostgresDriver.planning), { _ in }) }
    }

    func endReading() throws(DatabaseError) {
        if isBeginning {
            isBeginning = false
            return
        }
        try settle()
        guard PQsendQuery(link, "COMMIT") == 1 else { throw lost() }
        awaited = .end
    }

    /// Begins by itself, for a first statement that cannot go along.
    func beginNow() throws(DatabaseError) {
        isBeginning = false
        _ = try take(PQexec(link, PostgresDriver.beginning), { _ in })
        if isBeginningWithPlans { try keepPlans() }
    }

    /// Begins, and runs a prepared statement.
    func begin(
        running name: String, _ arguments: [[CChar]?], each: (Row) throws -> Void
    ) throws(DatabaseError) -> Int {
        isBeginning = false
        let beginnings = [PostgresDriver.beginning] + (isBeginningWithPlans ? [PostgresDriver.planning] : [])
        guard PQenterPipelineMode(link) == 1 else { throw lost() }
        let isSent = try arguments.withPointers { pointers throws(DatabaseError) -> Bool in
            beginnings.allSatisfy { PQsendQueryParams(link, $0, 0, nil, nil, nil, nil, 0) == 1 }
                && PQsendQueryPrepared(link, name, Int32(arguments.count), pointers, nil, nil, 0) == 1
                && PQpipelineSync(link) == 1
        }
        guard isSent else { throw lost() }
        var failure: DatabaseError?
        var count = 0
        // One result each, and nothing behind it; then the mark of the end.
        for _ in 0...beginnings.count {
            let result = PQgetResult(link)
            if failure != nil {
                PQclear(result)
            } else {
                do throws(DatabaseError) { count = try take(result, each) } catch { failure = error }
            }
            while isAlive, let more = PQgetResult(link) { PQclear(more) }
        }
        while isAlive, let mark = PQgetResult(link) {
            let isMark = PQresultStatus(mark) == PGRES_PIPELINE_SYNC
            PQclear(mark)
            if isMark { break }
        }
        if isAlive, PQexitPipelineMode(link) != 1 { throw lost() }
        if let failure { throw failure }
        return count
    }
}
