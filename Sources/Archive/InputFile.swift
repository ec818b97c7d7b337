internal import Database
internal import Foundation

/// A file read from its beginning, a piece at a time.
final class InputFile {
    private let path: String
    private let descriptor: Int32
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)

    /// - Throws: also for a link or anything else that is not a plain file.
    init(_ path: String) throws(ArchiveRefusal) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Disk.refusal("The file \(path) cannot be opened") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ArchiveRefusal("\(path) is not a plain file. Use an archive that was written by this program.")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// - Returns: what comes next, good until the next call; nothing at the end.
    func next() throws(ArchiveRefusal) -> UnsafeRawBufferPointer {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
            guard errno == EINTR else { throw Disk.refusal("The file \(path) cannot be read") }
        }
    }

    /// Reads to the end.
    func sum() throws(ArchiveRefusal) -> Sum {
        var summing = Summing()
        while true {
            let bytes = try next()
            if bytes.isEmpty { return summing.finished() }
            summing.add(bytes)
        }
    }

    /// Copies to the end.
    func copy(to file: OutputFile) throws(ArchiveRefusal) -> Sum {
        var summing = Summing()
        while true {
            let bytes = try next()
            if bytes.isEmpty { return summing.finished() }
            summing.add(bytes)
            try file.put(bytes)
        }
    }
}

/// The lines of a file. A line that lies within what was read is handed out where it lies.
final class LineFile {
    private let file: InputFile
    private var piece: UnsafeRawBufferPointer
    private let carried = ByteBuffer()

    init(_ path: String) throws(ArchiveRefusal) {
        file = try InputFile(path)
        piece = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// - Returns: the next line without its end, good until the next call; nil at the end of the file.
    func next() throws(ArchiveRefusal) -> UnsafeBufferPointer<UInt8>? {
        carried.clear()
        while true {
            if let first = piece.baseAddress, let end = memchr(first, 10, piece.count) {
                let length = UnsafeRawPointer(end) - first
                let line = UnsafeRawBufferPointer(rebasing: piece[..<length])
                piece = UnsafeRawBufferPointer(rebasing: piece[(length + 1)...])
                guard carried.count > 0 else { return line.assumingMemoryBound(to: UInt8.self) }
                carried.append(line.assumingMemoryBound(to: UInt8.self))
                return carried.bytes.assumingMemoryBound(to: UInt8.self)
            }
            carried.append(piece.assumingMemoryBound(to: UInt8.self))
            piece = try file.next()
            guard !piece.isEmpty else {
                return carried.count > 0 ? carried.bytes.assumingMemoryBound(to: UInt8.self) : nil
            }
        }
    }
}
