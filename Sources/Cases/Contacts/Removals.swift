internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Somebody who was taken off a case a short while ago and can be put back with one press: taking off has no question before it.
struct Removal: Sendable {
    enum Who: Sendable {
        case contact(ContactID)
        case address(TypedAddress, InvitationTerms)
    }

    /// The fact that tells of it.
    let id: Int64
    let who: Who
    /// The name, or the address as it was typed.
    let label: String
    /// Key of the contact type.
    let type: String
}

enum Removals {
    /// How long somebody can be put back.
    static let lifetime = Span.days(1)

    /// What a row of the statement about the parties of a case says when it is one of these.
    static let what = "removed"

    /// The newest first, in the columns of that statement: by name the contact, by address the invitation; `is_mine` is whether somebody
    /// left by themselves.
    static func rows(on seen: SeenCase, since: Instant) -> SQL {
        """
        SELECT 'removed' AS what, r.id, r.contact_id, r.contact_type, r.at AS since, r.is_mine, \(Contact.face), 0 AS may_view,
            0 AS may_act, 0 AS may_bill, 0 AS may_request_inspection, i.typed, i.folded, CAST(NULL AS BIGINT) AS expires_at,
            NULL AS state, i.rights, CAST(NULL AS BIGINT) AS answered_at, NULL AS public_id, NULL AS person,
            CAST(NULL AS BIGINT) AS survivor, 0 AS findable
        FROM (
            SELECT f.id, f.at, \(number("contact")) AS contact_id, \(number("invitation")) AS invitation_id,
                \(argument("type")) AS contact_type,
                CASE WHEN \(argument("left")) \(sqlite: "= 1", postgres: "= 'true'") THEN 1 ELSE 0 END AS is_mine
            FROM \(FactLog.rows)
            WHERE f.subject = \(Subject.case(seen.record.id).description) AND f.at > \(since) AND \(FactLog.body) IS NOT NULL
                AND f.kind IN (\(FactKind.contactRemoved), \(FactKind.invitationWithdrawn))
            ORDER BY f.at DESC, f.id DESC LIMIT 100
        ) r
            LEFT JOIN contact_cluster k ON k.contact_id = r.contact_id
            LEFT JOIN contact c ON c.id = k.survivor_id
            LEFT JOIN case_invitation i ON i.id = r.invitation_id AND i.case_id = \(seen.record.id)
        ORDER BY r.at DESC, r.id DESC
        """
    }

    private static func number(_ name: SQL) -> SQL { "CAST(\(argument(name)) AS BIGINT)" }

    /// An argument of the fact.
    private static func argument(_ name: SQL) -> SQL {
        """
        \(sqlite: "json_extract(", postgres: "(CAST(")\(FactLog.body)\(sqlite: ", '$.arguments.", postgres: " AS json) -> 'arguments' ->> '")\(name)')
        """
    }

    /// Whoever left by themselves is not among them: they are asked, or added anew.
    /// - Parameters:
    ///   - rows: of `rows(on:since:)`.
    ///   - named: rows of the parties that are on the case by name.
    ///   - emails: and by address.
    static func all(_ rows: [Row], named: [Row], emails: [Row]) throws -> [Removal] {
        // Who is there, or was put back and taken off again since, is not offered once more.
        var decided = try Set(
            named.map { place(try $0["contact_id"], nil, try $0["contact_type"]) }
                + emails.map { place(nil, try $0["folded"], try $0["contact_type"]) })
        return try rows.compactMap { row in
            let (type, contact, isLeaving): (String, ContactID?, Bool) = (
                try row["contact_type"], try row["contact_id"], try row["is_mine"]
            )
            let (kind, typed, folded): (Contact.Kind?, String?, FoldedEmail?) = (
                try row["kind"], try row["typed"], try row["folded"]
            )
            guard kind != nil || folded != nil, decided.insert(place(contact, folded, type)).inserted, !isLeaving else {
                return nil
            }
            let id: Int64 = try row["id"]
            if let typed, let folded {
                let terms = InvitationTerms(rights: Rights(stored: try row["rights"]), lifetime: InvitationTerms.usual.lifetime)
                return Removal(id: id, who: .address(TypedAddress(typed: typed, folded: folded), terms), label: typed, type: type)
            }
            return try contact.map { Removal(id: id, who: .contact($0), label: try Contact.name(row: row), type: type) }
        }
    }

    private static func place(_ contact: ContactID?, _ email: FoldedEmail?, _ type: String) -> String {
        "\(email?.description ?? contact?.description ?? "")|\(type)"
    }
}
