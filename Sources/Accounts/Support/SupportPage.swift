internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// How an account stands and what staff can do about it (A8). Secrets are not shown: of a second step its kind, never its code.
enum SupportPage {
    /// So many entries of the activity, of those that guard the account.
    private static let most = 30

    static let routes: [Route] = [
        .get(AccountAddresses.supportedAccount, .staff("account.support")) { visit in
            try await NotLookedUp.leadsBack(visit) { try await show(visit) }
        }
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let (supported, state, entries) = try await visit.read { conn in
            let supported = try SupportedAccount.find(visit, conn)
            return (
                supported, try SupportState.of(supported.account.id, visit.city, conn),
                try ActivityPage.entries(of: supported.account.id, limit: 200, for: .staff, visit, conn)
                    .filter { $0.guardsAccount || $0.isHelp }.prefix(most)
            )
        }
        let t = visit.t
        let name = supported.account.name
        return visit.page(t("accounts.support.page", ["name": .text(name)]), crumbs: [FindAccountPage.crumb(t)]) {
            h1 { t("accounts.support.page", ["name": .text(name)]) }
            p { t("accounts.support.check") }
            columns(
                main: group {
                    acts(supported, state, t)
                    h2 { t("accounts.activity.title") }
                    listRows(entries.map { entry($0, visit) }, label: t("accounts.activity.title"))
                },
                aside: group {
                    person(supported.account, state, visit)
                    guards(state, t)
                    sessions(state, visit)
                })
        }
    }

    private static func acts(_ supported: SupportedAccount, _ state: SupportState, _ t: Voice) -> HTML {
        group {
            h2 { t("accounts.support.acts") }
            listRows(
                SupportAct.allCases.filter(state.allows).map { act in
                    ListRow(
                        title: a(AccountAddresses.supportAct(supported.publicID, act.rawValue)) { t(act.title) },
                        note: t(act.explanation))
                }, label: t("accounts.support.acts"))
        }
    }

    private static func person(_ account: Account, _ state: SupportState, _ visit: Visit) -> HTML {
        let t = visit.t
        return panel(title: t("accounts.support.person")) {
            descriptionList([
                Detail(term: t("accounts.account.name"), value: HTML(account.name)),
                Detail(
                    term: t("accounts.account.language"),
                    value: HTML(languageChoices.first { $0.value == account.language.rawValue }?.title ?? "")),
                Detail(
                    term: t("accounts.emails.title"),
                    value: group {
                        for entry in state.emails {
                            div {
                                breakable(entry.email.typed)
                                " · "
                                t("accounts.emails.proven", ["date": .date(visit.day(of: entry.provenAt))])
                            }
                        }
                        for email in state.waiting {
                            div {
                                breakable(email.typed)
                                " · "
                                t("accounts.support.notProven")
                            }
                        }
                    }),
            ])
        }
    }

    private static func guards(_ state: SupportState, _ t: Voice) -> HTML {
        let factors = state.factors
        return panel(title: t("accounts.security.title")) {
            ul {
                li { t(factors.hasPassword ? "accounts.support.hasPassword" : "accounts.support.noPassword") }
                if factors.hasApp { li { t("accounts.app.name") } }
                if factors.passkeys > 0 { li { t("accounts.support.passkeys", ["count": .number(factors.passkeys)]) } }
                if factors.recoveryCodes > 0 {
                    li { t("accounts.support.codes", ["count": .number(factors.recoveryCodes)]) }
                }
                if !factors.needsSecondStep { li { t("accounts.support.noSecondStep") } }
            }
            if state.removal != nil {
                p {
                    tag(t("accounts.support.waits"), .attention)
                    " "
                    t("accounts.support.removalWaits")
                }
            }
            guesses(state.passwords, "accounts.support.passwords", t)
            guesses(state.codes, "accounts.support.wrongCodes", t)
        }
    }

    private static func guesses(_ guesses: Guesses, _ sentence: WordKey, _ t: Voice) -> HTML {
        guard guesses.count > 0 else { return .empty }
        return p {
            t(sentence, ["count": .number(guesses.count)])
            if let wait = guesses.wait {
                " "
                t("accounts.support.wait", ["count": .number(Int((wait.microseconds + 59_999_999) / 60_000_000))])
            }
        }
    }

    private static func sessions(_ state: SupportState, _ visit: Visit) -> HTML {
        let t = visit.t
        return panel(title: t("accounts.support.sessions")) {
            if state.sessions.isEmpty {
                p(.class("soft")) { t("accounts.support.noSessions") }
            } else {
                listRows(
                    state.sessions.map { session in
                        ListRow(
                            title: HTML(session.device.isEmpty ? t("accounts.sessions.unknownDevice") : session.device),
                            subtitle: t("accounts.support.seen", visit.moment(session.lastSeenAt)))
                    }, label: t("accounts.support.sessions"))
            }
        }
    }

    private static func entry(_ entry: ActivityPage.Entry, _ visit: Visit) -> ListRow {
        let why = entry.fact.why.map { visit.t("accounts.support.because", ["why": .text($0)]) }
        return ListRow(title: HTML(entry.sentence), subtitle: entry.when(visit), note: why ?? "")
    }
}
