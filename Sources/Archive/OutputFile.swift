internal import Foundation

/// A new file that only its owner can read.
final class OutputFile {
    private let path: String
    private let descriptor: Int32

    /// - Throws: also when there is a file of that name.
    init(_ path: String) throws(ArchiveRefusal) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Disk.refusal("The file \(path) cannot be made") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func put(_ bytes: UnsafeRawBufferPointer) throws(ArchiveRefusal) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let written = write(descriptor, piece.baseAddress, piece.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Disk.refusal("The file \(path) cannot be written") }
            rest = rest.dropFirst(written)
        }
    }

    /// Returns when everything is on the disk.
    func sync() throws(ArchiveRefusal) {
        guard fsync(descriptor) == 0 else { throw Disk.refusal("The file \(path) cannot be written to the disk") }
    }
}
