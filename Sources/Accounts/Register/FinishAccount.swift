internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The last step: name, phone, password. Only now there is an account, and with it whatever belongs to the proven address (A1, C1).
enum FinishAccount {
    static let firstName = Field.text(
        "first_name", label: "accounts.finish.firstName", maxLength: 100, autocomplete: "given-name",
        missing: "accounts.finish.firstNameMissing")
    static let lastName = Field.text(
        "last_name", label: "accounts.finish.lastName", maxLength: 100, autocomplete: "family-name",
        missing: "accounts.finish.lastNameMissing")
    static let company = Field.text(
        "company", label: "accounts.finish.company", hint: "accounts.finish.companyHint", isRequired: false,
        autocomplete: "organization")
    static let phone = Field<String>(
        FieldDefinition(
            "phone", .telephone, label: "accounts.finish.phone", maxLength: 40, autocomplete: "tel",
            missing: "accounts.finish.phoneMissing")
    ) { (typed: String) -> Result<String, FieldRefusal> in
        let phone = tidied(typed)
        guard (7...20).contains(phone.count(where: \.isNumber)) else {
            return .failure(FieldRefusal("accounts.finish.phoneMissing"))
        }
        return .success(phone)
    }
    static let password = Field.chosenPassword("password")
    static let form = Form(firstName, lastName, company, phone, preferredLanguage, password)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.finish, .anyone) { try await show($0, accounts) },
            .post(
                AccountAddresses.finish, .anyone, form: form, invalid: { try await show($0, accounts) },
                { try await create($0, accounts) }),
        ]
    }

    private static let cookieName = "finish"
    static func cookie(_ token: SecretToken) -> Cookie {
        Cookie(cookieName, token.text, maxAge: Int(EmailToken.Purpose.finish.lifetime.seconds))
    }

    private static func proven(_ visit: Visit) async throws -> EmailToken {
        let presented = visit.request.cookies[cookieName] ?? ""
        let now = visit.now
        return try await visit.read { conn in try EmailToken.look(.finish, presented, at: now, conn) }
    }

    private static func show(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        try await DeadLink.orElse(visit, leadOn: accounts.home(isStaff: visit.principal.isStaff)) {
            let proven = try await proven(visit)
            let t = visit.t
            let answers = visit.submission.values.isEmpty ? form.blank(["language": visit.language.rawValue]) : visit.submission
            return visit.page(t("accounts.finish.title")) {
                visit.submission.summary(t)
                h1 { t("accounts.finish.title") }
                p { t("accounts.finish.lead", ["email": .text(proven.email.typed)]) }
                postForm(AccountAddresses.finish(), once: visit.once) {
                    answers.view(firstName, t)
                    answers.view(lastName, t)
                    answers.view(company, t)
                    answers.view(phone, t)
                    answers.view(preferredLanguage, t, choices: languageChoices)
                    answers.view(password, t)
                    submitButton(t("accounts.finish.button"))
                }
            }
        }
    }

    /// Somebody finished an account with this address while the form was open.
    private struct AddressTaken: Error {}

    private static func create(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        try await DeadLink.orElse(visit, leadOn: accounts.home(isStaff: visit.principal.isStaff)) {
            let answers = visit.submission
            let (first, last) = (try answers[firstName], try answers[lastName])
            let (firm, telephone, secret) = (try answers[company], try answers[phone], try answers[password])
            let language = Language(rawValue: try answers[preferredLanguage]) ?? visit.language
            guard let finish = visit.request.cookies[cookieName].flatMap(SecretToken.init(presented:)) else { throw DeadLink() }
            let once = visit.request.fields[onceFieldName] ?? ""
            if let email = try? await proven(visit).email,
                let problem = try await accounts.problem(secret, about: [email.typed, first, last, firm], visit)
            {
                throw answers.refusing(password, problem.key)
            }
            let hash = try await accounts.hasher.hash(secret)
            let session = finish.next("session", once: once)
            do {
                let response = try await visit.change { change in
                    let proven = try EmailToken.use(.finish, finish, change)
                    guard try Account.find(email: proven.email.folded, change.conn) == nil else { throw AddressTaken() }
                    let id = try AccountWriter(change).create(
                        firstName: first, lastName: last, phone: telephone, email: proven.email, company: firm,
                        language: language,
                        passwordHash: hash)
                    try EmailToken.endAll(for: proven.email.folded, change)
                    try Sessions.begin(id, session, by: .password, on: visit, change)
                    let next = NextPage.link(visit.request) ?? accounts.dashboard
                    return .init(next, say: try accounts.welcome(id, change.conn))
                }
                return response.setting(Sessions.cookie(session)).setting(KnownBrowser.cookie(visit, session))
                    .setting(.removing(cookieName))
                    .setting(Cookie(languageCookieName, language.rawValue, maxAge: 31_536_000))
            } catch is AddressTaken {
                return visit.redirect(.init(AccountAddresses.signIn(), say: Phrase("accounts.finish.taken")))
                    .setting(.removing(cookieName))
            }
        }
    }
}

/// Words that everybody here would try in a password: the city's and the department's.
func ownWords(_ city: CityContext) -> [String] {
    [city.pack.city.shortName, city.pack.city.name, city.pack.city.department]
}
