public import CityPack
internal import Contacts
public import Core
internal import Database
public import Primitives

/// A contact on its way onto a case.
public struct NewGrant: Sendable {
    let contact: ContactID
    let id: CaseID
    let type: ContactType
    let isPrimary: Bool

    public init(_ contact: ContactID, on id: CaseID, as type: ContactType, isPrimary: Bool) {
        self.contact = contact
        self.id = id
        self.type = type
        self.isPrimary = isPrimary
    }
}

extension GrantWriter {
    /// Puts many contacts on their cases at once, exactly as `add` would one after the other.
    public func add(all new: [NewGrant]) throws {
        struct Part: Hashable {
            let id: Int64
            let type: String
        }
        struct Standing: Hashable {
            let id: Int64
            let contact: Int64
            let type: String
        }
        var primaries: Set<Part> = []
        var standing: Set<Standing> = []
        for row in try change.conn.rows(
            """
            SELECT case_id, contact_id, contact_type, is_primary FROM case_grant
            WHERE case_id IN \(list: Array(Set(new.map(\.id.value))).sorted()) AND until IS NULL
            """)
        {
            let (id, contact, type): (Int64, Int64, String) = (try row["case_id"], try row["contact_id"], try row["contact_type"])
            if try row["is_primary"] { primaries.insert(Part(id: id, type: type)) }
            standing.insert(Standing(id: id, contact: contact, type: type))
        }
        var begun: [(grant: NewGrant, isPrimary: Bool)] = []
        for grant in new {
            let place = Standing(id: grant.id.value, contact: grant.contact.value, type: grant.type.key)
            if standing.insert(place).inserted {
                let isPrimary = grant.isPrimary && primaries.insert(Part(id: grant.id.value, type: grant.type.key)).inserted
                begun.append((grant, isPrimary))
            } else {
                // It may stand there by address only.
                try add(grant.contact, to: grant.id, as: grant.type, isPrimary: grant.isPrimary)
            }
        }
        let names = try Contact.names(begun.map(\.grant.contact), change.conn)
        try store(begun)
        try change.record(
            all: begun.map { one, _ in
                TimedFact(
                    NewFact(
                        .contactAdded, about: .case(one.id), and: [.contact(one.contact)],
                        [
                            "contact": .integer(one.contact.value), "name": .string(names[one.contact] ?? ""),
                            "type": .string(one.type.key),
                        ]))
            })
    }

    private func store(_ begun: [(grant: NewGrant, isPrimary: Bool)]) throws {
        let actor = change.principal.actor
        try change.conn.load(
            table: "case_grant",
            columns: [
                "case_id", "contact_id", "contact_type", "may_view", "may_act", "may_bill", "may_request_inspection",
                "is_primary", "added_by", "since",
            ],
            rows: begun.lazy.map { one, isPrimary in
                let rights = one.type.rights
                return [
                    one.id.sqlValue, one.contact.sqlValue, .text(one.type.key), rights.contains(.view).sqlValue,
                    rights.contains(.act).sqlValue, rights.contains(.bill).sqlValue,
                    rights.contains(.requestInspection).sqlValue, isPrimary.sqlValue, .text(actor), change.now.sqlValue,
                ]
            })
    }
}
