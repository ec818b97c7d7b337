internal import Crypto
public import Database
internal import Foundation
public import Primitives

/// What the heads of all chains were at a moment, kept outside the database: a chain alone cannot show that its tail was cut off
/// (`model.md` 9). Each file holds the heads that changed since the one before, and the hash of that file.
///
/// A file is lines of text. The first is JSON: `{"format":1,"city":"…","at":"…","after":"…","previous":"…","heads":n}`; each of
/// the others is a head: `case:12 5 9f86d0…` (subject, sequence, hash).
public struct Checkpoints: Sendable {
    public let folder: String
    public init(folder: String) { self.folder = folder }

    public struct Problem: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Writes the next file, unless nothing has changed.
    /// - Returns: its path.
    @discardableResult
    public func write(_ db: any ConnectionPool, at now: Instant) async throws -> String? {
        let (city, files) = (try await Checkpoints.city(db), try all())
        guard let city else { return nil }
        let last = try files.last { try Header(file: $0).city == city }
        let before = try last.map { try Header(file: $0) }
        // Entries get their ids before they are committed, so some below the last id may have come later: look at them again.
        let overlap: Int64 = 10_000
        let after = before.map { max(0, $0.through - overlap) } ?? 0
        let isFirst = before == nil
        let (through, heads) = try await db.read { conn in
            let through: Int64 = try conn.value("SELECT MAX(id) FROM fact") ?? 0
            let condition: SQL = isFirst ? "1 = 1" : "h.subject IN (SELECT subject FROM fact WHERE id > \(after))"
            var heads = ""
            try conn.each("SELECT h.subject, h.sequence, h.hash FROM fact_head h WHERE \(condition) ORDER BY h.subject") { row in
                let (subject, sequence, hash): (String, Int64, String) = (try row[0], try row[1], try row[2])
                heads += "\(subject) \(sequence) \(hash)\n"
            }
            return (through, heads)
        }
        guard through > before?.through ?? 0 else { return nil }
        let previous = try last.map { try Checkpoints.hash(of: $0) } ?? ""
        let header = JSON.object([
            "format": .integer(1), "city": .string(city), "at": .string(now.description), "through": .integer(through),
            "previous": .string(previous), "heads": .integer(Int64(heads.utf8.count { $0 == 10 })),
        ])
        let stamp = now.description.filter { $0.isLetter || $0.isNumber }
        let path = "\(folder)/checkpoint-\(stamp)-\(padded(files.count + 1, 6)).txt"
        try store("\(header)\n\(heads)", at: path)
        return path
    }

    /// On disk, or not there.
    private func store(_ text: String, at path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let partial = path + ".partial"
            try Data(text.utf8).write(to: URL(fileURLWithPath: partial))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
            try handle.synchronize()
            try handle.close()
            guard rename(partial, path) == 0 else { throw Problem(description: "The file could not be renamed.") }
        } catch {
            throw Problem(description: "The checkpoint \(path) could not be written: \(error)")
        }
    }

    /// Names this database: the hash of its first entry. nil before there is one.
    private static func city(_ db: any ConnectionPool) async throws -> String? {
        try await db.read { conn in try conn.value("SELECT hash FROM fact ORDER BY id LIMIT 1") }
    }

    /// Every file, in the order in which they were written.
    private func all() throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("checkpoint-") && $0.hasSuffix(".txt") }.sorted().map { "\(folder)/\($0)" }
    }

    private static func hash(of file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Problem(description: "\(file) cannot be read.")
        }
        return hexadecimal(SHA256.hash(data: data))
    }

    private struct Header {
        let city: String
        let through: Int64
        let previous: String

        init(file: String) throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Problem(description: "\(file) cannot be read.")
            }
            try self.init(text: String(decoding: data.prefix { $0 != 10 }, as: UTF8.self), file: file)
        }

        init(text: String, file: String) throws {
            guard let json = JSON(parsing: text), json["format"]?.integer == 1, let city = json["city"]?.string,
                let through = json["through"]?.integer, let previous = json["previous"]?.string
            else { throw Problem(description: "\(file) is no checkpoint.") }
            self.city = city
            self.through = through
            self.previous = previous
        }
    }

    // MARK: Checking

    public struct Report: Sendable {
        public let files: Int
        public let heads: Int
    }

    /// Checks that every head of the checkpoints is still in its chain, and that no file is missing or changed.
    /// - Parameter path: a folder of checkpoints, or one file.
    /// - Throws: `Problem` that names the first bad entry.
    public static func verify(_ path: String, _ db: any ConnectionPool) async throws -> Report {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Problem(description: "There is nothing at \(path). Give a checkpoint or the folder of them.")
        }
        let files = isFolder.boolValue ? try Checkpoints(folder: path).all() : [path]
        guard !files.isEmpty else { throw Problem(description: "There is no checkpoint in \(path).") }
        let city = try await city(db)
        var heads = 0
        var previous: String?
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Problem(description: "\(file) cannot be read.")
            }
            let lines = data.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
            let header = try Header(text: lines.first ?? "", file: file)
            guard header.city == city else { throw Problem(description: "\(file) belongs to another database.") }
            if let previous, header.previous != previous {
                throw Problem(description: "\(file) does not follow the checkpoint before it: one is missing or was changed.")
            }
            let found = lines.dropFirst()
            try await db.read { conn in for line in found { try check(line, file, conn) } }
            heads += found.count
            previous = hexadecimal(SHA256.hash(data: data))
        }
        return Report(files: files.count, heads: heads)
    }

    private static func check(_ line: String, _ file: String, _ conn: Connection) throws {
        let parts = line.split(separator: " ")
        guard parts.count == 3, let sequence = Int64(parts[1]) else { throw Problem(description: "\(file) is damaged: \(line)") }
        let hash: String? = try conn.value(
            "SELECT hash FROM fact WHERE subject = \(String(parts[0])) AND sequence = \(sequence)")
        guard let hash else {
            throw Problem(description: "\(parts[0]) entry \(sequence) is missing: \(file) says that it was there.")
        }
        guard hash == parts[2] else {
            throw Problem(description: "\(parts[0]) entry \(sequence) is not the one that \(file) saw.")
        }
    }
}
