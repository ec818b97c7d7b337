internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// A case for machines: exactly the fields that the page shows to the same visitor.
enum CaseJSON {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let (head, json): (CasePage.Head, JSON) = try await visit.read { conn in
            let head = try CasePage.head(visit, conn)
            return (head, fields(head, try SummaryPage.load(head.seen, visit, conn), visit))
        }
        await head.seen.note(in: visit)
        return .json(json.description)
    }

    private static func fields(_ head: CasePage.Head, _ model: SummaryPage.Model, _ visit: Visit) -> JSON {
        let t = visit.t
        let seen = head.seen
        let record = seen.record
        var members: [String: JSON] = ["number": .string(record.number)]
        func add(_ field: String, _ value: JSON?) {
            guard seen.shows(field), let value, value != .string("") else { return }
            members[field] = value
        }
        func day(_ date: CivilDate?) -> JSON? { date.map { .string($0.description) } }

        add("module", .string(record.module.rawValue))
        add("type", .string(seen.type.map { t($0.name) } ?? record.type))
        add("work_class", seen.type?.workClass(record.workClass).map { .string(t($0.name)) })
        add("status", .string(record.isDraft ? t("cases.draft.status") : seen.status.map { t($0.name) } ?? record.status))
        add("description", record.description.seen(by: seen.audience).map(JSON.string))
        add("project", record.project.seen(by: seen.audience).map(JSON.string))
        add("address", head.seen.address.map(JSON.string))
        add("applied", record.isDraft ? nil : day(record.applied))
        add("issued", day(record.issued))
        add("expires", day(record.expires))
        add("finalized", day(record.finalized))
        add("valuation", record.valuation.seen(by: seen.audience)?.map { .integer($0.cents) })
        add("parent", model.parent.map(JSON.string))
        add("next_step", seen.status.map { .string(next($0, record, visit)) })
        if !model.contractors.isEmpty { add("contractor", .array(model.contractors.map(JSON.string))) }
        return .object(members)
    }

    private static func next(_ status: Status, _ record: CaseRecord, _ visit: Visit) -> String {
        if record.isDraft { return visit.t("cases.draft.next") }
        return visit.t(status.next(in: record.module, phone: visit.city.pack.city.phone))
    }
}
