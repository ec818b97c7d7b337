public import Core
internal import Foundation
public import CityPack

/// The kinds of exports that can be read (`contract.md` 4).
public enum ImportFormat: String, CaseIterable, Sendable {
    case boulderPermits = "boulder-permits"
    case blds
    case legacy
}

/// Reads an export into the city (K6). Idempotent and resumable: every row is remembered by its key and content, in the same
/// transaction as the record it became.
public struct ImportRunner: Sendable {
    private let city: CityContext
    public init(city: CityContext) { self.city = city }

    /// - Parameters:
    ///   - mapping: what names of the older system mean, beside those that the city pack knows.
    ///   - inBulk: whether new rows are written together; the other way is slower and ends in the same rows.
    ///   - sideBySideFrom: bytes of a legacy export's cases from which people and cases are read side by side, on PostgreSQL.
    ///   - rehearse: says what would happen and changes nothing. The report is the one that the import will give.
    ///   - progress: gets a line after each batch. It may throw to stop between two batches; what was written stays, and the next
    ///     run goes on from there. Cancelling the task does the same.
    public func run(
        _ format: ImportFormat, path: String, rehearse: Bool, mapping: ImportMapping = ImportMapping(), inBulk: Bool = true,
        sideBySideFrom: Int = 2_000_000, progress: @escaping @Sendable (String) throws -> Void = { _ in }
    ) async throws -> ImportReport {
        let engine = RowEngine(
            city: city, format: format.rawValue, isRehearsal: rehearse, mapping: mapping, inBulk: inBulk, progress: progress)
        let started = city.clock.now
        let report =
            switch format {
            case .boulderPermits: try await PermitsImport(engine: engine, layout: .boulder).run(path)
            case .blds: try await PermitsImport(engine: engine, layout: .blds).run(path)
            case .legacy: try await LegacyExport(engine: engine, sideBySideFrom: sideBySideFrom).run(path)
            }
        if !rehearse { try await ImportRun.keep(report, of: format, from: path, since: started, city) }
        return report
    }
}
