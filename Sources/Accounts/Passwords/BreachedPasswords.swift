internal import Crypto
internal import Foundation

/// Passwords that are known from break-ins elsewhere, in a folder of the operator: one file for each beginning of a SHA-1 hash, as the
/// downloader of Have I Been Pwned writes them (`0018A.txt` with lines `45D…E4:3`). Nothing is asked over a network.
public struct BreachedPasswords: Sendable {
    private let folder: String

    /// nil when this is no folder with such files.
    public init?(folder: String) {
        guard FileManager.default.isReadableFile(atPath: "\(folder)/00000.txt") else { return nil }
        self.folder = folder
    }

    /// Reads one file of some tens of kilobytes: not for the threads that serve requests.
    /// - Throws: when the file cannot be read; a password that nobody could look up is not called good.
    func contain(_ password: String) throws -> Bool {
        let hash = Insecure.SHA1.hash(data: Data(password.utf8)).map { String(format: "%02X", $0) }.joined()
        let text = try String(contentsOfFile: "\(folder)/\(hash.prefix(5)).txt", encoding: .utf8)
        let rest = hash.dropFirst(5)
        return text.split(whereSeparator: \.isNewline).contains { line in
            // Padding lines say that nobody ever used it.
            let parts = line.split(separator: ":")
            return parts.first.map { $0.uppercased() == rest } == true && parts.last != "0"
        }
    }
}
