public import HTML

/// Where people show that a case or a record is theirs (C2), and where staff print what they show.
public enum ClaimAddresses {
    /// The ways there are; `?case=` for one case.
    public static let claim = PlainAddress("/claim")
    static let card = PlainAddress("/claim/card")
    static let letter = PlainAddress("/claim/letter")
    static let letterSent = PlainAddress("/claim/letter/sent")
    static let code = PlainAddress("/claim/code")
    /// The link of the mail that tells of a claim.
    static let wrong = Address<String>("/claim/wrong/{token}")

    /// What other features ask for: an invoice.
    static func evidence(_ key: String) -> PlainAddress { PlainAddress("/claim/\(key)") }

    static let cards = Address<String>("/staff/cases/{number}/card")
    static let withdrawCard = Address<String, String>("/staff/cases/{number}/card/{code}/withdraw")
    static let letters = PlainAddress("/staff/desk/letters")
    static let printedLetters = PlainAddress("/staff/desk/letters/print")
    static let printAgain = Address<String>("/staff/desk/letters/{letter}/again")
    static let claims = PlainAddress("/staff/claims")
    static let undo = Address<String>("/staff/claims/{claim}/undo")
}
