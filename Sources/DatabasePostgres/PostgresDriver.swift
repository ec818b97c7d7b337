internal import CPQ
internal import Database
internal import Foundation

/// One PostgreSQL connection as the kit sees it. Lives on one thread. Values travel as text; statements are prepared once.
final class PostgresDriver: ConnectionDriver {
    let dialect = Dialect.postgres
    let link: OpaquePointer
    private var prepared: [String: Prepared] = [:]
    private var clock = 0
    /// What the server has not answered yet, because nothing depended on it.
    var awaited = Awaited.nothing
    /// Tables that rows were put into, and those of them that the server has statistics of (`analyzeUnknown`).
    var loaded: Set<String> = []
    var known: Set<String> = []
    /// Whether a reading transaction begins with the next statement.
    var isBeginning = false
    /// Whether it keeps plans from there on (`keepPlans`).
    var isBeginningWithPlans = false
    /// Whether what rows refer to is not looked up just now.
    var isUnchecked = false
    /// Whether the role may have references left unchecked: a superuser may, and who was granted it (PostgreSQL 15 and later).
    lazy var mayLeaveUnchecked: Bool = {
        let granted =
            PQserverVersion(link) < 150_000 ? "" : " OR has_parameter_privilege(current_user, 'session_replication_role', 'SET')"
        let result = PQexec(link, "SELECT 1 WHERE current_setting('is_superuser') = 'on'\(granted)")
        defer { PQclear(result) }
        return PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1
    }()

    enum Awaited {
        case nothing
        /// That it has stored the rows of a `load`.
        case rows
        /// That it has ended a reading transaction.
        case end
    }

    private struct Prepared {
        let name: String
        var lastUsed: Int
    }
    /// Prepared statements kept by a connection; the one not used for longest makes room.
    private static let mostPrepared = 400

    /// Takes over an open connection and closes it when done.
    init(_ link: OpaquePointer) { self.link = link }

    deinit { PQfinish(link) }

    var isAlive: Bool { PQstatus(link) == CONNECTION_OK }

    func run(
        _ text: String, _ values: [SQLValue], streaming: Bool, each: (Row) throws -> Void
    ) throws(DatabaseError) -> Int {
        try settle()
        let arguments = try values.map(PostgresText.argument)
        guard let name = try prepare(text) else {
            // Definitions and transaction control: text without values, never prepared.
            if isBeginning { try beginNow() }
            return try take(PQexec(link, text), each)
        }
        if isBeginning {
            if !streaming { return try begin(running: name, arguments, each: each) }
            try beginNow()
        }
        return try arguments.withPointers { pointers throws(DatabaseError) -> Int in
            let count = Int32(values.count)
            guard streaming else { return try take(PQexecPrepared(link, name, count, pointers, nil, nil, 0), each) }
            guard PQsendQueryPrepared(link, name, count, pointers, nil, nil, 0) == 1 else { throw lost() }
            PQsetSingleRowMode(link)
            return try takeStream(each)
        }
    }

    /// - Returns: the statement's name; nil for one that is not worth preparing.
    private func prepare(_ text: String) throws(DatabaseError) -> String? {
        clock += 1
        if let known = prepared[text] {
            prepared[text]?.lastUsed = clock
            return known.name
        }
        guard let verb = text.split(whereSeparator: \.isWhitespace).first?.uppercased(),
            ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "EXPLAIN"].contains(verb)
        else { return nil }
        if prepared.count >= PostgresDriver.mostPrepared, let oldest = prepared.min(by: { $0.value.lastUsed < $1.value.lastUsed })
        {
            _ = try take(PQexec(link, "DEALLOCATE \(oldest.value.name)"), { _ in })
            prepared[oldest.key] = nil
        }
        let name = "s\(clock)"
        _ = try take(PQprepare(link, name, text, 0, nil), { _ in })
        prepared[text] = Prepared(name: name, lastUsed: clock)
        return name
    }

    /// A result that has come whole.
    func take(_ result: OpaquePointer?, _ each: (Row) throws -> Void) throws(DatabaseError) -> Int {
        guard let result else { throw lost() }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            try rows(of: result, columns: nil, each)
            return PostgresDriver.touched(result)
        default: throw DatabaseError(result: result, isAlive: isAlive)
        }
    }

    /// Results of one row each, to the last one; what is left after an error is read and dropped, so that the connection can go on.
    private func takeStream(_ each: (Row) throws -> Void) throws(DatabaseError) -> Int {
        var failure: DatabaseError?
        var columns: PostgresColumns?
        var touched = 0
        while let result = PQgetResult(link) {
            defer { PQclear(result) }
            guard failure == nil else { continue }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                if columns == nil { columns = PostgresColumns(result) }
                do throws(DatabaseError) { try rows(of: result, columns: columns, each) } catch { failure = error }
                touched = PostgresDriver.touched(result)
            default: failure = DatabaseError(result: result, isAlive: isAlive)
            }
        }
        if let failure { throw failure }
        return touched
    }

    private func rows(of result: OpaquePointer, columns: PostgresColumns?, _ each: (Row) throws -> Void) throws(DatabaseError) {
        let count = PQntuples(result)
        guard count > 0 else { return }
        let columns = columns ?? PostgresColumns(result)
        do {
            for row in 0..<count {
                let values = columns.types.indices.map { PostgresText.value(result, row, Int32($0), columns.types[$0]) }
                try each(Row(columns: columns.names, values: values))
            }
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.other, "\(error)")
        }
    }

    private static func touched(_ result: OpaquePointer) -> Int {
        PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    func lost() -> DatabaseError {
        DatabaseError(isAlive ? .other : .connectionLost, String(cString: PQerrorMessage(link)))
    }
}

/// The names and types of a result's columns.
struct PostgresColumns {
    let names: Columns
    let types: [Oid]

    init(_ result: OpaquePointer) {
        let range = 0..<PQnfields(result)
        names = Columns(range.map { PQfname(result, $0).map { String(cString: $0) } ?? "" })
        types = range.map { PQftype(result, $0) }
    }
}

extension [[CChar]?] {
    /// The arguments as libpq takes them; the pointers live as long as the body runs.
    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?]) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        var bytes: [CChar] = []
        bytes.reserveCapacity(reduce(0) { $0 + ($1?.count ?? 0) })
        var starts: [Int?] = []
        for argument in self {
            starts.append(argument.map { _ in bytes.count })
            if let argument { bytes += argument }
        }
        if bytes.isEmpty { bytes = [0] }
        let outcome = bytes.withUnsafeBufferPointer { buffer -> Swift.Result<Result, DatabaseError> in
            let base = buffer.baseAddress
            do throws(DatabaseError) {
                return .success(try body(starts.map { start in start.flatMap { base?.advanced(by: $0) } }))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }
}
