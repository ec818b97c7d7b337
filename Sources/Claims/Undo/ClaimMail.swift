internal import Contacts
internal import Core
internal import Database
internal import Mail
internal import Primitives

/// A claim is told to every address on file: of the record and of every other record of the same
/// person or company, of everybody on the case, of the account itself. Each mail has a link of
/// its own by which the claim is taken back.
enum ClaimMail {
    /// So many addresses are told; the largest cases have some thirty parties.
    private static let most = 100

    static let effects: [Effect] = [
        Effect(on: .claimMade) { fact, change in
            guard let id = fact.number("claim"), let claim = try Claim.find(id, change.conn) else { return }
            for address in try addresses(of: claim, change.conn).prefix(most) { try tell(address, claim, change) }
        },
        // Who is taken off a case or out of an organization hears it from there.
        Effect(on: .claimUndone) { fact, change in
            guard let id = fact.number("claim"), let claim = try Claim.find(id, change.conn), claim.gave == .link,
                let person = try ContactPeople.person(claim.account, change.conn)
            else { return }
            let t = change.city.voice(person.language)
            let city = change.city.pack.city
            try Outbox.queue(
                Letter(
                    to: person.email.typed, language: person.language, subject: t("claims.mail.undone.subject"),
                    paragraphs: [
                        t("claims.mail.undone.text", ["name": .text(claim.contactName)]),
                        t("claims.mail.undone.next", ["phone": .text(city.phone)]),
                    ],
                    closing: t("claims.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)])),
                at: change.now, change.conn)
        },
    ]

    struct Address {
        let typed: String
        let folded: FoldedEmail
        let language: Language
    }

    /// Everybody's once: those of people with an account, in their language, and those on the records.
    static func addresses(of claim: Claim, _ conn: Connection) throws -> [Address] {
        let contacts: SQL =
            if let id = claim.caseID {
                "SELECT contact_id FROM case_grant WHERE case_id = \(id) AND until IS NULL"
            } else {
                // Another record of the same person may be the one whose address is still read.
                """
                SELECT k.contact_id FROM contact_cluster k
                WHERE k.survivor_id = (SELECT o.survivor_id FROM contact_cluster o WHERE o.contact_id = \(claim.contact))
                """
            }
        let own = try ContactPeople.person(claim.account, conn)?.language ?? .english
        let people = try conn.rows(
            """
            SELECT e.typed, e.folded, a.language FROM account_email e JOIN account a ON a.id = e.account_id
            WHERE e.until IS NULL AND a.closed_at IS NULL AND e.account_id IN (
                SELECT CAST(\(claim.account) AS BIGINT)
                UNION SELECT l.account_id FROM contact_link l WHERE l.until IS NULL AND l.contact_id IN (\(contacts))
                UNION SELECT m.account_id FROM membership m
                WHERE m.until IS NULL AND m.role = 'owner' AND m.organization_id IN (\(contacts)))
            ORDER BY e.id
            """
        ).map { Address(typed: try $0["typed"], folded: try $0["folded"], language: try $0["language"]) }
        let records = try conn.rows(
            """
            SELECT e.typed, e.folded FROM contact_email e
            WHERE e.until IS NULL AND e.contact_id IN (\(contacts)) ORDER BY e.id
            """
        ).map { Address(typed: try $0["typed"], folded: try $0["folded"], language: own) }
        var seen: Set<FoldedEmail> = []
        return (people + records).filter { seen.insert($0.folded).inserted }
    }

    /// The link's secret is born here, in the mail that carries it.
    private static func tell(_ address: Address, _ claim: Claim, _ change: Change) throws {
        let token = SecretToken(randomness: change.city.randomness)
        let expires = change.now + Claim.reversible
        try change.conn.run(
            """
            INSERT INTO claim_notice (claim_id, token_hash, folded, created_at, expires_at)
            VALUES (\(claim.id), \(token.hash), \(address.folded), \(change.now), \(expires))
            """)
        let t = change.city.voice(address.language)
        let city = change.city.pack.city
        let day = change.city.cityClock.date(of: change.city.cityClock.shown(expires))
        try Outbox.queue(
            Letter(
                to: address.typed, language: address.language,
                subject: t("claims.mail.made.subject", ["about": .text(claim.about)]),
                paragraphs: [
                    claim.sentence(t), t("claims.mail.made.shown", ["shown": .text(t(claim.shown))]),
                    t("claims.mail.made.wrong", ["date": .date(day)]),
                ],
                button: .init(title: t("claims.wrong.button"), url: change.city.url(ClaimAddresses.wrong(token.text))),
                closing: t("claims.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)])),
            at: change.now, change.conn)
    }
}
