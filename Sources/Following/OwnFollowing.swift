internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// What an account watches, as its owner reads it on "My account" and in what the city holds on them (A7).
enum OwnFollowing {
    /// Links alone: the page asks nothing more.
    static let accountPanel = AccountPanel(order: 55) { visit in
        let t = visit.t
        return panel(title: t("following.account.title")) {
            ul {
                li { a(FollowingAddresses.list()) { t("following.list.title") } }
                li { a(FollowingAddresses.collections()) { t("following.collections.title") } }
            }
        }
    }

    static let records = [
        AccountRecords("followed_cases", order: 62, title: "following.list.title", load: followed),
        AccountRecords("collections", order: 63, title: "following.collections.title", load: collections),
    ]

    private static func followed(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let follows = try Follow.all(of: id, visit.city, conn)
        let t = visit.t
        return .init(
            view: follows.isEmpty
                ? p(.class("soft")) { t("following.account.none") }
                : listRows(
                    follows.map { follow in
                        ListRow(
                            title: a(CaseAddresses.show(follow.number)) { follow.number },
                            subtitle: t("following.account.since", ["date": .date(visit.day(of: follow.since))]))
                    }, label: t("following.list.title"), isCompact: true),
            json: .array(
                follows.map { ["number": .string($0.number), "since": .string($0.since.description)] }))
    }

    private static func collections(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let all = try CaseCollection.all(of: id, conn)
        var numbers: [Int64: [String]] = [:]
        try conn.each(
            """
            SELECT m.collection_id, c.number FROM collection k CROSS JOIN collection_case m CROSS JOIN case_record c
            WHERE k.account_id = \(id) AND k.until IS NULL AND m.collection_id = k.id AND m.until IS NULL AND c.id = m.case_id
                AND \(visit.city.access.visible("case.view", to: visit.principal, alias: "c"))
            ORDER BY m.id
            """
        ) { row in
            let (key, number): (Int64, String) = (try row["collection_id"], try row["number"])
            numbers[key, default: []].append(number)
        }
        let t = visit.t
        return .init(
            view: all.isEmpty
                ? p(.class("soft")) { t("following.account.none") }
                : listRows(
                    all.map { collection in
                        ListRow(
                            title: a(FollowingAddresses.collection(collection.id.description)) { collection.title },
                            subtitle: (numbers[collection.key] ?? []).joined(separator: ", "))
                    }, label: t("following.collections.title")),
            json: .array(
                all.map { collection in
                    [
                        "title": .string(collection.title),
                        "cases": .array((numbers[collection.key] ?? []).map(JSON.string)),
                    ]
                }))
    }
}
