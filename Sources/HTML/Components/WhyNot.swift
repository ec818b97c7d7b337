/// Something that can be done with a record, or why it cannot be done now.
public struct ActionItem: Sendable {
    public let title: String
    /// Where it is done; nil when it cannot be done now.
    public let link: Link?
    /// Why not, each with its remedy.
    public let reasons: [HTML]

    public init(title: String, link: Link? = nil, reasons: [HTML] = []) {
        self.title = title
        self.link = link
        self.reasons = reasons
    }
}

/// What can be done now, and why not for the rest. `notYet` is the word after an action that has to wait: "not yet".
public func whyNot(_ items: [ActionItem], notYet: String) -> HTML {
    ul(.class("whynot")) {
        for item in items {
            li {
                if let link = item.link {
                    a(link) { item.title }
                } else {
                    strong { item.title }
                    ": \(notYet)"
                }
                if !item.reasons.isEmpty {
                    ul { for reason in item.reasons { li { reason } } }
                }
            }
        }
    }
}
