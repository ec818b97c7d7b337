/// What a database refused, the same for both.
public struct DatabaseError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        case unique, foreignKey, check, notNull
        /// Another transaction came in between: run it again.
        case serialization
        case connectionLost
        /// The connection was lost while committing, and the database that answers now cannot say what became of it.
        case outcomeUnknown
        /// The disk is full or cannot be written.
        case storage
        case other
    }

    public let kind: Kind
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { "\(kind): \(message)" }
}
