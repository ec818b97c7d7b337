public import Primitives

/// Why C1 left something to a steward: the `reason` of `.claimUndecided`.
public enum UndecidedReason: String, Sendable, CaseIterable {
    case severalContacts = "several-contacts"
    case linkedToAnother = "linked-to-another"
    case sharedMailbox = "shared-mailbox"
    case endedBefore = "ended-before"
    /// What somebody showed of this record lately was taken back, by whomever it was shown.
    case takenBack = "taken-back"
    /// Whoever shows the paper has a part in its case, where the portal shows the same.
    case onTheCase = "on-the-case"

    /// For the steward's queue.
    public var phrase: Phrase {
        switch self {
        case .severalContacts: Phrase("contacts.undecided.severalContacts")
        case .linkedToAnother: Phrase("contacts.undecided.linkedToAnother")
        case .sharedMailbox: Phrase("contacts.undecided.sharedMailbox")
        case .endedBefore: Phrase("contacts.undecided.endedBefore")
        case .takenBack: Phrase("contacts.undecided.takenBack")
        case .onTheCase: Phrase("contacts.undecided.onTheCase")
        }
    }
}
