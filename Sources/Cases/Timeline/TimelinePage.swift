internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What happened with a case, newest first: each entry only for who may know it.
enum TimelinePage {
    static let most = 200

    struct Entry: Sendable {
        let sentence: String
        let day: CivilDate
        let actor: String
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        try await CasePage.show(
            visit, at: CaseAddresses.timeline, tab: "cases.tab.timeline", load: { try entries($0, visit, $1) },
            view: { view($1, visit.t) })
    }

    private static func entries(_ seen: SeenCase, _ visit: Visit, _ conn: Connection) throws -> [Entry] {
        let facts = try FactLog.timeline(of: .case(seen.record.id), limit: most, conn)
        let names = try Parties.namedContacts(on: seen.record.id, conn)
        let parent = facts.contains { $0.kind == .parentLinked } ? try visibleParent(of: seen, visit, conn) : nil
        return facts.compactMap { fact in
            // The larger case is told of only to who may know that it exists, and its own timeline does not name its parts.
            if fact.kind == .parentLinked {
                guard fact.subject == .case(seen.record.id), let parent, fact.number("parent") == parent.value else { return nil }
            }
            guard let sentence = CaseTelling.sentence(of: fact, seen, visit.city, visit.t) else { return nil }
            return Entry(
                sentence: sentence, day: visit.city.cityClock.date(of: fact.at), actor: actor(of: fact, seen, names, visit.t))
        }
    }

    private static func visibleParent(of seen: SeenCase, _ visit: Visit, _ conn: Connection) throws(DatabaseError) -> CaseID? {
        try conn.value(
            """
            SELECT p.id FROM case_record c JOIN case_record p ON p.id = c.parent_id
            WHERE c.id = \(seen.record.id) AND \(visit.city.access.visible("case.view", to: visit.principal, alias: "p", isOne: true))
            """)
    }

    /// Who did it, for a reader who may know: companies and people by name only when they stand on the case by name.
    private static func actor(of fact: Fact, _ seen: SeenCase, _ names: [ContactID: String], _ t: Voice) -> String {
        switch fact.origin {
        case .imported, .migration: return t("cases.timeline.imported")
        case .live, .demo: break
        }
        if fact.actor.hasPrefix("staff:") { return t("cases.timeline.staff") }
        guard seen.audience > .public else { return "" }
        if fact.actor == seen.principal.actor, seen.principal.signedIn != nil { return t("cases.timeline.you") }
        if let organization = fact.onBehalfOf, let name = names[organization] {
            return t("cases.timeline.by", ["name": .text(name)])
        }
        return fact.actor.hasPrefix("account:") ? t("cases.timeline.party") : ""
    }

    private static func view(_ entries: [Entry], _ t: Voice) -> HTML {
        guard !entries.isEmpty else { return emptyState(t("cases.timeline.empty")) }
        return group {
            listRows(
                entries.map { entry in
                    ListRow(
                        title: HTML(entry.sentence),
                        subtitle: [entry.day.long(in: t.language), entry.actor].filter { !$0.isEmpty }.joined(separator: " · "))
                }, label: t("cases.tab.timeline"))
            if entries.count == most { p(.class("soft")) { t("cases.timeline.more", ["count": .number(most)]) } }
        }
    }
}
