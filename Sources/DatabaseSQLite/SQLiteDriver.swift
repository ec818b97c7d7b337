internal import Database
internal import Foundation
internal import GRDB

/// One SQLite connection as the kit sees it. Lives on one thread.
final class SQLiteDriver: ConnectionDriver {
    let db: GRDB.Database
    let dialect = Dialect.sqlite

    init(_ db: GRDB.Database) { self.db = db }

    func run(
        _ text: String, _ values: [SQLValue], streaming: Bool, each: (KitRow) throws -> Void
    ) throws(KitError) -> Int {
        do {
            let statement = try db.cachedStatement(sql: text)
            let arguments = StatementArguments(values.map(\.grdb))
            if statement.columnCount == 0 {
                try statement.execute(arguments: arguments)
                return db.changesCount
            }
            let columns = Columns(statement.columnNames)
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
            while let row = try cursor.next() {
                try each(KitRow(columns: columns, values: (0..<row.count).map { SQLValue(row[$0] as GRDB.DatabaseValue) }))
            }
            return db.changesCount
        } catch let error as GRDB.DatabaseError {
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

    fileprivate init(_ value: GRDB.DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let value): self = .integer(value)
        case .double(let value): self = .real(value)
        case .string(let value): self = .text(value)
        case .blob(let value): self = .blob(Array(value))
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
