internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Sign-in and security": what guards the account, and what else could (A3). The public and staff have the same page.
enum SecurityPage {
    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [.get(AccountAddresses.security, .signedIn) { try await show($0, accounts.directory?.provider) }]
    }

    /// Leads back from the pages below.
    static func crumbs(_ visit: Visit) -> [Crumb] {
        above(visit) + [Crumb(title: visit.t("accounts.security.title"), link: AccountAddresses.security())]
    }

    private static func above(_ visit: Visit) -> [Crumb] { visit.principal.account == nil ? [] : [myAccountCrumb(visit.t)] }

    private static func show(_ visit: Visit, _ provider: OpenIDProvider?) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let (factors, passkeys, removal, directory) = try await visit.read { conn in
            (
                try Factors.of(id, conn), try Passkey.all(of: id, conn), try FactorRemoval.waiting(of: id, conn),
                try provider.flatMap { try DirectoryIdentity.of(id, issuer: $0.issuer, conn) }
            )
        }
        let t = visit.t
        return visit.page(t("accounts.security.title"), crumbs: above(visit)) {
            h1 { t("accounts.security.title") }
            p { t(factors.needsSecondStep ? "accounts.security.two" : "accounts.security.one") }
            if let removal { Self.removal(removal, visit) }
            h2 { t("accounts.security.password") }
            if visit.principal.account == nil {
                p { a(AccountAddresses.reset()) { t("accounts.reset.title") } }
            } else {
                p { a(AccountAddresses.changePassword()) { t("accounts.account.password") } }
            }
            if provider != nil, visit.principal.isStaff { ConnectDirectory.panel(directory, visit) }
            Self.passkeys(passkeys, visit)
            app(factors, visit)
            if factors.needsSecondStep { codes(factors, visit) }
            if visit.principal.account != nil {
                h2 { t("accounts.security.more") }
                ul {
                    li { a(AccountAddresses.activity()) { t("accounts.activity.title") } }
                    li { a(AccountAddresses.account()) { t("accounts.sessions.title") } }
                }
            }
        }
    }

    /// Staff were asked to take the second step away; whoever is here may say that it stays (A8).
    private static func removal(_ removal: FactorRemoval, _ visit: Visit) -> HTML {
        let t = visit.t
        return turnPanel(title: t("accounts.support.waits"), tone: .attention) {
            p { t("accounts.keepStep.lead", visit.moment(removal.dueAt)) }
            postForm(AccountAddresses.keepOwnSecondStep(), once: visit.once) { submitButton(t("accounts.keepStep.button")) }
        }
    }

    private static func passkeys(_ passkeys: [Passkey], _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            h2 { t("accounts.passkeys.title") }
            p { t("accounts.passkeys.lead") }
            if !passkeys.isEmpty {
                listRows(
                    passkeys.map { passkey in
                        let since = t("accounts.passkeys.since", visit.moment(passkey.since))
                        let used = passkey.lastUsed.map { t("accounts.passkeys.used", visit.moment($0)) }
                        return ListRow(
                            title: a(AccountAddresses.passkey(passkey.publicID.description)) { passkey.name },
                            subtitle: [since, used].compactMap { $0 }.joined(separator: " · "))
                    }, label: t("accounts.passkeys.title"))
                if passkeys.count == 1 { p(.class("soft")) { t("accounts.passkeys.second") } }
            }
            if passkeys.count < Passkey.most {
                postForm(AccountAddresses.beginPasskey(), once: visit.once) {
                    submitButton(t("accounts.passkeys.add"), quiet: !passkeys.isEmpty)
                }
            }
        }
    }

    private static func app(_ factors: Factors, _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            h2 { t("accounts.app.name") }
            if factors.hasApp {
                p {
                    tag(t("accounts.security.on"), .good)
                    " "
                    t("accounts.app.on")
                }
                actions {
                    postForm(AccountAddresses.offerApp(), once: visit.once) {
                        submitButton(t("accounts.app.replace"), quiet: true)
                    }
                    postForm(AccountAddresses.removeApp(), once: visit.once) {
                        submitButton(t("accounts.app.remove"), quiet: true)
                    }
                }
            } else {
                p { t("accounts.app.off") }
                postForm(AccountAddresses.offerApp(), once: visit.once) { submitButton(t("accounts.app.add")) }
            }
        }
    }

    private static func codes(_ factors: Factors, _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            h2 { t("accounts.codes.title") }
            p {
                if factors.recoveryCodes <= 2 {
                    tag(t("accounts.codes.few"), .attention)
                    " "
                }
                t("accounts.codes.left", ["count": .number(factors.recoveryCodes)])
            }
            postForm(AccountAddresses.recoveryCodes(), once: visit.once) { submitButton(t("accounts.codes.new"), quiet: true) }
        }
    }
}
