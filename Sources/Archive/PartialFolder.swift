internal import Foundation

/// The folder beside the wanted one in which an archive grows. It gets its name when it is whole and on the disk; until then
/// nobody can take it for an archive.
final class PartialFolder: Sendable {
    /// `DIR.partial`
    let path: String
    private let wanted: String
    /// Held while writing, so that two programs cannot mix their archives. Ends with the process, whatever happens to it.
    private let lock: Int32

    /// - Parameter directory: where the archive shall be. It must not exist, or be empty.
    init(for directory: String) throws(ArchiveRefusal) {
        wanted = URL(fileURLWithPath: directory).standardizedFileURL.path
        path = wanted + ".partial"
        switch Disk.kind(of: wanted) {
        case nil: break
        case .folder where try Disk.names(in: wanted).isEmpty: break
        case .folder:
            throw ArchiveRefusal("The folder \(wanted) is not empty. Name a new folder for the archive.")
        default: throw ArchiveRefusal("\(wanted) is in the way. Name a new folder for the archive.")
        }
        try Disk.makeFolder(path)
        lock = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard lock >= 0 else { throw Disk.refusal("The folder \(path) cannot be opened") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0, PartialFolder.isSame(lock, path) else {
            throw ArchiveRefusal("Another archive is being written to \(wanted) now. Wait for it, or name another folder.")
        }
        try clear()
    }

    deinit { if lock >= 0 { close(lock) } }

    /// Whether the open folder still has that name.
    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (here, there) = (stat(), stat())
        return fstat(descriptor, &here) == 0 && lstat(path, &there) == 0 && here.st_ino == there.st_ino
            && here.st_dev == there.st_dev
    }

    /// Removes what an interrupted archive left, and nothing else.
    func clear() throws(ArchiveRefusal) {
        let ours = ["tables", "files", ArchiveManifest.fileName]
        let names = try Disk.names(in: path)
        guard names.allSatisfy(ours.contains) else {
            throw ArchiveRefusal("The folder \(path) holds files that are not an archive's. Move them away.")
        }
        for name in names {
            do { try FileManager.default.removeItem(atPath: "\(path)/\(name)") } catch {
                throw ArchiveRefusal("\(path)/\(name), left by an interrupted archive, cannot be removed. Remove it.")
            }
        }
    }

    /// The archive is whole: it gets its name.
    func finish() throws(ArchiveRefusal) {
        try Disk.sync(folder: path)
        try Disk.rename(path, to: wanted)
        try Disk.sync(folder: (wanted as NSString).deletingLastPathComponent)
    }

    /// The archive is given up: nothing remains of it.
    func discard() {
        try? clear()
        rmdir(path)
    }
}
