internal import CPQ
internal import Database
internal import Primitives

/// Many rows at once: `COPY … FROM STDIN` in its text format (PostgreSQL's manual, COPY, "Text Format"). The server stores the last
/// of them while this process makes the next ones: what it says about them is heard before the next statement.
extension PostgresDriver {
    func load(_ table: String, _ columns: [String], isSure: Bool, next: () throws -> [SQLValue]?) throws -> Int {
        try hear()
        let checking = saying(unchecked: isSure && mayLeaveUnchecked)
        loaded.insert(table)
        let names = columns.map(\.asSQLName).joined(separator: ", ")
        let answer = PQexec(link, "\(checking)COPY \(table.asSQLName) (\(names)) FROM STDIN")
        guard PQresultStatus(answer) == PGRES_COPY_IN else {
            isUnchecked = false
            return try take(answer) { _ in }
        }
        PQclear(answer)
        var count = 0
        do {
            let buffer = ByteBuffer(capacity: 1 << 17)
            while let values = try next() {
                try PostgresCopy.append(values, to: buffer)
                count += 1
                if buffer.count >= 1 << 16 { try put(buffer) }
            }
            try put(buffer)
        } catch {
            // The server forgets what it has got, and the transaction can only be rolled back.
            isUnchecked = false
            _ = PQputCopyEnd(link, "stopped")
            while let rest = PQgetResult(link) { PQclear(rest) }
            throw error
        }
        guard PQputCopyEnd(link, nil) == 1 else { throw lost() }
        awaited = .rows
        return count
    }

    /// Hears what the server has not answered yet: that the rows sent last are stored, that a reading transaction has ended. From there on
    /// references are looked up.
    /// - Throws: what kept the server from storing them. The connection takes the next statement all the same.
    func settle() throws(DatabaseError) {
        try hear()
        let checking = saying(unchecked: false)
        if !checking.isEmpty { _ = try take(PQexec(link, checking), { _ in }) }
    }

    /// A rollback takes back that references are left unchecked.
    private func hear() throws(DatabaseError) {
        guard awaited != .nothing else { return }
        awaited = .nothing
        var failure: DatabaseError?
        while let result = PQgetResult(link) {
            do throws(DatabaseError) { _ = try take(result) { _ in } } catch { failure = failure ?? error }
        }
        guard let failure else { return }
        isUnchecked = false
        throw failure
    }

    /// What has to be said before a statement that leaves what its rows refer to unchecked, or looks it up; nothing when the one before
    /// did the same.
    private func saying(unchecked: Bool) -> String {
        guard isUnchecked != unchecked else { return "" }
        isUnchecked = unchecked
        return "SET LOCAL session_replication_role = \(unchecked ? "replica" : "origin"); "
    }

    /// Has the server look at tables that it knows nothing about yet, before others read them: without statistics it takes an index
    /// that holds every row for one that holds none, and reads all of it for each key. Tables of another owner are passed over.
    func analyzeUnknown() throws(DatabaseError) {
        let new = loaded.subtracting(known)
        guard !new.isEmpty else { return }
        let list = JSON.array(new.sorted().map(JSON.string)).description
        var unknown: [String] = []
        // In one order, so that two imports side by side never wait for each other.
        _ = try run(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')
              AND c.relname IN (SELECT json_array_elements_text(CAST($1 AS json)))
              AND NOT EXISTS (SELECT 1 FROM pg_stats s WHERE s.schemaname = n.nspname AND s.tablename = c.relname)
            ORDER BY c.relname
            """, [.text(list)], streaming: false
        ) { unknown.append(try $0[0]) }
        for table in unknown { _ = try take(PQexec(link, "ANALYZE \(table.asSQLName)"), { _ in }) }
        known.formUnion(new.subtracting(unknown))
    }

    /// In pieces whose length the library can take.
    private func put(_ buffer: ByteBuffer) throws(DatabaseError) {
        var bytes = buffer.bytes.assumingMemoryBound(to: CChar.self)[...]
        while !bytes.isEmpty {
            let piece = UnsafeBufferPointer(rebasing: bytes.prefix(1 << 30))
            guard PQputCopyData(link, piece.baseAddress, Int32(piece.count)) == 1 else { throw lost() }
            bytes = bytes.dropFirst(piece.count)
        }
        buffer.clear()
    }
}

enum PostgresCopy {
    /// A line of the format: values with tabs between them, NULL as `\N`.
    static func append(_ values: [SQLValue], to line: ByteBuffer) throws(DatabaseError) {
        var isFirst = true
        for value in values {
            if !isFirst { line.append(tab) }
            isFirst = false
            switch value {
            case .null:
                line.append(backslash)
                line.append(UInt8(ascii: "N"))
            case .integer(let number): line.append(number)
            case .real(let number): line.append("\(number)")
            case .text(let text): try append(text, to: line)
            case .blob(let bytes):
                line.append(backslash)
                line.append(backslash)
                line.append(UInt8(ascii: "x"))
                line.append(hexadecimal: bytes)
            }
        }
        line.append(newline)
    }

    private static func append(_ text: String, to line: ByteBuffer) throws(DatabaseError) {
        var hasNUL = false
        line.append(text) { byte in
            switch byte {
            case 0: hasNUL = true
            case tab: line.append("\\t")
            case newline: line.append("\\n")
            case carriageReturn: line.append("\\r")
            case backslash: line.append("\\\\")
            default: line.append(byte)
            }
        }
        if hasNUL { throw PostgresText.refusedNUL }
    }

    private static let tab: UInt8 = 9
    private static let newline: UInt8 = 10
    private static let carriageReturn: UInt8 = 13
    private static let backslash: UInt8 = 92
}
