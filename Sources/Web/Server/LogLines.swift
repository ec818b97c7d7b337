internal import Foundation
public import Logging
internal import Primitives

/// Writes a log as lines of JSON on standard error: `{"at":"…","level":"info","message":"request","route":"/cases/{number}",…}`.
///
/// What may stand in a log: names of routes, kinds and ids of things, numbers, errors. Never an email, a name, a token, a typed
/// text or the query of an address; a test sends such through every page and looks for them here.
public struct LogLines: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level = .info
    private let write: @Sendable (String) -> Void

    /// - Parameter write: gets each line, without its end; standard error when not given.
    public init(_ label: String, write: @escaping @Sendable (String) -> Void = LogLines.standardError) { self.write = write }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members: [String: JSON] = [:]
        for (name, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            members[name] = Int64("\(value)").map(JSON.integer) ?? .string("\(value)")
        }
        members["at"] = .string(Clock.system.now.description)
        members["level"] = .string(event.level.rawValue)
        members["message"] = .string("\(event.message)")
        write(JSON.object(members).description)
    }

    public static let standardError: @Sendable (String) -> Void = { line in
        // One write a line, so that lines of several threads never mix.
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
