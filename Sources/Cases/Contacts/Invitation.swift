internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// An invitation to a case, as its secret link finds it.
struct Invitation: Sendable {
    enum State: Sendable, Hashable {
        /// Can be answered.
        case open
        case accepted(Instant)
        case declined(Instant)
        /// Nobody answered in time.
        case over
    }

    let id: Int64
    let caseID: CaseID
    let email: TypedAddress
    /// Key of the contact type.
    let type: String
    /// nil: those of the type.
    let rights: Rights?
    let expires: Instant
    /// Who was found behind the address.
    let contact: ContactID?
    /// The company for which somebody invited.
    let organization: String?
    let state: State

    /// - Returns: nil for a link that never was, was replaced by a newer one, or whose invitation was taken back.
    static func find(_ presented: String, at now: Instant, _ conn: Connection) throws -> Invitation? {
        guard let token = SecretToken(presented: presented) else { return nil }
        return try one(where: "i.token_hash = \(token.hash)", at: now, conn)
    }

    /// The one of a row on the Contacts tab.
    static func find(_ id: Int64, on caseID: CaseID, at now: Instant, _ conn: Connection) throws -> Invitation? {
        try one(where: "i.id = \(id) AND i.case_id = \(caseID)", at: now, conn)
    }

    private static func one(where condition: SQL, at now: Instant, _ conn: Connection) throws -> Invitation? {
        let row = try conn.row(
            """
            SELECT i.id, i.case_id, i.typed, i.folded, i.contact_type, i.rights, i.state, i.expires_at, i.answered_at, i.ended_at,
                   i.contact_id, c.company_name
            FROM case_invitation i LEFT JOIN contact c ON c.id = i.on_behalf_of
            WHERE \(condition) AND i.state <> 'withdrawn'
            """)
        return try row.map { try Invitation(row: $0, at: now) }
    }

    private init(row: Row, at now: Instant) throws(DatabaseError) {
        id = try row["id"]
        caseID = try row["case_id"]
        email = TypedAddress(typed: try row["typed"], folded: try row["folded"])
        type = try row["contact_type"]
        rights = Rights(stored: try row["rights"])
        expires = try row["expires_at"]
        contact = try row["contact_id"]
        let company: String? = try row["company_name"]
        organization = company.flatMap { $0.isEmpty ? nil : $0 }
        let (answered, ended): (Instant?, Instant?) = (try row["answered_at"], try row["ended_at"])
        let stored: String = try row["state"]
        state =
            if let answered { stored == "declined" ? .declined(answered) : .accepted(answered) } else if let ended {
                // By showing their name, before answers were kept.
                .accepted(ended)
            } else {
                // Who is on the case already can say no at any time.
                expires > now || stored == "accepted" ? .open : .over
            }
    }

    /// Whether the account has proven exactly this address.
    func belongs(to account: AccountID, _ conn: Connection) throws -> Bool {
        try Account.find(email: email.folded, conn)?.id == account
    }
}
