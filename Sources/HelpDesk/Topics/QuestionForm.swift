internal import Web

/// What somebody says who has a question. A guest says who they are with the fields of `AskForm`.
enum QuestionForm {
    static let about = Field<String>.text(
        "about", label: "helpDesk.question.about", hint: "helpDesk.question.aboutHint", missing: "helpDesk.question.aboutMissing")
    static let text = Field<String>.text(
        "text", kind: .multiline, label: "helpDesk.question.text", hint: "helpDesk.question.textHint", maxLength: 4000,
        missing: "helpDesk.question.textMissing")
    static let form = Form(about, text, AskForm.email, AskForm.name, AskForm.phone)
    /// A link may say which case it is about.
    static let start = Form(about)
}
