public import Database
internal import Foundation
public import Primitives

extension Archive {
    /// Brings a city back into an empty database of either kind, and up to this program's schema.
    ///
    /// The archive is checked whole before anything is written. Schema and rows are written in one transaction and compared with
    /// the archive before it ends, so that nothing half restored can remain.
    /// - Parameters:
    ///   - filesFolder: where the city will keep uploaded files. Files that are there already and the same may stay.
    ///   - migrations: every step that this program knows.
    /// - Throws: `ArchiveRefusal` with a sentence, or what the database says.
    public static func read(
        from directory: String, into pool: any ConnectionPool, filesFolder: String?, migrations: [Migration], at now: Instant,
        progress: @escaping @Sendable (ArchiveProgress) -> Void = { _ in }
    ) async throws -> ArchiveManifest {
        let manifest = try await onThread { try ArchiveManifest(archive: directory) }
        let steps = try manifest.steps(of: migrations)
        guard filesFolder != nil || manifest.files.isEmpty else {
            throw ArchiveRefusal("The archive holds \(manifest.files.count) uploaded files. Say which folder they should go to.")
        }
        try await pool.read { conn in try Restoring.checkEmpty(conn, but: steps) }
        try await onThread {
            try manifest.check(archive: directory, progress: progress)
            guard let filesFolder else { return }
            try FileTree.restore(manifest.files, from: "\(directory)/files", into: filesFolder, progress: progress)
        }
        try await pool.write { conn in
            try Restoring(manifest: manifest, directory: directory, progress: progress).run(conn, steps, at: now)
        }
        try await pool.migrate(migrations, at: now)
        return manifest
    }

    static func damaged(_ path: String) -> ArchiveRefusal {
        ArchiveRefusal("The archive's file \(path) is missing or damaged. Take another copy of the archive.")
    }
}

extension ArchiveManifest {
    /// The steps that the archive's schema is made of, in this program's order. Modules count their steps by themselves, so a
    /// newer program may know more of each; but what the archive has of a module is its beginning.
    func steps(of known: [Migration]) throws(ArchiveRefusal) -> [Migration] {
        let present = Set(migrations)
        if let unknown = migrations.first(where: { name in !known.contains { $0.name == name } }) {
            throw ArchiveRefusal(
                "The archive was written by a newer program (\(program)): this one does not know the step \(unknown.debugDescription). "
                    + "Use that program or a newer one.")
        }
        var missing: [Substring: String] = [:]
        for step in known {
            let module = step.name.prefix { $0 != "." }
            if !present.contains(step.name) {
                missing[module] = missing[module] ?? step.name
            } else if let before = missing[module] {
                throw ArchiveRefusal(
                    "The archive has the step \(step.name) and lacks \(before), which comes before it. Do not use this archive.")
            }
        }
        return known.filter { present.contains($0.name) }
    }

    /// Compares every file with its sum.
    func check(archive directory: String, progress: (ArchiveProgress) -> Void) throws(ArchiveRefusal) {
        for (folder, isUsed) in [("tables", !tables.isEmpty), ("files", !files.isEmpty)] where isUsed {
            guard Disk.kind(of: "\(directory)/\(folder)") == .folder else { throw Archive.damaged(folder) }
        }
        for table in tables {
            try check(table.sum, of: "tables/\(table.name).jsonl", in: directory)
            progress(
                ArchiveProgress(step: .checking, name: table.name, done: table.rows, total: table.rows, bytes: table.bytes))
        }
        guard !files.isEmpty else { return }
        // The walk does not follow links, so nothing outside the archive can be meant.
        let there = Set(try FileTree.paths(below: "\(directory)/files"))
        var bytes: Int64 = 0
        for (index, file) in files.enumerated() {
            guard there.contains(file.path) else { throw Archive.damaged("files/\(file.path)") }
            try check(file.sum, of: "files/\(file.path)", in: directory)
            bytes += file.bytes
            progress(ArchiveProgress(step: .checking, name: file.path, done: index + 1, total: files.count, bytes: bytes))
        }
    }

    private func check(_ sum: Sum, of path: String, in directory: String) throws(ArchiveRefusal) {
        guard Disk.kind(of: "\(directory)/\(path)") == .file, try InputFile("\(directory)/\(path)").sum() == sum else {
            throw Archive.damaged(path)
        }
    }
}
