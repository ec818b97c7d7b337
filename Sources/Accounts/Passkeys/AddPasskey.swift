internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Adding a passkey, and naming and removing those that are there (A3). The page's script asks the device; everything it answers goes
/// by a plain form.
enum AddPasskey {
    private static let clientData = Field.hidden("client_data", isRequired: false)
    private static let attestation = Field.hidden("attestation", isRequired: false)
    private static let name = Field.text(
        "name", label: "accounts.passkeys.name", hint: "accounts.passkeys.nameHint", maxLength: 60, autocomplete: "off")
    private static let form = Form(name, clientData, attestation)

    static let routes: [Route] = [
        .post(AccountAddresses.beginPasskey, .signedIn, begin),
        .get(AccountAddresses.newPasskey, .signedIn, show),
        .post(AccountAddresses.newPasskey, .signedIn, form: form, invalid: show, add),
        .get(AccountAddresses.passkey, .signedIn, showOne),
        .post(AccountAddresses.passkey, .signedIn, form: Form(name), invalid: showOne, rename),
        .post(AccountAddresses.removePasskey, .signedIn, remove),
    ]

    private static func begin(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        return try await Reauthenticate.first(visit, from: AccountAddresses.security()) {
            let token = SecretToken(randomness: visit.city.randomness)
            try await visit.write { change in try PasskeyChallenge.make(token, for: id, change) }
            return WebResponse.redirect(AccountAddresses.newPasskey()).setting(PasskeyChallenge.cookie(token))
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        guard let token = PasskeyChallenge.presented(visit.request) else { return .redirect(AccountAddresses.security()) }
        let model = try await visit.read { conn -> (handle: [UInt8], known: [Passkey], account: Account?, email: String)? in
            guard try PasskeyChallenge.isLive(token, for: id, at: visit.now, conn) else { return nil }
            return (
                try Passkey.handle(of: id, conn), try Passkey.all(of: id, conn), try Account.find(id, conn),
                try Account.emails(of: id, conn).first?.typed ?? ""
            )
        }
        guard let model else { return .redirect(AccountAddresses.security()) }
        let t = visit.t
        let device = Device.name(visit.request.header("user-agent"))
        let answers = visit.submission.values.isEmpty ? form.blank([name.definition.name: device]) : visit.submission
        var page = visit.page(t("accounts.passkeys.addTitle"), crumbs: SecurityPage.crumbs(visit), scripts: ["passkey.js"]) {
            answers.summary(t)
            h1 { t("accounts.passkeys.addTitle") }
            p { t("accounts.passkeys.addLead") }
            PasskeyForm.view(
                AccountAddresses.newPasskey(), visit,
                [
                    ("passkey", "create"), ("challenge", token.text), ("site", Site(baseURL: visit.city.settings.baseURL).id),
                    ("site-name", visit.city.pack.city.name), ("user", Base64URL.encode(model.handle)),
                    ("user-name", model.email),
                    ("user-title", model.account?.name ?? model.email),
                    ("known", model.known.map(\.credential).joined(separator: " ")),
                    ("algorithms", COSEKey.algorithms.map(String.init).joined(separator: " ")),
                ]
            ) {
                answers.view(name, t)
                answers.view(clientData, t)
                answers.view(attestation, t)
                submitButton(t("accounts.passkeys.addButton"))
            }
        }
        page.isCompressible = false
        return page
    }

    private static func add(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let typed = try visit.submission[name]
        guard let token = PasskeyChallenge.presented(visit.request) else { return .redirect(AccountAddresses.security()) }
        let site = Site(baseURL: visit.city.settings.baseURL)
        let new: NewPasskey
        do throws(PasskeyProblem) {
            guard let client = Base64URL.decode((try? visit.submission[clientData]) ?? ""),
                let attestation = Base64URL.decode((try? visit.submission[attestation]) ?? "")
            else { throw .malformed }
            new = try NewPasskey(clientData: client, attestation: attestation, at: site, challenge: token)
        } catch {
            visit.city.log.info("a passkey was not taken", metadata: ["why": "\(error.rawValue)"])
            throw visit.submission.refusing(name, "accounts.passkeys.notTaken")
        }
        let secret = try RecoveryCodesPage.secret(for: visit)
        let response = try await visit.change { change in
            guard try PasskeyChallenge.use(token, for: id, change),
                try PasskeyWriter(change: change).add(new, named: typed, to: id)
            else { throw visit.submission.refusing(name, "accounts.passkeys.notTaken") }
            try Sessions.endAll(of: id, except: visit.identity.sessionHash, change)
            guard try Factors.of(id, change.conn).recoveryCodes == 0 else {
                return .init(AccountAddresses.security(), say: Phrase("accounts.passkeys.added", ["name": .text(typed)]))
            }
            try RecoveryCodes(change: change).make(for: id, from: secret)
            return .init(AccountAddresses.recoveryCodes(), say: Phrase("accounts.passkeys.added", ["name": .text(typed)]))
        }
        return RecoveryCodesPage.handing(secret, to: response).setting(.removing(PasskeyChallenge.cookieName))
    }

    // MARK: One that is there

    private static func one(_ visit: Visit, _ conn: Connection) throws -> Passkey {
        guard let id = visit.principal.signedIn,
            let passkey = try Passkey.all(of: id, conn).first(where: { $0.publicID.description == visit.parameter("id") })
        else { throw NotFound() }
        return passkey
    }

    private static func showOne(_ visit: Visit) async throws -> WebResponse {
        let passkey = try await visit.read { conn in try one(visit, conn) }
        let t = visit.t
        let answers = visit.submission.values.isEmpty ? Form(name).blank([name.definition.name: passkey.name]) : visit.submission
        return visit.page(t("accounts.passkeys.oneTitle", ["name": .text(passkey.name)]), crumbs: SecurityPage.crumbs(visit)) {
            answers.summary(t)
            h1 { t("accounts.passkeys.oneTitle", ["name": .text(passkey.name)]) }
            postForm(AccountAddresses.passkey(passkey.publicID.description), once: visit.once) {
                answers.view(name, t)
                submitButton(t("accounts.passkeys.rename"))
            }
            h2 { t("accounts.passkeys.removeTitle") }
            p { t("accounts.passkeys.removeLead") }
            postForm(AccountAddresses.removePasskey(passkey.publicID.description), once: visit.once) {
                submitButton(t("accounts.passkeys.remove"), quiet: true)
            }
        }
    }

    private static func rename(_ visit: Visit) async throws -> WebResponse {
        let typed = try visit.submission[name]
        return try await visit.change { change in
            try PasskeyWriter(change: change).rename(try one(visit, change.conn), to: typed)
            return .init(AccountAddresses.security(), say: Phrase("accounts.passkeys.renamed"))
        }
    }

    private static func remove(_ visit: Visit) async throws -> WebResponse {
        try await Reauthenticate.first(visit, from: AccountAddresses.passkey(visit.parameter("id"))) {
            try await visit.change { change in
                let passkey = try one(visit, change.conn)
                let factors = try Factors.of(passkey.account, change.conn)
                // A short password may not stand alone, and somebody without one needs a way in.
                let isLast = factors.passkeys == 1
                if isLast, !factors.hasPassword { throw Refusal("accounts.passkeys.onlyWay") }
                if isLast, !factors.hasApp, factors.hasShortPassword { throw Refusal("accounts.security.shortPassword") }
                try PasskeyWriter(change: change).remove(passkey)
                // A lost device may be signed in still.
                try Sessions.endAll(of: passkey.account, except: visit.identity.sessionHash, change)
                return .init(AccountAddresses.security(), say: Phrase("accounts.passkeys.removed", ["name": .text(passkey.name)]))
            }
        }
    }
}
