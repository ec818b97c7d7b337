internal import Core

/// What staff may do with claims. People of the public claim for themselves only; their pages need no rule.
enum ClaimAccess {
    /// Prints codes: cards and letters.
    static let print: Action = "claim.print"
    /// Takes claims back.
    static let undo: Action = "claim.undo"

    /// A card is printed for what everybody may know of: a code on paper must open nothing confidential.
    static let printCard = AccessRule(
        "case.print-card", on: "case_record",
        when: .all([
            .staff(print), .column("confidential", equals: .integer(0)), .column("submitted", equals: .integer(1)),
        ]))
}
