internal import Contacts
internal import Primitives
internal import Web

/// What should stand on a record: one field each, filled with what stands there now.
enum CorrectionForm {
    static let fields: [ContactField: Field<String>] = [
        .companyName: .text(
            "company_name", label: "helpDesk.correct.companyName", isRequired: false, autocomplete: "organization"),
        .firstName: .text("first_name", label: "helpDesk.correct.firstName", isRequired: false, autocomplete: "given-name"),
        .lastName: .text("last_name", label: "helpDesk.correct.lastName", isRequired: false, autocomplete: "family-name"),
        .mobilePhone: .text(
            "mobile_phone", kind: .telephone, label: "helpDesk.correct.mobilePhone", isRequired: false, maxLength: 40,
            autocomplete: "tel"),
        .homePhone: .text(
            "home_phone", kind: .telephone, label: "helpDesk.correct.homePhone", isRequired: false, maxLength: 40,
            autocomplete: "home tel"),
        .businessPhone: .text(
            "business_phone", kind: .telephone, label: "helpDesk.correct.businessPhone", isRequired: false, maxLength: 40,
            autocomplete: "work tel"),
        .street: .text("street", label: "helpDesk.correct.street", isRequired: false, autocomplete: "address-line1"),
        .unit: .text("unit", label: "helpDesk.correct.unit", isRequired: false, maxLength: 60, autocomplete: "address-line2"),
        .city: .text("city", label: "helpDesk.correct.city", isRequired: false, maxLength: 100, autocomplete: "address-level2"),
        .state: .text("state", label: "helpDesk.correct.state", isRequired: false, maxLength: 40, autocomplete: "address-level1"),
        .zip: .text("zip", label: "helpDesk.correct.zip", isRequired: false, maxLength: 20, autocomplete: "postal-code"),
    ]
    static let why = Field<String>.text(
        "why", kind: .multiline, label: "helpDesk.correct.why", hint: "helpDesk.correct.whyHint", isRequired: false,
        maxLength: 2000)

    static let form = Form(ContactField.allCases.compactMap { fields[$0] } + [why])
}

/// The steward applies what was asked.
enum ApplyForm {
    static let seen = Field<String>.hidden("seen")
    static let form = Form(seen)
}

extension ContactField {
    /// What the field is called.
    var label: WordKey { CorrectionForm.fields[self]?.definition.label ?? "form.hidden" }
}
