internal import Accounts
internal import Web

/// Which email stands for a company.
enum PrimaryEmailForm {
    static let company = Field<String>.text(
        "company", label: "helpDesk.primary.company", hint: "helpDesk.primary.companyHint", autocomplete: "organization",
        missing: "helpDesk.primary.companyMissing")
    static let mailbox = Field.email(
        "mailbox", label: "helpDesk.primary.mailbox", hint: "helpDesk.primary.mailboxHint", autocomplete: nil)
    static let why = Field<String>.text(
        "why", kind: .multiline, label: "helpDesk.primary.why", hint: "helpDesk.primary.whyHint", maxLength: 2000,
        missing: "helpDesk.primary.whyMissing")
    static let form = Form(company, mailbox, why, AskForm.email, AskForm.name, AskForm.phone)
}

/// The steward says which company is meant.
enum DesignateForm {
    static let contact = Field<String>.hidden("contact")
    static let seen = Field<String>.hidden("seen")
    static let form = Form(contact, seen)
}
