internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/security`: who did not get in, who was refused, who was stopped, who read what is confidential.
struct SecurityEventsPage: Sendable {
    private static let text = Field.text(
        "find", kind: .search, label: "accounts.events.find", hint: "accounts.events.findHint", autocomplete: "off")
    private static let form = Form(text)
    private static let kind = Field.choice("kind", label: "accounts.events.kind", isRequired: false)
    private static let kinds = Form(kind)
    /// Whose events are shown, and from when on.
    private static let narrowed = Form(
        kind, Field.hidden("account", isRequired: false), Field.hidden("typed", isRequired: false),
        Field.hidden("network", isRequired: false), Field.hidden("before", isRequired: false))

    /// Where staff begin.
    let desk: Link

    var routes: [Route] {
        [
            .get(AccountAddresses.securityEvents, .staff("security.view"), form: SecurityEventsPage.narrowed, show),
            // An address that was typed stands in no link and in no log: it is sent, and stands there as a hash.
            .post(
                AccountAddresses.securityEvents, .staff("security.view"), form: SecurityEventsPage.form, invalid: show, find),
        ]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let search = search(visit)
        let page = try await visit.read { conn in try search.page(conn) }
        let t = visit.t
        return visit.page(t("accounts.events.title"), crumbs: [Crumb(title: t("accounts.desk"), link: desk)]) {
            visit.submission.summary(t)
            h1 { t("accounts.events.title") }
            p { t("accounts.events.lead", ["days": .number(Int(SecurityEvent.keptFor.seconds / 86_400))]) }
            postForm(AccountAddresses.securityEvents(), once: visit.once) {
                joined {
                    visit.submission.view(SecurityEventsPage.text, t, marksOptional: false)
                    submitButton(t("accounts.events.search"))
                }
            }
            kinds(search, t)
            if let what = narrowed(search, page, t) {
                p {
                    what
                    " "
                    a(link(kind: search.kind)) { t("accounts.events.all") }
                }
            }
            if page.entries.isEmpty { emptyState(t("accounts.events.none")) } else { table(page.entries, visit) }
            if let next = page.next {
                p { a(link(search, before: next)) { t("accounts.events.older") } }
            }
        }
    }

    private func search(_ visit: Visit) -> SecurityEventSearch {
        func given(_ name: String) -> String? { visit.query(name).isEmpty ? nil : visit.query(name) }
        return SecurityEventSearch(
            kind: SecurityEvent.Kind(rawValue: visit.query("kind")), account: Int64(visit.query("account")).map { AccountID($0) },
            typedHash: given("typed"), network: given("network"),
            before: Int64(visit.query("before")).map { Instant(microseconds: $0) })
    }

    private func link(
        kind: SecurityEvent.Kind?, account: AccountID? = nil, typed: String? = nil, network: String? = nil, before: Instant? = nil
    ) -> Link {
        AccountAddresses.securityEvents().with([
            ("kind", kind?.rawValue), ("account", account?.description), ("typed", typed), ("network", network),
            ("before", before.map { String($0.microseconds) }),
        ])
    }

    private func link(_ search: SecurityEventSearch, before: Instant) -> Link {
        link(kind: search.kind, account: search.account, typed: search.typedHash, network: search.network, before: before)
    }

    /// One kind at a time, of whoever or wherever is looked at.
    private func kinds(_ search: SecurityEventSearch, _ t: Voice) -> HTML {
        let chosen = SecurityEventsPage.kinds.blank(["kind": search.kind?.rawValue ?? ""])
        let kept = [("account", search.account?.description), ("typed", search.typedHash), ("network", search.network)]
        return getForm(AccountAddresses.securityEvents()) {
            for (name, value) in kept {
                if let value { input(.type("hidden"), .name(name), .value(value)) }
            }
            joined {
                chosen.view(
                    SecurityEventsPage.kind, t,
                    choices: [Choice(value: "", title: t("accounts.events.everything"))]
                        + SecurityEvent.Kind.allCases.map { Choice(value: $0.rawValue, title: t($0.name)) }, marksOptional: false)
                submitButton(t("accounts.events.show"), quiet: true)
            }
        }
    }

    private func narrowed(_ search: SecurityEventSearch, _ page: SecurityEventSearch.Page, _ t: Voice) -> String? {
        if let network = search.network { return t("accounts.events.ofNetwork", ["network": .text(network)]) }
        if search.account != nil {
            let name = page.entries.first?.name ?? ""
            return name.isEmpty ? t("accounts.events.ofAccount") : t("accounts.events.ofPerson", ["name": .text(name)])
        }
        return search.typedHash == nil ? nil : t("accounts.events.ofTyped")
    }

    private func table(_ entries: [SecurityEventSearch.Entry], _ visit: Visit) -> HTML {
        let t = visit.t
        return dataTable(
            caption: t("accounts.events.title"), captionHidden: true,
            columns: [
                TableColumn(title: t("accounts.events.when")), TableColumn(title: t("accounts.events.what")),
                TableColumn(title: t("accounts.events.who")), TableColumn(title: t("accounts.events.from")),
                TableColumn(title: t("accounts.events.where")), TableColumn(title: t("accounts.events.times"), isNumber: true),
            ],
            rows: entries.map { entry in
                TableRow(cells: [
                    visit.momentCell(entry.lastAt), what(entry, t), who(entry, t),
                    a(link(kind: nil, network: entry.network)) { entry.network },
                    group {
                        breakable(entry.route)
                        span(.class("note")) { t("accounts.events.request", ["number": .text(entry.request)]) }
                    },
                    HTML(String(entry.times)),
                ])
            })
    }

    private func what(_ entry: SecurityEventSearch.Entry, _ t: Voice) -> HTML {
        group {
            t(entry.kind.name)
            if !entry.way.isEmpty { span(.class("note")) { way(entry.way, t) } }
            if !entry.subject.isEmpty { span(.class("note")) { entry.subject } }
        }
    }

    private func who(_ entry: SecurityEventSearch.Entry, _ t: Voice) -> HTML {
        group {
            if let account = entry.account {
                a(link(kind: nil, account: account)) { entry.name.isEmpty ? t("accounts.events.closed") : entry.name }
            } else if entry.typedHash.isEmpty {
                t("accounts.events.nobody")
            }
            if !entry.typedHash.isEmpty {
                span(.class("note")) { a(link(kind: nil, typed: entry.typedHash)) { t("accounts.events.sameTyped") } }
            }
        }
    }

    /// How somebody tried to get in, in words; one that has none is shown by its key.
    private func way(_ key: String, _ t: Voice) -> String {
        switch Entrance.Method(rawValue: key) {
        case .password: t("accounts.events.way.password")
        case .passwordAndApp: t("accounts.events.way.app")
        case .passwordAndRecovery: t("accounts.events.way.recovery")
        case .passkey: t("accounts.events.way.passkey")
        case .link: t("accounts.events.way.link")
        case .reset: t("accounts.events.way.reset")
        case .directory, .directoryAndMore: t("accounts.events.way.directory")
        case nil: key
        }
    }

    private func find(_ visit: Visit) async throws -> WebResponse {
        let text = try visit.submission[SecurityEventsPage.text]
        if Network(text) != nil { return .redirect(link(kind: nil, network: Network.counted(text))) }
        guard let email = TypedAddress(text) else {
            throw visit.submission.refusing(SecurityEventsPage.text, "accounts.events.wrong")
        }
        let account = try await visit.read { conn in try Account.find(email: email.folded, conn)?.id }
        return .redirect(
            account.map { link(kind: nil, account: $0) } ?? link(kind: nil, typed: visit.city.typedHash(email.folded)))
    }
}

extension SecurityEvent.Kind {
    var name: WordKey {
        switch self {
        case .signedIn: "accounts.events.signedIn"
        case .signInFailed: "accounts.events.signInFailed"
        case .otherBrowser: "accounts.events.otherBrowser"
        case .refused: "accounts.events.refused"
        case .notThere: "accounts.events.notThere"
        case .tooMany: "accounts.events.tooMany"
        case .otherSite: "accounts.events.otherSite"
        case .notTaken: "accounts.events.notTaken"
        case .confidentialRead: "accounts.events.confidentialRead"
        }
    }
}
