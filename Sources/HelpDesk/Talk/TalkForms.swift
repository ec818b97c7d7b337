internal import Web

/// What the desk writes to whoever asked.
enum ReplyForm {
    static let text = Field<String>.text(
        "reply", kind: .multiline, label: "helpDesk.talk.reply", hint: "helpDesk.talk.replyHint",
        maxLength: TicketMessage.longest,
        missing: "helpDesk.talk.replyMissing")
    static let form = Form(text)
}

/// A ready-made answer to begin with; it stands in the address.
enum MacroForm {
    static let macro = Field<String>.choice("macro", label: "helpDesk.talk.macro", isRequired: false)
    static let form = Form(macro)
}

enum NoteForm {
    static let text = Field<String>.text(
        "note", kind: .multiline, label: "helpDesk.talk.noteLabel", hint: "helpDesk.talk.noteHint",
        maxLength: TicketMessage.longest, missing: "helpDesk.talk.noteMissing")
    static let form = Form(text)
}

enum AssignForm {
    /// An account's id; empty for nobody.
    static let to = Field<String>.choice("to", label: "helpDesk.work.to", isRequired: false)
    static let form = Form(to)
}

/// It is done.
enum CloseForm {
    static let seen = Field<String>.hidden("seen")
    static let form = Form(seen)
}

/// What whoever asked writes.
enum AskerForm {
    static let text = Field<String>.text(
        "text", kind: .multiline, label: "helpDesk.talk.write", hint: "helpDesk.talk.writeHint", maxLength: TicketMessage.longest,
        missing: "helpDesk.talk.writeMissing")
    static let form = Form(text)
}
