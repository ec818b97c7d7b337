internal import Foundation

/// The file of pairs while it grows: it has another name until it is whole and on the disk, so nobody takes half of it for all.
public final class PairsFile {
    private let path: String
    private let partial: String
    private let descriptor: Int32
    private var isFinished = false

    /// - Parameter path: replaced when it exists, but only at the end. Only the owner can read the new file.
    public init(_ path: String) throws(ContactsFileProblem) {
        self.path = path
        partial = "\(path).partial"
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw ContactsFileProblem("\(path) is a folder. Name a file for the pairs.")
        }
        descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PairsFile.problem("\(partial) cannot be made") }
        try put(Array(PairLines.header.utf8))
    }

    /// A file that was not finished leaves nothing behind.
    deinit {
        close(descriptor)
        if !isFinished { unlink(partial) }
    }

    public func put(_ lines: PairLines) throws(ContactsFileProblem) { try put(lines.bytes) }

    /// Everything is on the disk, and the file gets its name.
    public func finish() throws(ContactsFileProblem) {
        guard fsync(descriptor) == 0 else { throw PairsFile.problem("\(partial) cannot be written to the disk") }
        guard rename(partial, path) == 0 else { throw PairsFile.problem("\(path) cannot be replaced") }
        isFinished = true
    }

    private func put(_ bytes: [UInt8]) throws(ContactsFileProblem) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw PairsFile.problem("\(partial) cannot be written") }
            done += written
        }
    }

    private static func problem(_ what: String) -> ContactsFileProblem {
        ContactsFileProblem("\(what): \(String(cString: strerror(errno))). Name another file, or make room and start again.")
    }
}
