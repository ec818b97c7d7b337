public import CityPack
public import HTML
public import Primitives

/// A guide, as the help page offers it: a page that may have the answer already.
public struct HelpGuide: Sendable {
    public let title: WordKey
    public let lead: WordKey
    public let link: Link
    /// What people ask the help desk about that it may answer.
    public let answers: [TopicKind]

    public init(title: WordKey, lead: WordKey, link: Link, answers: [TopicKind]) {
        self.title = title
        self.lead = lead
        self.link = link
        self.answers = answers
    }
}

/// What there is to read before one asks.
public struct HelpGuides: Sendable {
    /// All guides; with the parameter `q` it finds those that answer a question.
    public let index: Link
    public let all: [HelpGuide]

    public init(index: Link, all: [HelpGuide]) {
        self.index = index
        self.all = all
    }

    func guide(for topic: TopicKind) -> HelpGuide? { all.first { $0.answers.contains(topic) } }
}
