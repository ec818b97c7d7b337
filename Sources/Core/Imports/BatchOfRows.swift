internal import Database
internal import Primitives

/// What becomes of a batch of rows, in one transaction: rows that were met before stay or change one by one, new ones are made
/// together.
struct BatchOfRows<Row: Sendable>: Sendable {
    let format: String
    let file: String
    /// Whether the file has never been read before: then no row of it is remembered.
    let isNew: Bool
    let inBulk: Bool
    let problems: @Sendable ([Row], Connection) throws -> [String?]
    let create: @Sendable (Row, Change) throws -> Int64?
    let createAll: (@Sendable ([Row], Change) throws -> [Int64?])?
    let update: @Sendable (Row, Int64?, Change) throws -> Void

    struct Item: Sendable {
        let key: String
        let hash: String
        let row: Row
    }

    /// - Parameter change: nil in a rehearsal.
    func outcomes(_ items: [Item], _ conn: Connection, _ change: Change?) throws -> [Outcome] {
        let earlier = isNew ? [:] : try ImportRows.find(format, file, items.map(\.key), conn)
        let new = earlier.isEmpty ? Array(items.indices) : items.indices.filter { earlier[items[$0].key] == nil }
        var outcomes = items.map { item -> Outcome in
            guard let known = earlier[item.key] else { return .imported(nil) }
            return known.hash == item.hash ? .unchanged : .updated
        }
        if !new.isEmpty {
            for (index, reason) in zip(new, try problems(new.map { items[$0].row }, conn)) {
                if let reason { outcomes[index] = .refused(reason) }
            }
        }
        guard let change else { return outcomes }
        if inBulk, let createAll {
            let chosen = new.filter { if case .imported = outcomes[$0] { true } else { false } }
            for (index, record) in zip(chosen, try make(chosen, of: items, createAll, change)) {
                outcomes[index] = .imported(record)
            }
        }
        for (index, item) in items.enumerated() {
            switch outcomes[index] {
            case .updated:
                let record = earlier[item.key]?.record
                try update(item.row, record, change)
                try ImportRows.remember(format, file, item.key, hash: item.hash, record: record, change)
            case .imported where !inBulk || createAll == nil:
                let record = try create(item.row, change)
                try ImportRows.remember(format, file, item.key, hash: item.hash, record: record, change)
                outcomes[index] = .imported(record)
            case .imported, .unchanged, .refused: break
            }
        }
        return outcomes
    }

    private func make(
        _ chosen: [Int], of items: [Item], _ createAll: ([Row], Change) throws -> [Int64?], _ change: Change
    ) throws -> [Int64?] {
        guard !chosen.isEmpty else { return [] }
        let records = try createAll(chosen.map { items[$0].row }, change)
        try ImportRows.remember(
            format, file,
            zip(chosen, records).map { ImportRows.New(key: items[$0].key, hash: items[$0].hash, record: $1) }, change)
        return records
    }
}
