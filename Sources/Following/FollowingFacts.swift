internal import Core
internal import Primitives

// All in the account's own chain, and none refers to the case: nobody on it learns who watches it. Nor does a sentence name the case,
// which may have become confidential since.
extension FactKind {
    /// Arguments: `case` (id).
    static let caseFollowed: FactKind = "follow.begun"
    /// Arguments: `case`.
    static let caseUnfollowed: FactKind = "follow.ended"
    /// Arguments: `title`.
    static let collectionMade: FactKind = "collection.made"
    /// Arguments: `title` (the new one), `old`.
    static let collectionRenamed: FactKind = "collection.renamed"
    /// Arguments: `title`.
    static let collectionRemoved: FactKind = "collection.removed"
    /// Arguments: `title`.
    static let collectionRestored: FactKind = "collection.restored"
    /// Arguments: `title`, `case`.
    static let caseCollected: FactKind = "collection.case-added"
    /// Arguments: `title`, `case`.
    static let caseTakenOut: FactKind = "collection.case-removed"
}

let followingTellings = [
    FactTelling(.caseFollowed, for: .party) { _ in Phrase("following.told.followed") },
    FactTelling(.caseUnfollowed, for: .party) { _ in Phrase("following.told.unfollowed") },
    FactTelling(.collectionMade, for: .party) { Phrase("following.told.made", ["title": .text($0.text("title"))]) },
    FactTelling(.collectionRenamed, for: .party) {
        Phrase("following.told.renamed", ["title": .text($0.text("title")), "old": .text($0.text("old"))])
    },
    FactTelling(.collectionRemoved, for: .party) { Phrase("following.told.removed", ["title": .text($0.text("title"))]) },
    FactTelling(.collectionRestored, for: .party) { Phrase("following.told.restored", ["title": .text($0.text("title"))]) },
    FactTelling(.caseCollected, for: .party) { Phrase("following.told.collected", ["title": .text($0.text("title"))]) },
    FactTelling(.caseTakenOut, for: .party) { Phrase("following.told.takenOut", ["title": .text($0.text("title"))]) },
]
