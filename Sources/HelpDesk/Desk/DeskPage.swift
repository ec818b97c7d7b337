internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/staff/desk`: the queues of all features that this person works on, each with its count and its oldest.
enum DeskPage {
    struct Row: Sendable {
        let queue: DeskQueue
        let count: Int
        /// Whole days that the oldest has waited.
        let days: Int?
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let queues = visit.city.features.flatMap(\.deskQueues).filter { visit.city.access.may($0.action, visit.principal) }
        let now = visit.now
        let rows = try await visit.read { conn in
            try queues.map { queue in
                let (count, oldest) = try queue.waiting(conn)
                return Row(queue: queue, count: count, days: oldest.map { Int(max(0, (now - $0).seconds) / 86_400) })
            }
        }
        return visit.page(visit.t("helpDesk.desk.title")) {
            h1 { visit.t("helpDesk.desk.title") }
            view(visit.t, rows)
            more(visit)
        }
    }

    /// What staff look up.
    private static func more(_ visit: Visit) -> HTML {
        let (t, city) = (visit.t, visit.city)
        let links = city.features.flatMap(\.deskLinks).filter { city.access.may($0.action, visit.principal) }
        guard !links.isEmpty else { return .empty }
        return group {
            h2 { t("helpDesk.desk.more") }
            listRows(links.map { link in ListRow(title: a(link.link) { t(link.title) }, subtitle: t(link.explanation)) })
        }
    }

    static func view(_ t: Voice, _ rows: [Row]) -> HTML {
        guard !rows.isEmpty else { return emptyState(t("helpDesk.desk.empty")) }
        return listRows(
            rows.map { row in
                ListRow(
                    title: a(row.queue.link) { t(row.queue.title) }, subtitle: t(row.queue.explanation),
                    status: row.count == 0
                        ? tag(t("helpDesk.desk.nothing"), .good)
                        : tag(t("helpDesk.desk.waiting", ["count": .number(row.count)]), .waiting),
                    note: row.count == 0 ? "" : row.days.map { age($0, t) } ?? "")
            }, label: t("helpDesk.desk.queues"))
    }

    private static func age(_ days: Int, _ t: Voice) -> String {
        days == 0 ? t("helpDesk.desk.today") : t("helpDesk.desk.oldest", ["count": .number(days)])
    }
}
