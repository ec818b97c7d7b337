internal import Core
internal import Primitives
internal import Web

/// What stands on a permit card.
enum CardForm {
    static let number = Field.text(
        "case", label: "claims.card.number", hint: "claims.card.numberHint", maxLength: 60, autocomplete: "off",
        missing: "claims.card.numberMissing")
    static let code = Field.text(
        "code", label: "claims.code.label", hint: "claims.code.hint", maxLength: 60, autocomplete: "off",
        missing: "claims.code.missing")
    static let form = Form(number, code)
}
