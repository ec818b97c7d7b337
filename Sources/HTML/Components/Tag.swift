/// What a status means for the person reading it. Color only repeats the word.
public enum Tone: String, Sendable, Hashable, CaseIterable {
    /// Your turn.
    case attention
    /// The city's turn.
    case waiting
    /// Done, or as it should be.
    case good
    /// Nothing to do now.
    case calm
}

/// A status: a word in a tag.
public func tag(_ text: String, _ tone: Tone) -> HTML {
    span(.class("tag \(tone.rawValue)")) { text }
}

/// Text for screen readers only.
public func visuallyHidden(_ text: String) -> HTML {
    span(.class("unseen")) { text }
}
