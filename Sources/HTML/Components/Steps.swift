/// A station on the way of a case.
public struct Step: Sendable {
    public enum State: String, Sendable, Hashable { case done, now, ahead }

    public let title: String
    /// A day or another short word below the title.
    public let note: String?
    public let state: State
    /// The state as a word, for those who do not see its color: "Done".
    public let stateLabel: String

    public init(title: String, note: String? = nil, state: State, stateLabel: String) {
        self.title = title
        self.note = note
        self.state = state
        self.stateLabel = stateLabel
    }
}

/// The progress of a case: behind, here, ahead.
public func steps(label: String, _ steps: [Step]) -> HTML {
    ol(.class("steps"), .aria("label", label)) {
        for step in steps {
            li(.class(step.state.rawValue), .aria("current", step.state == .now ? "step" : nil)) {
                step.title
                if !step.stateLabel.isEmpty { visuallyHidden(" (\(step.stateLabel))") }
                if let note = step.note { span(.class("note")) { note } }
            }
        }
    }
}
