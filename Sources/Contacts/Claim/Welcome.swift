internal import Core
internal import Database
internal import Primitives

/// What somebody is told when their account is ready (C1).
enum Welcome {
    static func phrase(for account: AccountID, _ conn: Connection) throws -> Phrase {
        let row = try conn.row(
            """
            SELECT e.decision, e.has_undecided, c.company_name, c.kind
            FROM email_claim e LEFT JOIN contact c ON c.id = e.contact_id
            WHERE e.account_id = \(account) ORDER BY e.id DESC LIMIT 1
            """)
        guard let row, let decision = ClaimDecision.Outcome.Name(rawValue: try row["decision"]) else {
            return Phrase("contacts.welcome.ready")
        }
        let (undecided, company): (Bool, String?) = (try row["has_undecided"], try row["company_name"])
        let name = company ?? ""
        switch decision {
        case .firstOwner where undecided:
            return Phrase("contacts.welcome.firstOwnerAndChecking", ["company": .text(name)])
        case .firstOwner: return Phrase("contacts.welcome.firstOwner", ["company": .text(name)])
        case .linkPerson: return Phrase("contacts.welcome.found")
        case .joinRequest: return Phrase("contacts.welcome.asked", ["company": .text(name)])
        case .undecided: return Phrase("contacts.welcome.checking")
        case .nothing where !name.isEmpty: return Phrase("contacts.welcome.newCompany", ["company": .text(name)])
        case .nothing, .alreadyYours: return Phrase("contacts.welcome.ready")
        }
    }
}
