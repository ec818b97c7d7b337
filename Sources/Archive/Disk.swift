internal import Crypto
internal import Foundation
internal import Primitives

/// What the file system is asked for, with a sentence when it refuses.
enum Disk {
    static func refusal(_ what: String) -> ArchiveRefusal { ArchiveRefusal("\(what): \(String(cString: strerror(errno))).") }

    /// A folder that only its owner can open: a city's records are in it.
    static func makeFolder(_ path: String) throws(ArchiveRefusal) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw refusal("The folder \(path) cannot be made") }
    }

    /// Folders on the way to a file, as far as they are missing.
    static func makeFolders(for path: String, below root: String) throws(ArchiveRefusal) {
        var folder = root
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            try makeFolder(folder)
        }
    }

    /// Makes the names in a folder as lasting as the files.
    static func sync(folder path: String) throws(ArchiveRefusal) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal("The folder \(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw refusal("The folder \(path) cannot be written to the disk") }
    }

    static func rename(_ old: String, to new: String) throws(ArchiveRefusal) {
        guard Foundation.rename(old, new) == 0 else { throw refusal("\(old) cannot be renamed to \(new)") }
    }

    /// What is in a folder, sorted; empty when there is no such folder.
    static func names(in folder: String) throws(ArchiveRefusal) -> [String] {
        guard kind(of: folder) != nil else { return [] }
        do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            throw ArchiveRefusal("The folder \(folder) cannot be read. Check its permissions.")
        }
    }

    enum Kind { case file, folder, other }

    /// Of the entry itself: a link is a link, whatever it points to.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }
}

/// How long some bytes are and their SHA-256.
struct Sum: Sendable, Hashable {
    let bytes: Int64
    let sha256: String
}

/// Adds up a `Sum`.
struct Summing {
    private var bytes: Int64 = 0
    private var hash = SHA256()

    mutating func add(_ more: UnsafeRawBufferPointer) {
        bytes += Int64(more.count)
        hash.update(bufferPointer: more)
    }

    func finished() -> Sum { Sum(bytes: bytes, sha256: hexadecimal(hash.finalize())) }
}
