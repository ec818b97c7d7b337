internal import Core
internal import Database
internal import Foundation
internal import Primitives

/// Takes a file through its `RowKind` in batches of at most about 100 ms, so that the site goes on meanwhile. A rehearsal asks the
/// same questions of the same database and writes nothing.
struct RowEngine: Sendable {
    let city: CityContext
    let format: ImportFormat
    let isRehearsal: Bool
    let progress: @Sendable (String) throws -> Void

    private struct Pending<Row: Sendable>: Sendable {
        let number: Int
        let hash: String
        let keyed: Keyed<Row>
        let repaired: [FileReport.Repaired]
    }

    func run<State, Row>(
        _ kind: RowKind<State, Row>, path: String, state: inout State
    ) async throws -> FileReport {
        let name = (path as NSString).lastPathComponent
        var reader = try RowEngine.open(path, required: kind.required)
        var report = FileReport(name: name)
        var seen: [String: Int] = [:]
        var pending: [Pending<Row>] = []
        var size = BatchSize()
        var gauge = Gauge(name: name, path: path)

        while let record = reader.next() {
            report.read += 1
            gauge.count(record)
            var notes = RowNotes(record)
            do {
                let keyed = try kind.read(&notes, &state)
                if let first = seen[keyed.key] {
                    throw RowRefusal("The \(keyed.label) stands in row \(first) already. This second row was left out.")
                }
                seen[keyed.key] = record.number
                let hash = sha256(kind.columns.map { record[$0] }.joined(separator: "\u{1F}"))
                pending.append(.init(number: record.number, hash: hash, keyed: keyed, repaired: notes.repaired))
            } catch let refusal as RowRefusal {
                report.refused.append(.init(row: record.number, reason: refusal.reason))
            }
            if pending.count >= size.rows {
                try await settle(&pending, kind, &size, &state, &report)
                try progress(gauge.line)
            }
        }
        try await settle(&pending, kind, &size, &state, &report)
        try progress(gauge.line)
        report.refused.sort { $0.row < $1.row }
        return report
    }

    /// Runs something over a list in the same kind of batches: second passes.
    func batches<Item: Sendable>(_ items: [Item], _ body: @escaping @Sendable ([Item], Change) throws -> Void) async throws {
        guard !isRehearsal else { return }
        var size = BatchSize()
        var rest = items[...]
        while !rest.isEmpty {
            try Task.checkCancellation()
            let batch = Array(rest.prefix(size.rows))
            rest = rest.dropFirst(batch.count)
            try await size.timing { try await write { try body(batch, $0) } }
        }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (Change) throws -> Result) async throws -> Result {
        try await city.write(as: .importer(format.rawValue), origin: .imported, body)
    }

    private func settle<State, Row>(
        _ pending: inout [Pending<Row>], _ kind: RowKind<State, Row>, _ size: inout BatchSize, _ state: inout State,
        _ report: inout FileReport
    ) async throws {
        guard !pending.isEmpty else { return }
        try Task.checkCancellation()
        let batch = pending
        let (format, file) = (format.rawValue, kind.file)
        let (problem, create, update) = (kind.problem, kind.create, kind.update)
        @Sendable func outcomes(_ conn: Connection, _ change: Change?) throws -> [Outcome] {
            try batch.map { item in
                if let earlier = try ImportRows.record(format, file, item.keyed.key, conn) {
                    if earlier.hash == item.hash { return .unchanged }
                    if let change {
                        try update(item.keyed.row, earlier.record, change)
                        try ImportRows.remember(format, file, item.keyed.key, hash: item.hash, record: earlier.record, change)
                    }
                    return .updated
                }
                if let reason = try problem(item.keyed.row, conn) { return .refused(reason) }
                if let change {
                    let record = try create(item.keyed.row, change)
                    try ImportRows.remember(format, file, item.keyed.key, hash: item.hash, record: record, change)
                }
                return .imported
            }
        }
        let results: [Outcome] = try await size.timing {
            if isRehearsal { return try await city.db.read { try outcomes($0, nil) } }
            return try await write { try outcomes($0.conn, $0) }
        }
        for (item, outcome) in zip(batch, results) {
            switch outcome {
            case .imported: report.imported += 1
            case .updated: report.updated += 1
            case .unchanged: report.unchanged += 1
            case .refused(let reason):
                report.refused.append(.init(row: item.number, reason: reason))
                continue
            }
            report.repaired += item.repaired
            kind.settled(item.keyed, item.number, &state)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func open(_ path: String, required: [String]) throws -> CSVReader {
        let name = (path as NSString).lastPathComponent
        do {
            let reader = try CSVReader(path: path)
            let missing = required.filter { !reader.columns.contains($0) }
            if !missing.isEmpty {
                throw ImportProblem(
                    "\(name) lacks the column \(missing.joined(separator: ", ")). Its first line must name the columns of the format."
                )
            }
            return reader
        } catch let problem as CSVReader.Problem {
            throw ImportProblem("\(name): \(problem)")
        }
    }
}

/// How far the reading is, and how long the rest will take.
private struct Gauge {
    let name: String
    let total: Int64
    private let start = ContinuousClock.now
    private var bytes: Int64 = 0
    private var rows = 0

    init(name: String, path: String) {
        self.name = name
        total = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.int64Value ?? 0
    }

    mutating func count(_ record: CSVReader.Record) {
        rows += 1
        for field in record.fields { bytes += Int64(field.utf8.count) + 1 }
    }

    var line: String {
        let seconds = Double((ContinuousClock.now - start).components.seconds) + 0.001
        let percent = total > 0 ? min(100, bytes * 100 / total) : 100
        var line = "\(name): \(grouped(rows)) rows, \(percent)%"
        if seconds >= 1, bytes > 0, bytes < total {
            let rest = Double(total - bytes) * seconds / Double(bytes)
            line += ", \(grouped(Int(Double(rows) / seconds))) rows/s, \(Int(rest.rounded(.up))) s left"
        }
        return line
    }
}
