public import Contacts
public import Core
internal import Database
internal import Primitives

extension FactKind {
    /// A case of an organization was chosen for one of its members (B3). In the organization's chain, referring to the member: others on
    /// the case do not learn who works there. Arguments: `name`, `account`, `person`, `number`.
    static let caseChosen: FactKind = "contact.case-chosen"
    /// It is no longer. Arguments: as `caseChosen`.
    static let caseUnchosen: FactKind = "contact.case-unchosen"
}

/// The cases that are open to a member of an organization who sees chosen ones (B3). What is chosen is the organization's own part in
/// the case: when that ends, so does what the member sees.
public struct Associates {
    let change: Change
    public init(_ change: Change) { self.change = change }

    /// Ticks and unticks: of the cases on the page, these are chosen and the others are not. A number that is no case of the
    /// organization counts for nothing.
    /// - Parameters:
    ///   - shown: numbers of the cases on the page.
    ///   - name: of the person, for the log.
    public func choose(_ chosen: Set<String>, of shown: [String], for member: Membership, called name: String) throws {
        let membership = member.id
        let grants = try change.conn.rows(
            """
            SELECT g.id, c.number,
                CASE WHEN EXISTS (
                    SELECT 1 FROM case_associate a WHERE a.membership_id = \(membership) AND a.grant_id = g.id AND a.until IS NULL
                ) THEN 1 ELSE 0 END AS is_chosen
            FROM case_record c JOIN case_grant g ON g.case_id = c.id AND g.until IS NULL
            WHERE c.number IN \(list: shown) AND g.contact_id = \(member.organization) ORDER BY g.id
            """)
        var told: Set<String> = []
        for grant in grants {
            let (id, number, isChosen): (Int64, String, Bool) = (try grant["id"], try grant["number"], try grant["is_chosen"])
            guard isChosen != chosen.contains(number) else { continue }
            if isChosen {
                try change.conn.run(
                    """
                    UPDATE case_associate SET until = \(change.now)
                    WHERE membership_id = \(membership) AND grant_id = \(id) AND until IS NULL
                    """)
            } else {
                try change.conn.run(
                    """
                    INSERT INTO case_associate (membership_id, grant_id, added_by, since)
                    VALUES (\(membership), \(id), \(change.principal.actor), \(change.now))
                    """)
            }
            // The organization may have two parts in one case.
            if told.insert(number).inserted { try record(isChosen ? .caseUnchosen : .caseChosen, number, member, name) }
        }
    }

    private func record(_ kind: FactKind, _ number: String, _ member: Membership, _ name: String) throws {
        try change.record(
            NewFact(
                kind, about: .contact(member.organization), and: [.account(member.account)],
                [
                    "name": .string(member.organizationName), "account": .integer(member.account.value),
                    "person": .string(name), "number": .string(number),
                ]))
    }

    /// When a membership ends, what was chosen for it ends.
    static let endWithMembership = Reaction(on: .memberLeft, .memberRoleChanged, .memberScopeChanged) { fact, change in
        guard let account = fact.number("account") else { return }
        try change.conn.run(
            """
            UPDATE case_associate SET until = \(change.now)
            WHERE until IS NULL AND membership_id IN (
                SELECT id FROM membership
                WHERE organization_id = \(fact.subject.id) AND account_id = \(account) AND until IS NOT NULL)
            """)
    }

    static let tellings: [FactTelling] = [
        FactTelling(.caseChosen, for: .party) { Phrase("cases.told.chosen", words($0)) },
        FactTelling(.caseUnchosen, for: .party) { Phrase("cases.told.unchosen", words($0)) },
    ]

    /// Not which case: the sentence stays in the member's own history when the case is no longer theirs to know.
    private static func words(_ fact: Fact) -> [String: WordArgument] {
        ["name": .text(fact.text("name")), "person": .text(fact.text("person"))]
    }
}
