internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The case a case is part of, and the cases that are part of it: each one only for who may see it.
enum SubRecords {
    static let most = 200

    static func parent(of seen: SeenCase, _ city: CityContext, _ conn: Connection) throws -> CaseSummary? {
        guard let parent = seen.record.parent, seen.shows("parent") else { return nil }
        return try visible("c.id = \(parent)", seen, city, conn).first
    }

    static func children(of seen: SeenCase, _ city: CityContext, _ conn: Connection) throws -> [CaseSummary] {
        guard seen.shows("parent") else { return [] }
        return try visible("c.parent_id = \(seen.record.id)", seen, city, conn)
    }

    static let count: @Sendable (SeenCase) -> SQL? = { seen in
        guard seen.shows("parent") else { return "SELECT 0" }
        let related: SQL =
            seen.record.parent.map { "(c.parent_id = \(seen.record.id) OR c.id = \($0))" } ?? "c.parent_id = \(seen.record.id)"
        return """
            SELECT COUNT(*) FROM case_record c
            WHERE \(related) AND \(seen.access.visible("case.view", to: seen.principal, alias: "c"))
            """
    }

    /// The visible ones: a party's own as a party sees them, the others as everybody does. Newest first.
    private static func visible(
        _ condition: SQL, _ seen: SeenCase, _ city: CityContext, _ conn: Connection
    ) throws -> [CaseSummary] {
        func may(_ action: Action) -> SQL { seen.access.visible(action, to: seen.principal, alias: "c") }
        var audiences: [Visibility: [CaseID]] = [:]
        var order: [CaseID] = []
        for row in try conn.rows(
            """
            SELECT c.id, CASE WHEN \(may("case.staff-view")) THEN 2 WHEN \(may("case.party-view")) THEN 1 ELSE 0 END AS audience
            FROM case_record c WHERE \(condition) AND \(may("case.view"))
            ORDER BY c.active_on DESC, c.id DESC LIMIT \(most)
            """)
        {
            let (id, audience): (CaseID, Int) = (try row["id"], try row["audience"])
            order.append(id)
            audiences[[Visibility.public, .party, .staff][audience], default: []].append(id)
        }
        var found: [CaseID: CaseSummary] = [:]
        for (audience, ids) in audiences {
            for summary in try CaseSummary.find(ids, for: audience, city, conn) { found[summary.id] = summary }
        }
        return order.compactMap { found[$0] }
    }
}

enum SubRecordsPage {
    struct Model: Sendable {
        let parent: CaseSummary?
        let children: [CaseSummary]
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        try await CasePage.show(
            visit, at: CaseAddresses.subRecords, tab: "cases.tab.subRecords",
            load: { seen, conn in
                Model(
                    parent: try SubRecords.parent(of: seen, visit.city, conn),
                    children: try SubRecords.children(of: seen, visit.city, conn))
            },
            view: { view($1, visit.t) })
    }

    private static func view(_ model: Model, _ t: Voice) -> HTML {
        group {
            if model.parent == nil, model.children.isEmpty { emptyState(t("cases.subRecords.empty")) }
            if let parent = model.parent {
                h2 { t("cases.subRecords.parent") }
                listRows([caseRow(parent, t)])
            }
            if !model.children.isEmpty {
                h2 { t("cases.subRecords.children") }
                listRows(model.children.map { caseRow($0, t) })
            }
            if model.children.count == SubRecords.most {
                p(.class("soft")) { t("cases.subRecords.more", ["count": .number(SubRecords.most)]) }
            }
        }
    }
}
