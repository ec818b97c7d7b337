internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Somebody on a case, as the Contacts tab shows them: by name, or by the address that was typed.
struct Party: Sendable {
    /// What the row's forms post: a grant or an invitation of this case.
    enum Key: Sendable, Hashable, LosslessStringConvertible {
        case grant(Int64)
        case email(Int64)

        init?(_ description: String) {
            guard let id = Int64(description.dropFirst()) else { return nil }
            switch description.first {
            case "g": self = .grant(id)
            case "e": self = .email(id)
            default: return nil
            }
        }
        var description: String {
            switch self {
            case .grant(let id): "g\(id)"
            case .email(let id): "e\(id)"
            }
        }
    }

    let key: Key
    let contact: ContactID?
    /// The record whose face the row shows: the contact's own unless it was merged (`model.md` 4). Only for rows by name.
    let survivor: ContactID?
    /// The contacts that the row stands for and that leave the case when it is removed: records that are one show as one. Of a
    /// visitor's own row, the visitor's.
    var records: [ContactID] = []
    /// The name, or the address as it was typed (masked for who does not act on the case).
    let label: String
    let isCompany: Bool
    /// Key of the contact type.
    let type: String
    let rights: Rights
    let since: Instant
    /// Until when somebody without an account can answer; only for rows by address.
    let invitationEnds: Instant?
    /// What whoever has the address said; only for rows by address.
    let answer: Answer
    /// Whether it is the visitor themselves.
    var isMine: Bool
    /// Who stands behind the address: for staff alone.
    let behind: String?

    enum Answer: Sendable, Hashable {
        case none
        case accepted(Instant)
        case declined(Instant)
    }

    /// Whether it is this contact by name, or records that are one with it.
    func stands(for contact: ContactID) -> Bool { survivor == contact || records.contains(contact) }

    var isEmail: Bool { invitationEnds != nil }
    /// Whether it is an invitation without an answer, or with a no.
    var isInvitation: Bool {
        if case .accepted = answer { return false }
        return isEmail
    }
    var isDeclined: Bool { if case .declined = answer { true } else { false } }
}

/// Who is on a case.
enum Parties {
    static let most = 500
    /// How long the others see that somebody said no.
    static let declinedShown = Span.days(30)

    /// - Parameter now: real time. Who said no lately is listed for those who may act on the case, and for staff.
    static func all(of seen: SeenCase, mayAct: Bool, at now: Instant, _ conn: Connection) throws -> [Party] {
        try forTab(of: seen, mayAct: mayAct, at: now, removedSince: nil, conn).parties
    }

    /// Who the Contacts tab tells of.
    struct ForTab: Sendable {
        var parties: [Party] = []
        /// The people of organizations that the visitor looks after.
        var ownPeople: [OwnPeople] = []
        /// Whom the visitor starred; for who may add somebody.
        var favorites: [Favorites.Favorite] = []
        /// Who was taken off lately; for who may put somebody back.
        var removals: [Removal] = []
    }

    /// All that the tab tells of, in one statement.
    /// - Parameter removedSince: in the city's time; nil for the parties alone.
    static func forTab(
        of seen: SeenCase, mayAct: Bool, at now: Instant, removedSince: Instant?, _ conn: Connection
    ) throws -> ForTab {
        guard seen.shows("contacts") else {
            let starrer = mayAct && removedSince != nil ? seen.principal.account : nil
            return ForTab(
                parties: try contractorParties(of: seen, conn),
                favorites: try starrer.map { try Favorites.all(of: $0, conn) } ?? [])
        }
        let seesAll = mayAct || seen.audience == .staff
        var parts = [named(seen), byEmail(seen)]
        if seesAll { parts.append(declined(seen, since: now - declinedShown)) }
        if let removedSince {
            if let people = OwnPeople.rows(on: seen) { parts.append(people) }
            if mayAct, let account = seen.principal.account { parts.append(starred(by: account)) }
            if mayAct { parts.append(Removals.rows(on: seen, since: removedSince)) }
        }
        // Each part is named by its place in the list.
        let lists = parts.enumerated().map { index, part -> SQL in "SELECT * FROM (\(part)) part\(raw: String(index))" }
        let rows = try conn.rows(lists.joined(separator: " UNION ALL "))
        var byWhat: [String: [Row]] = [:]
        for row in rows { byWhat[try row["what"], default: []].append(row) }
        func all(_ what: String...) -> [Row] { what.flatMap { byWhat[$0] ?? [] } }
        return ForTab(
            parties: try asOne(
                all("named").map(party(named:))
                    + all("email", "declined").map { try party(byEmail: $0, seen, showsEmail: seesAll) }),
            ownPeople: try OwnPeople.grouped(all(OwnPeople.what)),
            favorites: try all("starred").map(Favorites.Favorite.init),
            removals: try Removals.all(all(Removals.what), named: all("named"), emails: all("email")))
    }

    private static func starred(by account: AccountID) -> SQL {
        """
        SELECT 'starred' AS what, c.id, c.id AS contact_id, f.contact_type, f.since, 0 AS is_mine, c.kind, c.company_name,
            c.first_name, c.last_name, 0 AS may_view, 0 AS may_act, 0 AS may_bill, 0 AS may_request_inspection, NULL AS typed,
            NULL AS folded, CAST(NULL AS BIGINT) AS expires_at, NULL AS state, NULL AS rights, CAST(NULL AS BIGINT) AS answered_at,
            c.public_id, NULL AS person, CAST(NULL AS BIGINT) AS survivor, c.findable
        \(Favorites.table(of: account))
        """
    }

    /// Records that are one and have one part on the case are one row.
    private static func asOne(_ parties: [Party]) -> [Party] {
        var rows: [Party] = []
        for party in parties {
            guard let survivor = party.survivor, let contact = party.contact,
                let place = rows.firstIndex(where: { $0.survivor == survivor && $0.type == party.type })
            else {
                rows.append(party)
                continue
            }
            switch (rows[place].isMine, party.isMine) {
            case (true, false): break
            case (false, true):
                rows[place].records = [contact]
                rows[place].isMine = true
            default: rows[place].records.append(contact)
            }
        }
        return rows
    }

    /// What everybody may know: the companies that do licensed work (`contractor` in the pack's fields).
    static func contractors(of seen: SeenCase, _ conn: Connection) throws -> [String] {
        var names: [String] = []
        for party in try contractorParties(of: seen, conn) where !names.contains(party.label) { names.append(party.label) }
        return names
    }

    static let count: @Sendable (SeenCase) -> SQL? = { seen in
        let survivor: SQL = "COALESCE(k.survivor_id, g.contact_id)"
        let named: SQL = """
            FROM case_grant g LEFT JOIN contact_cluster k ON k.contact_id = g.contact_id
            WHERE g.case_id = \(seen.record.id) AND g.until IS NULL AND g.added_as IS NULL
            """
        if seen.shows("contacts") {
            return """
                SELECT (SELECT COUNT(*) FROM (SELECT DISTINCT \(survivor), g.contact_type \(named)) one) + (
                    SELECT COUNT(*) FROM case_invitation i
                    WHERE i.case_id = \(seen.record.id) AND i.ended_at IS NULL)
                """
        }
        guard seen.shows("contractor") else { return "SELECT 0" }
        let licensed = seen.pack.contactTypes.filter(\.needsLicense).map(\.key)
        return """
            SELECT COUNT(*) FROM (SELECT DISTINCT \(survivor) AS survivor_id, g.contact_type \(named)) one
            JOIN contact c ON c.id = one.survivor_id
            WHERE c.kind = 'company' AND one.contact_type IN \(list: licensed)
            """
    }

    private static func contractorParties(of seen: SeenCase, _ conn: Connection) throws -> [Party] {
        guard seen.shows("contractor") else { return [] }
        return try asOne(conn.rows(named(seen)).map(party(named:))).filter {
            $0.isCompany && seen.pack.contactType($0.type)?.needsLicense ?? false
        }
    }

    /// Those on the case by name. A merged contact shows the survivor's face (`model.md` 4).
    private static func named(_ seen: SeenCase) -> SQL {
        """
        SELECT 'named' AS what, g.id, g.contact_id, g.contact_type, g.since, \(isMine(seen, "g.contact_id")) AS is_mine,
            \(Contact.face), g.may_view, g.may_act, g.may_bill, g.may_request_inspection,
            NULL AS typed, NULL AS folded, CAST(NULL AS BIGINT) AS expires_at, NULL AS state, NULL AS rights,
            CAST(NULL AS BIGINT) AS answered_at, NULL AS public_id, NULL AS person, c.id AS survivor,
            0 AS findable
        FROM case_grant g
            LEFT JOIN contact_cluster k ON k.contact_id = g.contact_id
            JOIN contact c ON c.id = COALESCE(k.survivor_id, g.contact_id)
        WHERE g.case_id = \(seen.record.id) AND g.until IS NULL AND g.added_as IS NULL
        ORDER BY g.id LIMIT \(most)
        """
    }

    /// Those added by address: the same row whether or not the address belongs to somebody (B5).
    private static func byEmail(_ seen: SeenCase) -> SQL {
        """
        \(invitations(seen, "email")) WHERE i.case_id = \(seen.record.id) AND i.ended_at IS NULL ORDER BY i.id LIMIT \(most)
        """
    }

    private static func declined(_ seen: SeenCase, since: Instant) -> SQL {
        """
        \(invitations(seen, "declined")) WHERE i.case_id = \(seen.record.id) AND i.state = 'declined' AND i.answered_at > \(since)
        ORDER BY i.answered_at LIMIT \(most)
        """
    }

    private static func invitations(_ seen: SeenCase, _ what: SQL) -> SQL {
        """
        SELECT '\(what)' AS what, i.id, i.contact_id, i.contact_type, i.created_at AS since, \(isMine(seen, "i.contact_id")) AS is_mine,
            c.kind, c.company_name, c.first_name, c.last_name, 0 AS may_view, 0 AS may_act, 0 AS may_bill,
            0 AS may_request_inspection, i.typed, i.folded, i.expires_at, i.state, i.rights, i.answered_at,
            NULL AS public_id, NULL AS person, CAST(NULL AS BIGINT) AS survivor, 0 AS findable
        FROM case_invitation i LEFT JOIN contact c ON c.id = i.contact_id
        """
    }

    /// Whether the visitor is that contact, or answers for it: who may act for a company may take it off a case (B7).
    private static func isMine(_ seen: SeenCase, _ contact: SQL) -> SQL {
        guard let account = seen.principal.account else { return "0" }
        return """
            CASE WHEN EXISTS (
                SELECT 1 FROM contact_link m WHERE m.account_id = \(account) AND m.contact_id = \(contact) AND m.until IS NULL
            ) OR EXISTS (
                SELECT 1 FROM membership m WHERE m.account_id = \(account) AND m.organization_id = \(contact)
                    AND m.role IN ('owner', 'manager') AND m.until IS NULL
            ) THEN 1 ELSE 0 END
            """
    }

    private static func party(named row: Row) throws -> Party {
        let kind: Contact.Kind = try row["kind"]
        let contact: ContactID = try row["contact_id"]
        return Party(
            key: .grant(try row["id"]), contact: contact, survivor: try row["survivor"], records: [contact],
            label: try Contact.name(row: row), isCompany: kind == .company,
            type: try row["contact_type"], rights: try rights(row), since: try row["since"], invitationEnds: nil, answer: .none,
            isMine: try row["is_mine"], behind: nil)
    }

    private static func party(byEmail row: Row, _ seen: SeenCase, showsEmail: Bool) throws -> Party {
        let (type, email, isMine): (String, FoldedEmail, Bool) = (try row["contact_type"], try row["folded"], try row["is_mine"])
        let contact: ContactID? = try row["contact_id"]
        let rights = Rights(stored: try row["rights"]) ?? seen.pack.contactType(type)?.rights ?? .view
        let answered: Instant? = try row["answered_at"]
        let isDeclined = try row["state"] == "declined"
        return Party(
            key: .email(try row["id"]), contact: contact, survivor: nil,
            label: showsEmail || isMine ? try row["typed"] : email.masked,
            isCompany: false, type: type, rights: rights, since: try row["since"], invitationEnds: try row["expires_at"],
            answer: answered.map { isDeclined ? .declined($0) : .accepted($0) } ?? .none, isMine: isMine && !isDeclined,
            behind: seen.audience == .staff && contact != nil ? try Contact.name(row: row) : nil)
    }

    /// Names that stand on the case, for sentences about who did something.
    static func namedContacts(on id: CaseID, _ conn: Connection) throws -> [ContactID: String] {
        var names: [ContactID: String] = [:]
        let rows = try conn.rows(
            """
            SELECT DISTINCT g.contact_id, \(Contact.face)
            FROM case_grant g
                LEFT JOIN contact_cluster k ON k.contact_id = g.contact_id
                JOIN contact c ON c.id = COALESCE(k.survivor_id, g.contact_id)
            WHERE g.case_id = \(id) AND g.until IS NULL AND g.added_as IS NULL LIMIT \(most)
            """)
        for row in rows { names[try row["contact_id"]] = try Contact.name(row: row) }
        return names
    }

    static func rights(_ row: Row) throws(DatabaseError) -> Rights {
        var rights: Rights = []
        if try row["may_view"] { rights.insert(.view) }
        if try row["may_act"] { rights.insert(.act) }
        if try row["may_bill"] { rights.insert(.bill) }
        if try row["may_request_inspection"] { rights.insert(.requestInspection) }
        return rights
    }
}
