internal import Web

/// The steward's yes: which record, and the revision of the request on the page where it was decided.
enum LinkForm {
    static let contact = Field<String>.hidden("contact")
    static let seen = Field<String>.hidden("seen")
    static let form = Form(contact, seen)
}

enum DeclineForm {
    static let reason = Field<String>.text(
        "reason", kind: .multiline, label: "helpDesk.answer.reason", hint: "helpDesk.answer.reasonHint", maxLength: 1000,
        missing: "helpDesk.answer.reasonMissing")
    static let seen = Field<String>.hidden("seen")
    static let form = Form(reason, seen)
}

/// The steward agrees with an objection.
enum UpholdForm {
    static let grounds = Field<String>.text(
        "grounds", kind: .multiline, label: "helpDesk.answer.undoWhy", hint: "helpDesk.answer.undoHint", maxLength: 1000,
        missing: "helpDesk.answer.undoMissing")
    static let seen = Field<String>.hidden("seen")
    static let form = Form(grounds, seen)
}

enum UndoForm {
    static let why = Field<String>.text(
        "why", kind: .multiline, label: "helpDesk.answer.undoWhy", hint: "helpDesk.answer.undoHint", maxLength: 1000,
        missing: "helpDesk.answer.undoMissing")
    static let decision = Field<String>.hidden("decision")
    static let form = Form(why, decision)
}
