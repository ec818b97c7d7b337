import Foundation

/// Progress of long work: one line that renews itself on a terminal, plain lines otherwise.
final class ProgressLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func say(_ text: String) {
        let line = isTerminal ? "\r\u{1B}[2K\(text)" : "\(text)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }

    func end() {
        if isTerminal { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
