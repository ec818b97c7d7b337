internal import Core
internal import Primitives

extension FactKind {
    /// Somebody tried to show something. In the account's chain. Arguments: `evidence` (card, letter, or another feature's key),
    /// `target` (the beginning of a hash, the same for tries at the same thing). Never what was typed.
    static let claimTried: FactKind = "claim.tried"
    /// It was right. In the chain of the case, or of the record. Arguments: `claim`, `evidence`, `person`, `shown`, `shownInSpanish`.
    static let claimMade: FactKind = "claim.made"
    /// A claim was taken back. The same arguments, and `by`: link or staff. Why: the reason that staff gave.
    static let claimUndone: FactKind = "claim.undone"
    /// A card with a new code was printed. In the case's chain.
    static let cardPrinted: FactKind = "case.card-printed"
    /// The code of a card ended. In the case's chain.
    static let cardWithdrawn: FactKind = "case.card-withdrawn"
    /// A letter with a code was asked for. In the account's chain.
    static let letterAsked: FactKind = "account.letter-asked"
    /// In the account's chain, referring to the record.
    static let letterPrinted: FactKind = "account.letter-printed"
    /// It is to be printed again, and its code is over. In the account's chain, referring to the record.
    static let letterAgain: FactKind = "account.letter-again"
}

/// How the facts of claims are told. Who tried is told to themselves, in the activity of their account.
enum ClaimTellings {
    static let all: [FactTelling] = [
        FactTelling(.claimTried, for: .party) { _ in Phrase("claims.told.tried") },
        FactTelling(.claimMade, for: .party) { Phrase("claims.told.made", words($0)) },
        FactTelling(.claimUndone, for: .party) { Phrase("claims.told.undone", words($0)) },
        FactTelling(.cardPrinted, for: .staff) { _ in Phrase("claims.told.cardPrinted") },
        FactTelling(.cardWithdrawn, for: .staff) { _ in Phrase("claims.told.cardWithdrawn") },
        FactTelling(.letterAsked, for: .party) { _ in Phrase("claims.told.letterAsked") },
        // Whether a letter left tells whether there is a record; who asked learns it from the mail carrier.
        FactTelling(.letterPrinted, for: .staff) { _ in Phrase("claims.told.letterPrinted") },
        FactTelling(.letterAgain, for: .staff) { _ in Phrase("claims.told.letterAgain") },
    ]

    private static func words(_ fact: Fact) -> [String: WordArgument] {
        [
            "person": .text(fact.text("person")),
            "shown": .spoken([.english: fact.text("shown"), .spanish: fact.text("shownInSpanish")]),
        ]
    }
}
