public import CityPack
internal import Database
internal import Foundation
public import Primitives

/// Takes a file through its `RowKind` in batches of at most about `longest`, so that the site goes on meanwhile. A rehearsal asks the
/// same questions of the same database and writes nothing.
public struct RowEngine: Sendable {
    public let city: CityContext
    /// `legacy`: under this name rows are remembered.
    public let format: String
    public let isRehearsal: Bool
    /// What a name of the older system means, where the city pack does not say it.
    public let mapping: ImportMapping
    private let repairs: RepairRules
    /// Whether new rows may go the fast way; the careful one ends in the same rows.
    private let inBulk: Bool
    private let progress: @Sendable (String) throws -> Void

    /// One and the same for the whole file.
    public let pack: CityPack

    public init(
        city: CityContext, format: String, isRehearsal: Bool, mapping: ImportMapping = ImportMapping(), inBulk: Bool = true,
        progress: @escaping @Sendable (String) throws -> Void
    ) {
        self.city = city
        pack = city.pack
        self.format = format
        self.isRehearsal = isRehearsal
        self.mapping = mapping
        self.inBulk = inBulk
        self.progress = progress
        repairs = RepairRules(
            today: city.cityClock.today, cities: Set([pack.city.shortName] + mapping.entries(.cities).values),
            spellings: mapping.entries(.cities))
    }

    private struct Pending<Row: Sendable>: Sendable {
        let number: Int
        let hash: String
        let keyed: Keyed<Row>
        let repaired: [FileReport.Repaired]
    }

    /// A batch on its way to the database, while the next one is read.
    private struct Flight<Row: Sendable> {
        let batch: [Pending<Row>]
        let outcomes: Task<(outcomes: [Outcome], took: Duration), any Error>
    }

    public func run<State, Row>(_ kind: RowKind<State, Row>, path: String, state: inout State) async throws -> FileReport {
        var flight: Flight<Row>?
        do { return try await run(kind, path, &state, &flight) } catch {
            // What is on its way arrives before anybody hears that the import has stopped.
            _ = await flight?.outcomes.result
            throw error
        }
    }

    private func run<State, Row>(
        _ kind: RowKind<State, Row>, _ path: String, _ state: inout State, _ flight: inout Flight<Row>?
    ) async throws -> FileReport {
        let name = (path as NSString).lastPathComponent
        var reader = try RowEngine.open(path, required: kind.required)
        let (format, file) = (format, kind.file)
        let isNew = try await city.db.read { conn in try !ImportRows.exist(format, file, conn) }
        let rows = BatchOfRows(
            format: format, file: file, isNew: isNew, inBulk: inBulk, problems: kind.problems, create: kind.create,
            createAll: kind.createAll, update: kind.update)
        var report = FileReport(name: name)
        var seen: [String: Int] = [:]
        var pending: [Pending<Row>] = []
        // Rows that are written together are done before anybody notices.
        var size = BatchSize(least: inBulk && kind.createAll != nil ? 250 : 25, longest: longest)
        var gauge = Gauge(name: name, path: path)
        let hashed = kind.columns.map(reader.place)

        while let record = reader.next() {
            report.read += 1
            gauge.count(record)
            var notes = RowNotes(record, repairs)
            do {
                try notes.checkShape(columns: reader.columns.count)
                let keyed = try kind.read(&notes, &state)
                if let first = seen[keyed.key] {
                    throw RowRefusal("The \(keyed.label) stands in row \(first) already. This second row was left out.")
                }
                seen[keyed.key] = record.number
                let hash = sha256(hashed.map { record[$0] }.joined(separator: "\u{1F}"))
                pending.append(.init(number: record.number, hash: hash, keyed: keyed, repaired: notes.repaired))
            } catch let refusal as RowRefusal {
                report.refused.append(.init(row: record.number, reason: refusal.reason))
            }
            if pending.count >= size.rows {
                try await land(&flight, kind, &size, &state, &report)
                flight = launch(&pending, rows)
                try progress(gauge.line)
            }
        }
        try await land(&flight, kind, &size, &state, &report)
        flight = launch(&pending, rows)
        try await land(&flight, kind, &size, &state, &report)
        try progress(gauge.line)
        report.refused.sort { $0.row < $1.row }
        return report
    }

    /// Runs something over a list in the same kind of batches: second passes.
    public func batches<Item: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable ([Item], Change) throws -> Void
    ) async throws {
        guard !isRehearsal else { return }
        var size = BatchSize()
        var rest = items[...]
        while !rest.isEmpty {
            try Task.checkCancellation()
            let batch = Array(rest.prefix(size.rows))
            rest = rest.dropFirst(batch.count)
            await giveWay()
            try await size.timing { try await write { try body(batch, $0) } }
        }
    }

    private func write<Result: Sendable>(_ body: @escaping @Sendable (Change) throws -> Result) async throws -> Result {
        try await city.load(as: .importer(format), origin: .imported, body)
    }

    private func launch<Row>(_ pending: inout [Pending<Row>], _ rows: BatchOfRows<Row>) -> Flight<Row> {
        let batch = pending
        pending.removeAll(keepingCapacity: true)
        let items = batch.map { BatchOfRows<Row>.Item(key: $0.keyed.key, hash: $0.hash, row: $0.keyed.row) }
        return Flight(
            batch: batch,
            outcomes: Task { [self] in
                if !items.isEmpty { await giveWay() }
                let start = ContinuousClock.now
                let outcomes: [Outcome] =
                    if items.isEmpty {
                        []
                    } else if isRehearsal {
                        try await city.db.read { try rows.outcomes(items, $0, nil) }
                    } else {
                        try await write { try rows.outcomes(items, $0.conn, $0) }
                    }
                return (outcomes, ContinuousClock.now - start)
            })
    }

    /// SQLite has one writer, for which everybody waits; on PostgreSQL only who wants the same rows does.
    private var longest: Duration { city.db.dialect == .sqlite ? .milliseconds(100) : .milliseconds(300) }

    private func giveWay() async {
        if !isRehearsal { await city.giveWay() }
    }

    /// Waits for the batch on its way and counts what became of its rows.
    private func land<State, Row>(
        _ flight: inout Flight<Row>?, _ kind: RowKind<State, Row>, _ size: inout BatchSize, _ state: inout State,
        _ report: inout FileReport
    ) async throws {
        try Task.checkCancellation()
        guard let landing = flight else { return }
        let (outcomes, took) = try await landing.outcomes.value
        flight = nil
        size.took(took)
        for (item, outcome) in zip(landing.batch, outcomes) {
            var record: Int64?
            switch outcome {
            case .imported(let made):
                record = made
                report.imported += 1
            case .updated: report.updated += 1
            case .unchanged: report.unchanged += 1
            case .refused(let reason):
                report.refused.append(.init(row: item.number, reason: reason))
                kind.refused(item.keyed, item.number, &state)
                continue
            }
            report.add(item.repaired)
            kind.settled(item.keyed, item.number, record, &state)
        }
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
