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
        return try visible([parent], seen, city, conn).first
    }

    static func children(of seen: SeenCase, _ city: CityContext, _ conn: Connection) throws -> [CaseSummary] {
        guard seen.shows("parent") else { return [] }
        let ids = try conn.rows(
            """
            SELECT c.id FROM case_record c
            WHERE c.parent_id = \(seen.record.id) AND \(seen.access.visible("case.view", to: seen.principal, alias: "c"))
            ORDER BY c.active_on DESC, c.id DESC LIMIT \(most)
            """
        ).map { row in try row["id"] as CaseID }
        return try visible(ids, seen, city, conn)
    }

    static let count: @Sendable (SeenCase, Connection) throws -> Int? = { seen, conn in
        guard seen.shows("parent") else { return 0 }
        let children: Int =
            try conn.value(
                """
                SELECT COUNT(*) FROM case_record c
                WHERE c.parent_id = \(seen.record.id) AND \(seen.access.visible("case.view", to: seen.principal, alias: "c"))
                """) ?? 0
        guard let parent = seen.record.parent else { return children }
        return try children + (seen.access.may("case.view", seen.principal, on: parent.value, conn) ? 1 : 0)
    }

    /// The visible ones among these: a party's own as a party sees them, the others as everybody does.
    private static func visible(
        _ ids: [CaseID], _ seen: SeenCase, _ city: CityContext, _ conn: Connection
    ) throws -> [CaseSummary] {
        func among(_ action: Action) throws -> Set<CaseID> {
            Set(
                try conn.rows(
                    """
                    SELECT c.id FROM case_record c
                    WHERE c.id IN \(list: ids.map(\.value)) AND \(seen.access.visible(action, to: seen.principal, alias: "c"))
                    """
                ).map { row in try row["id"] as CaseID })
        }
        guard !ids.isEmpty else { return [] }
        let all = try among("case.view")
        let staff = try among("case.staff-view")
        let party = try among("case.party-view").subtracting(staff)
        var found: [CaseID: CaseSummary] = [:]
        let audiences: [(Set<CaseID>, Visibility)] = [
            (staff, .staff), (party, .party), (all.subtracting(staff).subtracting(party), .public),
        ]
        for (set, audience) in audiences {
            for summary in try CaseSummary.find(set.sorted(), for: audience, city, conn) { found[summary.id] = summary }
        }
        return ids.compactMap { found[$0] }
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
