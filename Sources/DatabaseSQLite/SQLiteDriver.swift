internal import Database
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// One SQLite connection as the kit sees it. Lives on one thread.
final class SQLiteDriver: ConnectionDriver {
    let db: GRDB.Database
    let dialect = Dialect.sqlite
    /// Stores rows beside the writer; readers have none.
    let loader: SQLiteLoader?

    init(_ db: GRDB.Database, loader: SQLiteLoader? = nil) {
        self.db = db
        self.loader = loader
    }

    func run(
        _ text: String, _ values: [SQLValue], streaming: Bool, each: (KitRow) throws -> Void
    ) throws(KitError) -> Int {
        try loader?.take(for: text)
        defer { loader?.release() }
        return try SQLiteDriver.asKit {
            let statement = try db.cachedStatement(sql: text)
            let arguments = StatementArguments(values.lazy.map { $0.grdb as (any DatabaseValueConvertible)? })
            if statement.columnCount == 0 {
                try statement.execute(arguments: arguments)
                return db.changesCount
            }
            let columns = Columns(statement.columnNames)
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
            // The cursor's row is the statement's: its values are read where SQLite has them.
            let handle = statement.sqliteStatement
            let places = 0..<Int32(statement.columnCount)
            while try cursor.next() != nil {
                try each(KitRow(columns: columns, values: places.map { SQLValue(handle, $0) }))
            }
            return db.changesCount
        }
    }

    /// Whatever goes wrong, said as the kit says it.
    static func asKit<Result>(_ body: () throws -> Result) throws(KitError) -> Result {
        do { return try body() } catch let error as GRDB.DatabaseError {
            throw KitError(error)
        } catch let error as KitError {
            throw error
        } catch {
            throw KitError(.other, "\(error)")
        }
    }
}

extension SQLValue {
    fileprivate var grdb: GRDB.DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .blob(let value): Data(value).databaseValue
        }
    }

    /// A value of the row at which a statement stands.
    fileprivate init(_ handle: OpaquePointer, _ column: Int32) {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            // The text first: asking for it may change its length.
            let text = sqlite3_column_text(handle, column)
            let length = Int(sqlite3_column_bytes(handle, column))
            self = .text(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
        case SQLITE_BLOB:
            let bytes = sqlite3_column_blob(handle, column)
            let length = Int(sqlite3_column_bytes(handle, column))
            self = .blob(Array(UnsafeRawBufferPointer(start: bytes, count: length)))
        default: self = .null
        }
    }
}

extension KitError {
    init(_ error: GRDB.DatabaseError) {
        let kind: Kind =
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .unique
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey
            case .SQLITE_CONSTRAINT_CHECK: .check
            case .SQLITE_CONSTRAINT_NOTNULL: .notNull
            default:
                switch error.resultCode {
                case .SQLITE_BUSY, .SQLITE_LOCKED: .serialization
                case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN: .storage
                default: .other
                }
            }
        self.init(kind, "\(error.message ?? "unknown error")\(error.sql.map { " in: \($0)" } ?? "")")
    }
}
