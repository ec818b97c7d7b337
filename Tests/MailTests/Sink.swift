import Foundation

/// A real mail server on a free port for one test: `smtp-sink.py`, a child process that is gone when the test is.
final class Sink: Sendable {
    let port: Int
    /// Path of the certificate it shows, when it was asked for TLS.
    let certificate: String?
    private let lines: AsyncStream<Data>

    /// A mail that it accepted, as Python's email package reads it.
    struct Received: Decodable {
        let sender: String
        let recipient: String
        let options: [String]
        /// The same for messages that came over one connection.
        let connection: Int
        let tls: Bool
        let hello: String
        let login: String?
        let headers: [[String]]
        let subject: String
        let text: String
        let html: String
        let parts: [String]
        let defects: [String]
        let raw: Data
    }

    private struct Start: Decodable {
        let port: Int
        let certificate: String?
    }

    enum Failure: Error, CustomStringConvertible {
        case ended
        case notInstalled(String)
        var description: String {
            switch self {
            case .ended: "the mail server ended"
            case .notInstalled(let python): "\(python) is missing: script/bootstrap --test makes it"
            }
        }
    }

    private init(port: Int, certificate: String?, lines: AsyncStream<Data>) {
        self.port = port
        self.certificate = certificate
        self.lines = lines
    }

    /// Runs `body` with a server of its own.
    static func running(_ flags: String..., body: (Sink) async throws -> Void) async throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        // The link itself: what it leads to knows nothing of the environment's packages.
        let root = here.deletingLastPathComponent().deletingLastPathComponent()
        let python = URL(filePath: root.path + "/.venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else { throw Failure.notInstalled(python.path) }
        let child = Process()
        let input = Pipe()
        let output = Pipe()
        child.executableURL = python
        child.arguments = [here.appending(path: "smtp-sink.py").path] + flags
        child.standardInput = input
        child.standardOutput = output
        try child.run()
        // It ends with its input, also when the test process is killed.
        defer {
            try? input.fileHandleForWriting.close()
            child.waitUntilExit()
        }
        let lines = Sink.lines(output.fileHandleForReading)
        guard let first = await lines.first(where: { _ in true }) else { throw Failure.ended }
        let start = try JSONDecoder().decode(Start.self, from: first)
        try await body(Sink(port: start.port, certificate: start.certificate, lines: lines))
    }

    /// The next message it accepted; waits for one.
    func next() async throws -> Received {
        guard let line = await lines.first(where: { _ in true }) else { throw Failure.ended }
        return try JSONDecoder().decode(Received.self, from: line)
    }

    private static func lines(_ file: FileHandle) -> AsyncStream<Data> {
        let (stream, continuation) = AsyncStream.makeStream(of: Data.self)
        Thread.detachNewThread {
            var waiting = Data()
            while case let piece = file.availableData, !piece.isEmpty {
                waiting += piece
                while let end = waiting.firstIndex(of: 10) {
                    continuation.yield(Data(waiting[..<end]))
                    waiting = Data(waiting[(end + 1)...])
                }
            }
            continuation.finish()
        }
        return stream
    }
}
