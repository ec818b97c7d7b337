internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/claim/letter`: asks for a letter to the address that stands on a record. The answer is always the same.
struct LetterPage {
    private static let license = Field.text(
        "license", label: "claims.letter.license", hint: "claims.letter.licenseHint", isRequired: false, maxLength: 60,
        autocomplete: "off")
    private static let name = Field.text(
        "name", label: "claims.letter.name", hint: "claims.letter.nameHint", isRequired: false, autocomplete: "name")
    private static let street = Field.text(
        "street", label: "claims.letter.street", hint: "claims.letter.streetHint", isRequired: false,
        autocomplete: "address-line1")
    private static let zip = Field.text(
        "zip", label: "claims.letter.zip", isRequired: false, maxLength: 10, autocomplete: "postal-code")
    private static let form = Form(license, name, street, zip)
    /// A letter that has not come by then does not come.
    private static let daysOnTheWay = 10

    /// Where somebody asks whose letter does not come.
    let asking: Link

    var routes: [Route] {
        [
            .get(ClaimAddresses.letter, .account, LetterPage.show),
            .post(ClaimAddresses.letter, .account, form: LetterPage.form, invalid: LetterPage.show, LetterPage.ask),
            .get(ClaimAddresses.letterSent, .account, sent),
        ]
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let answers = visit.request.method == .post ? visit.submission : form.blank()
        return visit.page(t("claims.letter.title"), crumbs: claimCrumbs(t)) {
            answers.summary(t)
            h1 { t("claims.letter.title") }
            p { t("claims.letter.lead") }
            postForm(ClaimAddresses.letter(), once: visit.once) {
                answers.view(license, t, marksOptional: false)
                h2 { t("claims.letter.or") }
                answers.view(name, t, marksOptional: false)
                fieldRow {
                    answers.view(street, t, marksOptional: false)
                    answers.view(zip, t, marksOptional: false)
                }
                submitButton(t("claims.letter.send"))
            }
        }
    }

    private static func ask(_ visit: Visit) async throws -> WebResponse {
        let number = try visit.submission[license].filter { !$0.isWhitespace }
        let (typed, place, area) = (try visit.submission[name], try visit.submission[street], try visit.submission[zip])
        let named =
            number.isEmpty
            ? AskedLetter.Named(license: "", name: typed, street: place, zip: area)
            : AskedLetter.Named(license: number, name: "", street: "", zip: "")
        if number.isEmpty {
            guard !named.name.isEmpty || !named.street.isEmpty else {
                throw visit.submission.refusing(license, "claims.letter.nothing")
            }
            guard !named.name.isEmpty else { throw visit.submission.refusing(name, "claims.letter.nameMissing") }
            guard !named.street.isEmpty else { throw visit.submission.refusing(street, "claims.letter.streetMissing") }
        }
        let target = foldedForSearch([named.license, named.name, named.street].joined(separator: " "))
        return try await ClaimTry.run(
            visit, evidence: "letter", target: target,
            take: { account, change in
                try AskedLetter.keep(named, for: account, change)
                return .init(ClaimAddresses.letterSent())
            })
    }

    private func sent(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(t("claims.letter.sentTitle"), crumbs: claimCrumbs(t)) {
            h1 { t("claims.letter.sentTitle") }
            p { t("claims.letter.sent") }
            p { t("claims.letter.sentNext", ["count": .number(30)]) }
            p {
                t("claims.letter.notThere", ["count": .number(LetterPage.daysOnTheWay)])
                " "
                a(asking) { t("claims.ask") }
            }
            p { linkButton(t("claims.code.title"), ClaimAddresses.code(), quiet: true) }
        }
    }
}
