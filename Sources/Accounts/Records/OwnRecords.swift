internal import Core
internal import Database
internal import HTML
internal import Primitives

/// What the account itself consists of, as its owner reads it. No secret is in it: neither passwords nor tokens, nor their hashes.
enum OwnRecords {
    static let all = [
        AccountRecords("account", order: 10, title: "accounts.account.details", load: account),
        AccountRecords("emails", order: 20, title: "accounts.emails.title", load: emails),
        AccountRecords("sessions", order: 80, title: "accounts.records.sessions", load: sessions),
        AccountRecords("security_events", order: 82, title: "accounts.events.title", load: events),
        AccountRecords("mail", order: 85, title: "accounts.records.mail", load: mail),
        AccountRecords("activity", order: 90, title: "accounts.activity.title", load: activity),
    ]

    private static func account(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        guard let account = try Account.find(id, conn),
            let since: Instant = try conn.value("SELECT created_at FROM account WHERE id = \(id)")
        else { throw NotFound() }
        let unwanted = try MailKind.unwanted(by: id, conn)
        let wanted = MailKind.allCases.map { ($0, !unwanted.contains($0)) }
        let t = visit.t
        return .init(
            view: descriptionList([
                Detail(term: t("accounts.account.name"), value: HTML(account.name)),
                Detail(term: t("accounts.account.phone"), value: HTML(account.phone)),
                Detail(
                    term: t("accounts.account.language"),
                    value: HTML(languageChoices.first { $0.value == account.language.rawValue }?.title ?? "")),
                Detail(term: t("accounts.records.since"), value: HTML(visit.day(of: since).long(in: t.language))),
                Detail(
                    term: t("accounts.mailChoices.title"),
                    value: group {
                        for (kind, isWanted) in wanted {
                            div {
                                MailChoicesPage.title(kind, t)
                                ": "
                                isWanted ? t("accounts.mailChoices.on") : t("accounts.mailChoices.off")
                            }
                        }
                    }),
            ]),
            json: [
                "first_name": .string(account.firstName), "last_name": .string(account.lastName),
                "phone": .string(account.phone), "language": .string(account.language.rawValue),
                "since": .string(since.description),
                "mail": .object(Dictionary(uniqueKeysWithValues: wanted.map { ($0.rawValue, .bool($1)) })),
            ])
    }

    private static func emails(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        var rows: [ListRow] = []
        var json: [JSON] = []
        let main = try Account.emails(of: id, conn).first?.folded
        try conn.each("SELECT typed, folded, proven_at, until FROM account_email WHERE account_id = \(id) ORDER BY id") { row in
            let (typed, folded, proven): (String, FoldedEmail, Instant) = (
                try row["typed"], try row["folded"], try row["proven_at"]
            )
            let until: Instant? = try row["until"]
            let isMain = until == nil && folded == main
            let days = [
                t("accounts.emails.proven", ["date": .date(visit.day(of: proven))]),
                until.map { t("accounts.records.removed", ["date": .date(visit.day(of: $0))]) },
            ]
            rows.append(
                ListRow(
                    title: HTML(typed), subtitle: days.compactMap(\.self).joined(separator: " · "),
                    status: isMain ? tag(t("accounts.emails.primary"), .good) : .empty))
            json.append([
                "email": .string(typed), "proven_at": .string(proven.description),
                "removed_at": until.map { .string($0.description) } ?? .null, "used_for_mail": .bool(isMain),
            ])
        }
        return .init(view: listRows(rows, label: t("accounts.emails.title")), json: .array(json))
    }

    private static func sessions(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        var rows: [ListRow] = []
        var json: [JSON] = []
        try conn.each(
            """
            SELECT device, created_at, last_seen_at, ended_at FROM session WHERE account_id = \(id)
            ORDER BY created_at DESC, token_hash
            """
        ) { row in
            let (device, since, seen): (String, Instant, Instant) = (
                try row["device"], try row["created_at"], try row["last_seen_at"]
            )
            let ended: Instant? = try row["ended_at"]
            let days = [
                t("accounts.sessions.since", visit.moment(since)),
                ended.map { t("accounts.records.ended", ["date": .date(visit.day(of: $0))]) },
            ]
            rows.append(
                ListRow(
                    title: HTML(device.isEmpty ? t("accounts.sessions.unknownDevice") : device),
                    subtitle: days.compactMap(\.self).joined(separator: " · ")))
            json.append([
                "browser": .string(device), "since": .string(since.description), "last_seen_at": .string(seen.description),
                "ended_at": ended.map { .string($0.description) } ?? .null,
            ])
        }
        return .init(view: shown(rows, t("accounts.records.sessions"), t), json: .array(json))
    }

    /// What was kept for the portal's safety, with where it came from.
    private static func events(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        var rows: [ListRow] = []
        var json: [JSON] = []
        try conn.each(
            """
            SELECT kind, way, network, times, first_at, last_at FROM security_event WHERE account_id = \(id)
            ORDER BY last_at DESC, id DESC
            """
        ) { row in
            let (kind, way, network): (String, String, String) = (try row["kind"], try row["way"], try row["network"])
            let (times, first, last): (Int, Instant, Instant) = (try row["times"], try row["first_at"], try row["last_at"])
            let name = SecurityEvent.Kind(rawValue: kind).map { t($0.name) } ?? kind
            rows.append(ListRow(title: HTML(name), subtitle: "\(visit.shortMoment(last)) · \(network)"))
            json.append([
                "kind": .string(kind), "way": .string(way), "network": .string(network), "times": .integer(Int64(times)),
                "first_at": .string(first.description), "last_at": .string(last.description),
            ])
        }
        return .init(view: shown(rows, t("accounts.events.title"), t), json: .array(json))
    }

    /// Mail to an address while it was this account's, and what came while it was being proven.
    private static func mail(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        var rows: [ListRow] = []
        var json: [JSON] = []
        try conn.each(
            """
            SELECT m.recipient, m.subject, m.language, m.created_at FROM account_email e
            JOIN mail m ON m.recipient_folded = e.folded AND m.created_at > e.proven_at - \(Span.hours(24).microseconds)
                       AND (e.until IS NULL OR m.created_at <= e.until)
            WHERE e.account_id = \(id) ORDER BY m.id DESC
            """
        ) { row in
            let (to, subject, language, at): (String, String, Language, Instant) = (
                try row["recipient"], try row["subject"], try row["language"], try row["created_at"]
            )
            rows.append(
                ListRow(
                    title: span(.lang(language.rawValue)) { subject },
                    subtitle: "\(visit.day(of: at).long(in: t.language)) · \(to)"))
            json.append(["to": .string(to), "subject": .string(subject), "at": .string(at.description)])
        }
        return .init(view: shown(rows, t("accounts.records.mail"), t), json: .array(json))
    }

    private static func activity(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        let entries = try ActivityPage.entries(of: id, limit: 10_000, visit, conn)
        let rows = entries.map { ListRow(title: HTML($0.sentence), subtitle: $0.when(visit)) }
        return .init(
            view: group {
                shown(rows, t("accounts.activity.title"), t)
                p { a(AccountAddresses.activity()) { t("accounts.activity.all") } }
            },
            json: .array(
                entries.map {
                    ["kind": .string($0.fact.kind.rawValue), "at": .string($0.fact.at.description), "text": .string($0.sentence)]
                }))
    }

    /// The newest; all of them are in the download.
    private static func shown(_ rows: [ListRow], _ label: String, _ t: Voice) -> HTML {
        group {
            if rows.isEmpty {
                p(.class("soft")) { t("accounts.records.none") }
            } else {
                listRows(Array(rows.prefix(AccountRecords.mostShown)), label: label)
                if rows.count > AccountRecords.mostShown {
                    p(.class("soft")) {
                        t("accounts.records.more", ["most": .number(AccountRecords.mostShown), "count": .number(rows.count)])
                    }
                }
            }
        }
    }
}
