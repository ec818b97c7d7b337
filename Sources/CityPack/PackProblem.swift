/// Everything that is wrong with a pack: it does not load until the list is empty (D2).
public struct PackProblems: Error, Sendable {
    public let problems: [PackProblem]
    public init(problems: [PackProblem]) { self.problems = problems }
}

extension PackProblems: CustomStringConvertible {
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing to mend, at the line where it is mended.
public struct PackProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file's name inside the pack, for example `statuses.yaml`.
    public let file: String
    /// From 1. What is missing is reported where the thing that lacks it begins.
    public let line: Int
    public let message: String

    public init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    public var description: String { "\(file):\(line): \(message)" }
}

/// A value that the pack's author invented and marked `sample: true`, to be replaced by the city's own.
public struct SampleValue: Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let line: Int
    /// For example `"email" of the city`.
    public let what: String

    public var description: String { "\(file):\(line): \(what)" }
}
