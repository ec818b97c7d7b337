internal import Accounts
internal import Core
internal import Primitives
internal import Web

/// What somebody says who asks for access.
enum AskForm {
    static let place = Field<String>.text(
        "case", label: "helpDesk.ask.case", hint: "helpDesk.ask.caseHint", missing: "helpDesk.ask.caseMissing")
    static let part = Field<String>.text(
        "part", kind: .multiline, label: "helpDesk.ask.part", hint: "helpDesk.ask.partHint", maxLength: 1000,
        missing: "helpDesk.ask.partMissing")
    static let name = Field<String>.text("name", label: "helpDesk.ask.name", isRequired: false, autocomplete: "name")
    static let phone = Field<String>.text(
        "phone", kind: .telephone, label: "helpDesk.ask.phone", isRequired: false, maxLength: 40, autocomplete: "tel")

    /// A guest must say where to answer; somebody signed in is not asked.
    static let email = Field<TypedAddress?>(emailDefinition(isRequired: false)) { typed in
        let trimmed = tidied(typed)
        if trimmed.isEmpty { return .success(nil) }
        guard let folded = FoldedEmail(trimmed) else { return .failure(FieldRefusal("form.email.wrong")) }
        return .success(TypedAddress(typed: trimmed, folded: folded))
    }
    static let guestEmail = emailDefinition(isRequired: true)

    static let form = Form(place, part, email, name, phone)
    /// A link may say which case it is about.
    static let start = Form(place)

    private static func emailDefinition(isRequired: Bool) -> FieldDefinition {
        FieldDefinition(
            "email", .email, label: "helpDesk.ask.email", hint: "helpDesk.ask.emailHint", isRequired: isRequired, maxLength: 254,
            autocomplete: "email", missing: "form.email.missing")
    }
}
