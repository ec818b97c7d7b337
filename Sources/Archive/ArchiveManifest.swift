internal import Foundation

/// What an archive holds: `manifest.json`.
public struct ArchiveManifest: Sendable, Hashable, Codable {
    public let format: Int
    /// ISO 8601 in UTC, to the second.
    public let madeAt: String
    /// Which program wrote it: name and version.
    public let program: String
    /// `sqlite` or `postgres`. The tables' files do not depend on it.
    public let dialect: String
    /// The steps of the schema, in the order in which they were applied.
    public let migrations: [String]
    /// In an order in which every row comes after those it refers to.
    public let tables: [Table]
    public let files: [File]

    /// One table and its file, `tables/NAME.jsonl`.
    public struct Table: Sendable, Hashable, Codable {
        public let name: String
        /// In the order of a row's values.
        public let columns: [String]
        public let rows: Int
        public let bytes: Int64
        /// Of the file, in hexadecimal.
        public let sha256: String
    }

    /// One uploaded file.
    public struct File: Sendable, Hashable, Codable {
        /// Below `files/`, parts separated by slashes.
        public let path: String
        public let bytes: Int64
        /// In hexadecimal.
        public let sha256: String
    }

    private enum CodingKeys: String, CodingKey {
        case format, program, dialect, migrations, tables, files
        case madeAt = "made_at"
    }
}

extension ArchiveManifest {
    static let fileName = "manifest.json"

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// Reads the manifest and trusts nothing in it: not a name, not a path.
    init(archive directory: String) throws(ArchiveRefusal) {
        let path = "\(directory)/\(ArchiveManifest.fileName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ArchiveRefusal("There is no archive in \(directory): it holds no readable manifest.json. Check the path.")
        }
        let decoder = JSONDecoder()
        struct Format: Codable { let format: Int }
        guard let format = try? decoder.decode(Format.self, from: data) else {
            throw ArchiveRefusal("\(path) is damaged. Take another copy of the archive.")
        }
        guard format.format == Archive.format else {
            throw ArchiveRefusal(
                "The archive has format \(format.format), which this program does not know. Use a newer program.")
        }
        guard let manifest = try? decoder.decode(ArchiveManifest.self, from: data) else {
            throw ArchiveRefusal("\(path) is damaged. Take another copy of the archive.")
        }
        self = manifest
        try checkNames()
    }

    /// A name becomes a path and part of a statement, so it must look like one of ours before it is used for anything.
    private func checkNames() throws(ArchiveRefusal) {
        func refuse(_ what: String) -> ArchiveRefusal {
            ArchiveRefusal("The archive's manifest holds \(what), which no city has. Do not use this archive.")
        }
        var seen: Set<String> = []
        for table in tables {
            guard ArchiveManifest.isName(table.name) else { throw refuse("the table name \(table.name.debugDescription)") }
            guard seen.insert(table.name).inserted else { throw refuse("the table \(table.name) twice") }
            for column in table.columns where !ArchiveManifest.isName(column) {
                throw refuse("the column name \(column.debugDescription)")
            }
            guard Set(table.columns).count == table.columns.count else { throw refuse("a column of \(table.name) twice") }
        }
        seen = []
        for file in files {
            guard ArchiveManifest.isPath(file.path) else { throw refuse("the file name \(file.path.debugDescription)") }
            guard seen.insert(file.path).inserted else { throw refuse("the file \(file.path) twice") }
        }
    }

    /// Lower-case letters, digits and `_`, not beginning with a digit.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !isDigit(first), text.utf8.count <= 63 else { return false }
        return text.utf8.allSatisfy {
            isDigit($0) || $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        }
    }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Stays below its folder on any system.
    static func isPath(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 4000, !text.utf8.contains(where: { $0 < 32 || $0 == UInt8(ascii: "\\") }) else {
            return false
        }
        return text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.count <= 255 && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
    }
}
