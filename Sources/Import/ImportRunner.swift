public import Core
internal import Foundation

/// The kinds of exports that can be read (`contract.md` 4).
public enum ImportFormat: String, CaseIterable, Sendable {
    case boulderPermits = "boulder-permits"
    case legacy
}

/// Why an import cannot start, with what to do about it. Rows never throw this: they are refused one by one, in the report.
public struct ImportProblem: Error, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// Reads an export into the city (K6). Idempotent and resumable: every row is remembered by its key and content, in the same
/// transaction as the record it became.
public struct ImportRunner: Sendable {
    private let city: CityContext
    public init(city: CityContext) { self.city = city }

    /// - Parameters:
    ///   - rehearse: says what would happen and changes nothing. The report is the one that the import will give.
    ///   - progress: gets a line after each batch. It may throw to stop between two batches; what was written stays, and the next
    ///     run goes on from there. Cancelling the task does the same.
    public func run(
        _ format: ImportFormat, path: String, rehearse: Bool, progress: @escaping @Sendable (String) throws -> Void = { _ in }
    ) async throws -> ImportReport {
        let engine = RowEngine(city: city, format: format, isRehearsal: rehearse, progress: progress)
        switch format {
        case .boulderPermits: return try await BoulderPermits(engine: engine).run(path)
        case .legacy: return try await LegacyExport(engine: engine).run(path)
        }
    }
}
