internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Stops a contact from some actions until it is lifted (B11): a check that came back, a license that the state took away. It holds
/// every record that is one with the contact.
struct ContactHold: Sendable {
    /// What can be held.
    enum Held: String, Sendable, CaseIterable {
        case apply
        case payByCheck = "pay-by-check"
        case requestInspection = "request-inspection"
        case renew

        var title: WordKey {
            switch self {
            case .apply: "cleanUp.hold.apply"
            case .payByCheck: "cleanUp.hold.payByCheck"
            case .requestInspection: "cleanUp.hold.requestInspection"
            case .renew: "cleanUp.hold.renew"
            }
        }
    }

    let id: Int64
    let contact: ContactID
    let held: [Held]
    /// What whoever is held is told.
    let reason: String
    let since: Instant

    /// Live holds on any of these records.
    static func all(on contacts: [ContactID], _ conn: Connection) throws -> [ContactHold] {
        try conn.rows(
            """
            SELECT \(columns) FROM contact_hold h WHERE h.contact_id IN \(list: contacts.map(\.value)) AND h.until IS NULL ORDER BY h.id
            """
        ).map(ContactHold.init)
    }

    static func find(_ id: Int64, _ conn: Connection) throws -> ContactHold? {
        try conn.row("SELECT \(columns) FROM contact_hold h WHERE h.id = \(id) AND h.until IS NULL").map(ContactHold.init)
    }

    /// Live holds on whoever stands on a case by name with the right to act on it, through their other records too.
    static func all(onCase id: CaseID, _ held: Held, _ conn: Connection) throws -> [ContactHold] {
        try conn.rows(
            """
            SELECT DISTINCT \(columns)
            FROM case_grant g JOIN contact_cluster k ON k.contact_id = g.contact_id
                JOIN contact_cluster o ON o.survivor_id = k.survivor_id
                JOIN contact_hold h ON h.contact_id = o.contact_id AND h.until IS NULL
            WHERE g.case_id = \(id) AND g.until IS NULL AND g.added_as IS NULL AND g.may_act = 1
            ORDER BY h.id
            """
        ).map(ContactHold.init).filter { $0.held.contains(held) }
    }

    private static let columns: SQL = "h.id, h.contact_id, h.held, h.reason, h.since"

    private init(row: Row) throws {
        id = try row["id"]
        contact = try row["contact_id"]
        let keys: String = try row["held"]
        held = keys.split(separator: " ").compactMap { Held(rawValue: String($0)) }
        reason = try row["reason"]
        since = try row["since"]
    }

    static func place(on contact: FullContact, _ held: [Held], reason: String, _ change: Change) throws {
        let keys = held.map(\.rawValue).joined(separator: " ")
        try change.conn.run(
            """
            INSERT INTO contact_hold (contact_id, held, reason, placed_by, since)
            VALUES (\(contact.survivor), \(keys), \(reason), \(change.principal.actor), \(change.now))
            """)
        try change.record(
            NewFact(
                .holdPlaced, about: .contact(contact.survivor), ["name": .string(contact.name), "held": .string(keys)],
                after: .string(keys),
                why: reason))
    }

    func lift(from name: String, why: String, _ change: Change) throws {
        let ended = try change.conn.run(
            """
            UPDATE contact_hold SET until = \(change.now), lifted_by = \(change.principal.actor), lifted_why = \(why)
            WHERE id = \(id) AND until IS NULL
            """)
        guard ended > 0 else { throw Refusal("cleanUp.hold.alreadyLifted") }
        let keys = held.map(\.rawValue).joined(separator: " ")
        try change.record(
            NewFact(
                .holdLifted, about: .contact(contact), ["name": .string(name), "held": .string(keys)], before: .string(keys),
                why: why))
    }
}

extension FactKind {
    /// Arguments: `name`, `held` (keys of `ContactHold.Held`, with spaces between). Why: what the contact is told.
    static let holdPlaced: FactKind = "contact.hold-placed"
    /// Arguments: `name`, `held`.
    static let holdLifted: FactKind = "contact.hold-lifted"
}
