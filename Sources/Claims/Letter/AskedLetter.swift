internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Jobs
internal import Mail
internal import Primitives

/// Whether there is a record for a letter that was asked for. A job looks, so that neither the page nor its time tells (A2).
enum AskedLetter {
    static let kind: JobKind = "claims.asked-letter"

    /// What somebody names a record by.
    struct Named: Sendable {
        let license: String
        let name: String
        let street: String
        let zip: String
    }

    /// Takes the asking in: the same work for every record, known or not.
    static func keep(_ named: Named, for account: AccountID, _ change: Change) throws {
        let id = try change.conn.insert(
            """
            INSERT INTO mailed_code (public_id, account_id, license, name, street, zip, state, recipient, address, tries, requested_at)
            VALUES (\(change.publicID()), \(account), \(named.license), \(named.name), \(named.street), \(named.zip),
                    \(MailedCode.State.asked), '', '', 0, \(change.now))
            RETURNING id
            """)
        try change.record(NewFact(.letterAsked, about: .account(account)))
        try JobQueue.add(NewJob(kind, ["letter": .integer(id)]), at: change.now, change.conn)
    }

    static let job = CityJob(kind) { run, city in
        guard let id = run.payload["letter"]?.integer else { return }
        try await city.write(as: .job("claims")) { change in
            try look(id, change)
            try run.finish(change.conn)
        }
    }

    private static func look(_ id: Int64, _ change: Change) throws {
        let conn = change.conn
        guard
            let row = try conn.row(
                "SELECT account_id, license, name, street, zip FROM mailed_code WHERE id = \(id) AND state = 'asked'")
        else { return }
        let account: AccountID = try row["account_id"]
        let named = Named(license: try row["license"], name: try row["name"], street: try row["street"], zip: try row["zip"])
        guard let (contact, address) = try record(named, for: account, conn), try mayHaveLetter(contact.id, account, change)
        else {
            try conn.run("UPDATE mailed_code SET state = 'nothing' WHERE id = \(id)")
            return
        }
        try conn.run(
            """
            UPDATE mailed_code SET state = 'waiting', contact_id = \(contact.id), recipient = \(contact.name), address = \(address)
            WHERE id = \(id)
            """)
        try tell(contact, account, change)
    }

    // MARK: The record

    /// The live contact that this names, with its address; nil for none, and for several people or companies. Of records that were
    /// found to be the same one it is the first with an address that is not the account's already.
    static func record(
        _ named: Named, for account: AccountID, _ conn: Connection
    ) throws -> (contact: Contact, address: String)? {
        let found = try named.license.isEmpty ? byName(named, conn) : byLicense(named.license, conn)
        guard try Set(found.map { try Contact.survivor(of: $0.id, conn) }).count == 1 else { return nil }
        for contact in found.sorted(by: { $0.id < $1.id }) where try !isOwn(contact.id, account, conn) {
            if let address = try address(of: contact.id, conn) { return (contact, address) }
        }
        return nil
    }

    private static func byLicense(_ number: String, _ conn: Connection) throws -> [Contact] {
        try conn.rows(
            """
            SELECT DISTINCT \(Contact.columns) FROM case_record r
            JOIN case_grant g ON g.case_id = r.id AND g.until IS NULL AND g.added_as IS NULL
            JOIN contact c ON c.id = g.contact_id
            WHERE r.number IN (\(number), \(number.uppercased())) AND r.module = \(CaseModule.license.rawValue)
              AND r.confidential = 0 AND r.submitted = 1 AND g.contact_type = 'license-holder' AND c.until IS NULL
            """
        ).map(Contact.init)
    }

    private static func byName(_ named: Named, _ conn: Connection) throws -> [Contact] {
        let street = foldedForSearch("\(named.street) \(named.zip.prefix(5))")
        let there = try conn.rows(
            """
            SELECT DISTINCT \(Contact.columns) FROM contact_address e JOIN contact c ON c.id = e.contact_id
            WHERE e.search_street = \(street) AND e.until IS NULL AND c.until IS NULL
            """
        ).map(Contact.init)
        let wanted = words(named.name)
        return there.filter { words($0.name) == wanted }
    }

    /// A name in any order: first name or last name first.
    private static func words(_ name: String) -> [String] {
        foldedForSearch(name).split(separator: " ").map(String.init).sorted()
    }

    /// In lines, as it stands in the window of an envelope.
    private static func address(of contact: ContactID, _ conn: Connection) throws -> String? {
        let row = try conn.row(
            """
            SELECT street, unit, city, state, zip FROM contact_address
            WHERE contact_id = \(contact) AND until IS NULL AND street <> ''
            ORDER BY CASE WHEN kind = 'mailing' THEN 0 ELSE 1 END, id LIMIT 1
            """)
        return try row.map { row in
            let (street, unit, city): (String, String, String) = (try row["street"], try row["unit"], try row["city"])
            let (state, zip): (String, String) = (try row["state"], try row["zip"])
            let place = [city, [state, zip].filter { !$0.isEmpty }.joined(separator: " ")].filter { !$0.isEmpty }
            return [street, unit, place.joined(separator: ", ")].filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    private static func isOwn(_ contact: ContactID, _ account: AccountID, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM contact_link WHERE account_id = \(account) AND contact_id = \(contact) AND until IS NULL
            UNION ALL
            SELECT 1 FROM membership WHERE account_id = \(account) AND organization_id = \(contact) AND until IS NULL
            """)
    }

    /// Not more than a few a year, so that nobody has their mailbox filled. They are counted for each account too: a stranger who asks
    /// leaves enough for whoever the record is about.
    private static func mayHaveLetter(_ contact: ContactID, _ account: AccountID, _ change: Change) throws -> Bool {
        let records = try Cluster.members(of: contact, change.conn).map(\.value)
        let lately: SQL = """
            SELECT COUNT(*) FROM mailed_code
            WHERE contact_id IN \(list: records) AND requested_at > \(change.now - MailedCode.year)
            """
        let (all, own): (Int, Int) = (
            try change.conn.value(lately) ?? 0, try change.conn.value("\(lately) AND account_id = \(account)") ?? 0
        )
        return all < MailedCode.mostLetters && own < MailedCode.mostForAccount
    }

    // MARK: Telling

    /// Everybody at an address on file hears of the letter before it comes, also at those of other records of the same one.
    private static func tell(_ contact: Contact, _ account: AccountID, _ change: Change) throws {
        let t = change.city.voice(try ContactPeople.person(account, change.conn)?.language ?? .english)
        let city = change.city.pack.city
        var told: Set<FoldedEmail> = []
        let emails = try Cluster.members(of: contact.id, change.conn).flatMap { try ContactDetails.find($0, change.conn).emails }
        for email in emails where told.insert(email.address.folded).inserted {
            try Outbox.queue(
                Letter(
                    to: email.address.typed, language: t.language, subject: t("claims.mail.letter.subject"),
                    paragraphs: [
                        t("claims.mail.letter.text", ["name": .text(contact.name)]),
                        t("claims.mail.letter.wrong", ["phone": .text(city.phone)]),
                    ],
                    closing: t("claims.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)])),
                at: change.now, change.conn)
        }
    }
}
