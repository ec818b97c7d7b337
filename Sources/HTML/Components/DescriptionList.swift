/// A term and what it is on this record.
public struct Detail: Sendable {
    public let term: String
    public let value: HTML

    public init(term: String, value: HTML) {
        self.term = term
        self.value = value
    }
}

/// Facts of one record, each with its name.
public func descriptionList(_ list: [Detail]) -> HTML {
    dl {
        for detail in list {
            div {
                dt { detail.term }
                dd { detail.value }
            }
        }
    }
}
