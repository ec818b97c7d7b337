internal import Foundation
internal import Primitives

/// A folder for one test, removed with it.
public final class Folder: Sendable {
    public let path: String

    public init() throws {
        path = NSTemporaryDirectory() + "groundwork-test-" + SecretToken(randomness: .system).text
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
