public import Core
internal import Database
internal import Foundation
public import Primitives

/// What a city publishes about its permits (J4): written row by row, whatever their number.
public struct OpenDataExport: Sendable {
    public enum Format: String, Sendable, CaseIterable { case blds, geojson }

    private let city: CityContext
    public init(city: CityContext) { self.city = city }

    /// Writes the file, and beside a CSV the schema that describes it (frictionless Table Schema).
    /// - Returns: how many permits were written.
    public func write(_ format: Format, to path: String) async throws -> Int {
        let partial = path + ".part"
        guard FileManager.default.createFile(atPath: partial, contents: nil), let file = FileHandle(forWritingAtPath: partial)
        else { throw OpenDataProblem("\(path) cannot be written. Check the folder and that you may write there.") }
        do {
            let count = try await city.db.read { [city] conn in
                let output = Output(file)
                let count =
                    switch format {
                    case .blds: try BLDSFile(city).write(to: output, conn)
                    case .geojson: try GeoJSONFile(city).write(to: output, conn)
                    }
                try output.end()
                return count
            }
            if format == .blds {
                try Data(BLDSFile.schema.pretty.utf8).write(to: URL(fileURLWithPath: OpenDataExport.schemaPath(path)))
            }
            guard rename(partial, path) == 0 else {
                throw OpenDataProblem("\(path) cannot be replaced. Check that it is a file.")
            }
            return count
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    /// `permits.schema.json` beside `permits.csv`.
    public static func schemaPath(_ path: String) -> String {
        ((path as NSString).deletingPathExtension as NSString).appendingPathExtension("schema.json") ?? path + ".schema.json"
    }
}

/// Why nothing was published, with what to do about it.
public struct OpenDataProblem: Error, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// Text on its way to a file, in blocks.
final class Output {
    private let file: FileHandle
    private var block: [UInt8] = []
    init(_ file: FileHandle) { self.file = file }

    func put(_ text: String) throws {
        block += text.utf8
        guard block.count >= 1 << 16 else { return }
        try file.write(contentsOf: Data(block))
        block.removeAll(keepingCapacity: true)
    }

    func end() throws {
        try file.write(contentsOf: Data(block))
        try file.synchronize()
        try file.close()
    }
}
