internal import Core
internal import Database
internal import Mail
internal import Primitives

/// When an organization gets its first owner by a proven address, the other addresses on file are told and can object (C1 b).
struct OwnershipNotice: Sendable {
    static let lifetime = Span.days(30)

    let id: Int64
    /// The record that has the address.
    let organization: ContactID
    /// All records that the account became an owner of by that proof, this one first: of a company that was merged there may be several.
    let owned: [ContactID]
    let organizationName: String
    let account: AccountID
    let accountName: String
    let email: FoldedEmail
    let createdAt: Instant
    let hasObjected: Bool

    /// What the link of such a mail is about; nil for one that never was or is over.
    static func find(_ token: SecretToken, at now: Instant, _ conn: Connection) throws -> OwnershipNotice? {
        try conn.row(
            """
            SELECT n.id, n.organization_id, c.company_name, n.account_id, a.first_name, a.last_name, n.folded, n.created_at,
                   n.objected_at, n.owned
            FROM ownership_notice n
            JOIN contact c ON c.id = n.organization_id
            JOIN account a ON a.id = n.account_id
            WHERE n.token_hash = \(token.hash) AND n.expires_at > \(now)
            """
        ).map { row in
            let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
            let objected: Instant? = try row["objected_at"]
            let organization: ContactID = try row["organization_id"]
            let owned = JSON(parsing: try row["owned"])?.array?.compactMap(\.integer).map { ContactID($0) } ?? []
            return OwnershipNotice(
                id: try row["id"], organization: organization, owned: [organization] + owned.filter { $0 != organization },
                organizationName: try row["company_name"],
                account: try row["account_id"], accountName: "\(first) \(last)".trimmed, email: try row["folded"],
                createdAt: try row["created_at"], hasObjected: objected != nil)
        }
    }

    /// The mails, each with a link of its own. The link's secret is born here, in the mail that carries it. Of a company that was merged,
    /// those are told who stand on the records that are the owner's now.
    static let effect = Effect(on: .claimDecided) { fact, change in
        guard fact.text("decision") == ClaimDecision.Outcome.Name.firstOwner.rawValue,
            let owned = fact.arguments["owned"]?.array?.compactMap(\.integer),
            let owner = try ContactPeople.person(AccountID(fact.subject.id), change.conn)
        else { return }
        let proven = FoldedEmail(fact.text("email"))
        let list = JSON.array(owned.map(JSON.integer)).description
        var told: Set<FoldedEmail> = []
        for organization in owned.map({ ContactID($0) }) {
            let name = try Contact.find(organization, change.conn)?.name ?? fact.text("name")
            for email in try ContactDetails.find(organization, change.conn).emails where email.address.folded != proven {
                guard told.insert(email.address.folded).inserted else { continue }
                let token = SecretToken(randomness: change.city.randomness)
                try change.conn.run(
                    """
                    INSERT INTO ownership_notice (token_hash, organization_id, account_id, folded, created_at, expires_at, owned)
                    VALUES (\(token.hash), \(organization), \(owner.account), \(email.address.folded), \(change.now),
                            \(change.now + lifetime), \(list))
                    """)
                let link = ContactAddresses.objection(token.text)
                try Outbox.queue(
                    letter(to: email.address.typed, owner, name, change.city.url(link), change), at: change.now, change.conn)
            }
        }
    }

    private static func letter(
        to address: String, _ owner: ContactPeople.Person, _ company: String, _ url: String, _ change: Change
    ) -> Letter {
        let t = change.city.voice(owner.language)
        let names: [String: WordArgument] = ["company": .text(company), "name": .text(owner.name)]
        return Letter(
            to: address, language: owner.language, subject: t("contacts.mail.firstOwner.subject", names),
            paragraphs: [t("contacts.mail.firstOwner.text", names), t("contacts.mail.firstOwner.object")],
            button: .init(title: t("contacts.mail.firstOwner.button"), url: url),
            closing: t("contacts.mail.closing", ["city": .text(change.city.pack.city.name)]))
    }
}
