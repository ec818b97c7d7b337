internal import Database

/// Where a table's rows go as lines: into a file, or into nothing but their sum.
final class RowSink {
    private let file: OutputFile?
    private let lines = ByteBuffer(capacity: 1 << 19)
    private var summing = Summing()
    private(set) var rows = 0
    private(set) var bytes: Int64 = 0

    init(_ file: OutputFile? = nil) { self.file = file }

    func add(_ values: [SQLValue]) throws(ArchiveRefusal) {
        let before = lines.count
        RowLine.append(values, to: lines)
        rows += 1
        bytes += Int64(lines.count - before)
        if lines.count >= 1 << 18 { try pass() }
    }

    private func pass() throws(ArchiveRefusal) {
        summing.add(lines.bytes)
        try file?.put(lines.bytes)
        lines.clear()
    }

    /// Nothing is added after this.
    func finish() throws(ArchiveRefusal) -> Sum {
        try pass()
        try file?.sync()
        return summing.finished()
    }
}

extension Table {
    /// Every row in the order of the primary key; where there is none, in the order of all columns, which is as good.
    /// - Parameter columns: from this table; the manifest's order when an archive is compared.
    func selectAll(_ columns: [String]) -> SQL {
        let names = columns.map(\.asSQLName).joined(separator: ", ")
        let order = key.isEmpty ? columns.map { "\($0.asSQLName) NULLS FIRST" } : key.map(\.asSQLName)
        let sorting = order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", "))"
        return "SELECT \(raw: names) FROM \(raw: name.asSQLName)\(raw: sorting)"
    }

    func count(_ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value("SELECT COUNT(*) FROM \(raw: name.asSQLName)") ?? 0
    }

    /// Puts every row into the sink.
    /// - Parameter report: told the rows so far, now and then.
    func send(_ columns: [String], to sink: RowSink, _ conn: Connection, report: (Int, Int64) -> Void) throws {
        // A connection passes on its own errors only, so one of the disk is kept aside.
        var refusal: ArchiveRefusal?
        do {
            try conn.each(selectAll(columns)) { row in
                do throws(ArchiveRefusal) { try sink.add(row.values) } catch {
                    refusal = error
                    throw error
                }
                if sink.rows % Table.rowsBetweenReports == 0 { report(sink.rows, sink.bytes) }
            }
        } catch { throw refusal ?? error }
    }

    static let rowsBetweenReports = 5000
}
