public import CityPack
internal import Contacts
public import Core
internal import Database
public import Primitives

/// Puts contacts on cases and takes them off. A grant carries the rights of its contact type (B4).
///
/// A grant is live while the contact stands on the case by name, or an accepted invitation by address stands for it. Only the
/// former is shown by name (B5): `added_as` is NULL.
public struct GrantWriter {
    let change: Change
    public init(_ change: Change) { self.change = change }

    /// Puts a contact on the case by name. Does nothing when it already is with this type.
    /// - Parameter rights: fewer than the type gives; nil for those of the type.
    @discardableResult
    public func add(
        _ contact: ContactID, to id: CaseID, as type: ContactType, rights: Rights? = nil, isPrimary: Bool = false
    ) throws -> Bool {
        try name(contact, id, type) {
            try insert(
                contact, id, type.key, rights?.intersection(type.rights) ?? type.rights, isPrimary: isPrimary, addedAs: nil)
        }
    }

    /// The type of that name as the case knows it, also when the city has none of that name any more.
    public func type(_ key: String, of id: CaseID) throws -> ContactType? { try Invitations(change).type(key, of: id) }

    /// Puts a contact on the case in the place that another had there: with the rights that one had, and as the primary one if it was and
    /// no other is now.
    @discardableResult
    public func add(_ contact: ContactID, inPlaceOf other: ContactID, on id: CaseID, as type: ContactType) throws -> Bool {
        let last = try ended(other, id, type)
        return try add(
            contact, to: id, as: type, rights: last.map(Parties.rights), isPrimary: last.map { try $0["is_primary"] } ?? false)
    }

    /// Puts a contact back that was taken off: with the rights it had, and as the primary one if it was and no other is now.
    @discardableResult
    public func putBack(_ contact: ContactID, on id: CaseID, as type: ContactType) throws -> Bool {
        try name(contact, id, type) {
            let last = try ended(contact, id, type)
            let rights = try last.map(Parties.rights) ?? type.rights
            try insert(contact, id, type.key, rights, isPrimary: last.map { try $0["is_primary"] } ?? false, addedAs: nil)
            // Whose case it was among the contact's people, it is again.
            if let before: Int64 = try last?["id"], let grant = try liveGrant(of: contact, id, type.key) {
                try change.conn.run(
                    "UPDATE case_associate SET grant_id = \(grant) WHERE grant_id = \(before) AND until IS NULL")
            }
        }
    }

    /// The part that the contact had last.
    private func ended(_ contact: ContactID, _ id: CaseID, _ type: ContactType) throws(DatabaseError) -> Row? {
        try change.conn.row(
            """
            SELECT id, may_view, may_act, may_bill, may_request_inspection, is_primary FROM case_grant
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type.key) AND until IS NOT NULL
            ORDER BY until DESC, id DESC LIMIT 1
            """)
    }

    /// Makes the contact stand on the case by name; `begin` makes its grant when it has none.
    private func name(_ contact: ContactID, _ id: CaseID, _ type: ContactType, begin: () throws -> Void) throws -> Bool {
        let before = try change.conn.row(
            """
            SELECT id, added_as FROM case_grant
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type.key) AND until IS NULL
            """)
        if let before {
            let addedAs: String? = try before["added_as"]
            guard addedAs != nil else { return false }
            let grant: Int64 = try before["id"]
            try change.conn.run("UPDATE case_grant SET added_as = NULL WHERE id = \(grant)")
            // By name the contact has what the type gives, whatever was chosen for the address: anything else would tell who that is.
            if try invitation(of: contact, id, type.key)?.rights != nil { try set(type.rights, of: grant) }
        } else {
            try begin()
        }
        try change.record(
            NewFact(.contactAdded, about: .case(id), and: [.contact(contact)], try arguments(contact, type: type.key)))
        return true
    }

    /// Takes a contact that stands on the case by name off it; access ends with it, unless the contact was also added by address.
    /// - Parameter isLeaving: the contact does it themselves.
    @discardableResult
    public func remove(_ contact: ContactID, from id: CaseID, type: String, isLeaving: Bool = false) throws -> Bool {
        let invitation = try invitation(of: contact, id, type)
        if let rights = invitation?.rights, let grant = try liveGrant(of: contact, id, type) { try set(rights, of: grant) }
        let ended =
            if let invitation {
                try change.conn.run(
                    """
                    UPDATE case_grant SET added_as = \(invitation.typed)
                    WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type) AND until IS NULL
                      AND added_as IS NULL
                    """)
            } else {
                try change.conn.run(
                    """
                    UPDATE case_grant SET until = \(change.now), ended_by = \(change.principal.actor)
                    WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type) AND until IS NULL
                      AND added_as IS NULL
                    """)
            }
        guard ended > 0 else { return false }
        var arguments = try arguments(contact, type: type)
        arguments["left"] = .bool(isLeaving)
        try change.record(NewFact(.contactRemoved, about: .case(id), and: [.contact(contact)], arguments))
        return true
    }

    /// Makes the grant that stands for an address follow its invitations: begins it, or ends it when none is left. What stands by
    /// name is not touched.
    func settle(_ contact: ContactID, on id: CaseID, as type: ContactType) throws {
        let grant = try change.conn.row(
            """
            SELECT id, added_as FROM case_grant
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type.key) AND until IS NULL
            """)
        let invitation = try invitation(of: contact, id, type.key)
        switch (grant, invitation) {
        case (nil, let invitation?):
            let rights = invitation.rights ?? type.rights
            try insert(contact, id, type.key, rights, isPrimary: false, addedAs: invitation.typed)
            try change.record(
                NewFact(.invitationAccepted, about: .case(id), and: [.contact(contact)], try arguments(contact, type: type.key)))
        case (let grant?, let invitation):
            let (row, before): (Int64, String?) = (try grant["id"], try grant["added_as"])
            guard before != nil else { return }
            if let invitation {
                try change.conn.run("UPDATE case_grant SET added_as = \(invitation.typed) WHERE id = \(row)")
                try set(invitation.rights ?? type.rights, of: row)
            } else {
                try change.conn.run(
                    "UPDATE case_grant SET until = \(change.now), ended_by = \(change.principal.actor) WHERE id = \(row)")
            }
        case (nil, nil): break
        }
    }

    /// The accepted invitation by address that put the contact on the case; its rights are nil when they are the type's.
    private func invitation(
        of contact: ContactID, _ id: CaseID, _ type: String
    ) throws(DatabaseError) -> (typed: String, rights: Rights?)? {
        let row = try change.conn.row(
            """
            SELECT typed, rights FROM case_invitation
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type) AND state = 'accepted'
              AND ended_at IS NULL
            ORDER BY id LIMIT 1
            """)
        guard let row else { return nil }
        return (try row["typed"], Rights(stored: try row["rights"]))
    }

    private func liveGrant(of contact: ContactID, _ id: CaseID, _ type: String) throws(DatabaseError) -> Int64? {
        try change.conn.value(
            """
            SELECT id FROM case_grant
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type) AND until IS NULL
            """)
    }

    private func set(_ rights: Rights, of grant: Int64) throws(DatabaseError) {
        try change.conn.run(
            """
            UPDATE case_grant SET may_view = \(rights.contains(.view)), may_act = \(rights.contains(.act)),
                may_bill = \(rights.contains(.bill)), may_request_inspection = \(rights.contains(.requestInspection))
            WHERE id = \(grant)
            """)
    }

    private func insert(
        _ contact: ContactID, _ id: CaseID, _ type: String, _ rights: Rights, isPrimary: Bool, addedAs: String?
    ) throws(DatabaseError) {
        let hasPrimary = try change.conn.exists(
            "SELECT 1 FROM case_grant WHERE case_id = \(id) AND contact_type = \(type) AND is_primary = 1 AND until IS NULL")
        try change.conn.run(
            """
            INSERT INTO case_grant (case_id, contact_id, contact_type, may_view, may_act, may_bill, may_request_inspection,
                                    is_primary, added_as, added_by, since)
            VALUES (\(id), \(contact), \(type), \(rights.contains(.view)), \(rights.contains(.act)), \(rights.contains(.bill)),
                    \(rights.contains(.requestInspection)), \(isPrimary && !hasPrimary), \(optional: addedAs), \(change.principal.actor),
                    \(change.now))
            """)
    }

    private func arguments(_ contact: ContactID, type: String) throws -> [String: JSON] {
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        return ["contact": .integer(contact.value), "name": .string(name), "type": .string(type)]
    }
}
