internal import Cases
internal import Contacts
internal import Matching
internal import Primitives

/// The contacts of an export as far as later rows ask for them.
struct LegacyContacts: Sendable {
    struct Known: Sendable {
        let row: Int
        let kind: Contact.Kind
        let isActive: Bool
        let emails: [FoldedEmail]
        let parent: String
    }

    var accepted: [String: Known] = [:]
    /// Rows that are notes about a missing contractor, not companies (K6).
    var placeholders: [String: ContractorState] = [:]
    var mailboxes = SharedMailboxes()

    /// Whether somebody above `id` is `id` itself.
    func comesBackToItself(_ id: String) -> Bool {
        var above = accepted[id]?.parent ?? ""
        var steps = 0
        while !above.isEmpty, steps < 100 {
            if above == id { return true }
            above = accepted[above]?.parent ?? ""
            steps += 1
        }
        return false
    }
}

/// Mailboxes that several people read: by their name, or because at least three people have the same one on file (C1 d).
struct SharedMailboxes: Sendable {
    private var people: [FoldedEmail: Int] = [:]

    /// One active person has these on file.
    mutating func count(_ emails: Set<FoldedEmail>) {
        for email in emails { people[email, default: 0] += 1 }
    }

    func isShared(_ email: FoldedEmail) -> Bool {
        people[email, default: 0] >= 3 || Mailboxes.isSharedByName(email.description)
    }
}
