internal import Foundation

/// The folder of uploaded files, copied file by file. What is uploaded meanwhile may be left out: rows of the archive only name
/// files that were there before it began.
enum FileTree {
    /// Plain files below a folder, with slashes, sorted.
    static func paths(below root: String) throws(ArchiveRefusal) -> [String] {
        var paths: [String] = []
        try collect(root, "", &paths)
        return paths
    }

    private static func collect(_ root: String, _ prefix: String, _ paths: inout [String]) throws(ArchiveRefusal) {
        for name in try Disk.names(in: "\(root)/\(prefix)") {
            let path = prefix + name
            switch Disk.kind(of: "\(root)/\(path)") {
            case .file:
                guard ArchiveManifest.isPath(path) else {
                    throw ArchiveRefusal("The file name \(path.debugDescription) cannot be archived. Rename the file.")
                }
                paths.append(path)
            case .folder: try collect(root, path + "/", &paths)
            // Gone since the folder was read.
            case nil: break
            case .other: throw ArchiveRefusal("\(root)/\(path) is not a plain file. Move it away from the uploaded files.")
            }
        }
    }

    /// - Returns: what was copied.
    static func archive(
        _ root: String, into folder: String, progress: (ArchiveProgress) -> Void
    ) throws(ArchiveRefusal) -> [ArchiveManifest.File] {
        guard Disk.kind(of: root) == .folder else {
            throw ArchiveRefusal("There is no folder of uploaded files at \(root). Check the path.")
        }
        let paths = try paths(below: root)
        try Disk.makeFolder(folder)
        var (files, bytes, folders): ([ArchiveManifest.File], Int64, Set<String>) = ([], 0, [folder])
        for path in paths {
            // Erased while we were copying others.
            guard Disk.kind(of: "\(root)/\(path)") != nil else { continue }
            try Disk.makeFolders(for: path, below: folder)
            let copy = try OutputFile("\(folder)/\(path)")
            let sum = try InputFile("\(root)/\(path)").copy(to: copy)
            try copy.sync()
            note(folder, path, &folders)
            files.append(ArchiveManifest.File(path: path, bytes: sum.bytes, sha256: sum.sha256))
            bytes += sum.bytes
            progress(ArchiveProgress(step: .copying, name: path, done: files.count, total: paths.count, bytes: bytes))
        }
        for folder in folders { try Disk.sync(folder: folder) }
        return files
    }

    /// Puts an archive's files where a city keeps them. A file that is there already stays; it must be the same.
    static func restore(
        _ files: [ArchiveManifest.File], from folder: String, into root: String, progress: (ArchiveProgress) -> Void
    ) throws(ArchiveRefusal) {
        guard !files.isEmpty else { return }
        try makeRoot(root)
        for file in files {
            if let kind = Disk.kind(of: "\(root)/\(file.path)") {
                guard kind == .file, try InputFile("\(root)/\(file.path)").sum() == file.sum else {
                    throw ArchiveRefusal("\(root)/\(file.path) is another file than the archive's. Name an empty folder.")
                }
            }
        }
        var (bytes, folders): (Int64, Set<String>) = (0, [root])
        for (index, file) in files.enumerated() {
            if Disk.kind(of: "\(root)/\(file.path)") == nil { try copy(file, from: folder, into: root) }
            note(root, file.path, &folders)
            bytes += file.bytes
            progress(ArchiveProgress(step: .copying, name: file.path, done: index + 1, total: files.count, bytes: bytes))
        }
        for folder in folders { try Disk.sync(folder: folder) }
    }

    private static func makeRoot(_ root: String) throws(ArchiveRefusal) {
        do { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) } catch {
            throw ArchiveRefusal("The folder \(root) cannot be made. Check the path and its permissions.")
        }
    }

    /// Under another name first: a file with its real name is whole.
    private static func copy(
        _ file: ArchiveManifest.File, from folder: String, into root: String
    ) throws(ArchiveRefusal) {
        try Disk.makeFolders(for: file.path, below: root)
        let partial = "\(root)/.restoring"
        unlink(partial)
        do throws(ArchiveRefusal) {
            let copy = try OutputFile(partial)
            let sum = try InputFile("\(folder)/\(file.path)").copy(to: copy)
            guard sum == file.sum else { throw Archive.damaged("files/\(file.path)") }
            try copy.sync()
            try Disk.rename(partial, to: "\(root)/\(file.path)")
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Remembers the folders of a file, whose names have to reach the disk too.
    private static func note(_ root: String, _ path: String, _ folders: inout Set<String>) {
        var folder = root
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            folders.insert(folder)
        }
    }
}

extension ArchiveManifest.File {
    var sum: Sum { Sum(bytes: bytes, sha256: sha256) }
}

extension ArchiveManifest.Table {
    var sum: Sum { Sum(bytes: bytes, sha256: sha256) }
}
