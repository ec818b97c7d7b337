internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// C1, run once per account and address in the transaction that proves the address.
struct ClaimWriter {
    static let reaction = Reaction(on: .emailProven) { fact, change in
        guard fact.subject.kind == .account, let email = FoldedEmail(fact.text("email")) else { return }
        try ClaimWriter(change, AccountID(fact.subject.id), email).run(company: tidied(fact.text("company")))
    }

    private let change: Change
    private let account: AccountID
    private let email: FoldedEmail
    private var contacts: ContactWriter { ContactWriter(change) }

    private init(_ change: Change, _ account: AccountID, _ email: FoldedEmail) {
        self.change = change
        self.account = account
        self.email = email
    }

    private func run(company: String) throws {
        guard try takeTurn() else { return }
        let evidence = try ClaimEvidence(email, for: account, change.conn)
        let decision = ClaimDecision.decide(evidence.candidates, isShared: evidence.isShared)
        let owned = try carryOut(decision.outcome, evidence)
        try makeOwnContact(ownAddress: evidence.isEmpty)
        // A company among the contacts is the company meant, also while a steward or an owner decides; what was typed is not a second one.
        let typed = company.isEmpty || evidence.hasCompany ? nil : try makeCompany(company)
        try keep(decision, owned, typed)
    }

    /// The first one to come decides; a second proof of the same address changes nothing.
    private func takeTurn() throws -> Bool {
        try change.conn.run(
            """
            INSERT INTO email_claim (account_id, folded, decision, contact_id, has_undecided, decided_at)
            VALUES (\(account), \(email), 'nothing', NULL, 0, \(change.now))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    /// - Returns: the records that the account is an owner of now.
    private func carryOut(_ outcome: ClaimDecision.Outcome, _ evidence: ClaimEvidence) throws -> [ContactID] {
        let proof = "proved \(email), which is on the record"
        switch outcome {
        case .nothing, .alreadyYours, .undecided: break
        case .linkPerson(let person):
            for contact in evidence.carriers(of: person) {
                try contacts.link(account, to: contact, how: .registration, evidence: proof)
            }
        case .firstOwner(let organization):
            return try evidence.carriers(of: organization).filter { contact in
                try contacts.join(account, organization: contact, as: .owner, evidence: proof)
            }
        case .joinRequest(let organization):
            for contact in evidence.carriers(of: organization) where try Membership.hasOwner(contact, change.conn) {
                try contacts.askToJoin(account, organization: contact)
            }
        }
        return []
    }

    /// Somebody whom no record was found for becomes a record of their own, so that a grant has somebody to go to. It gets the
    /// address only when no other contact has it: an address that is a company's, or one of several records that a steward looks
    /// at, stays exactly where it was, so that a later proof of it is decided from the same records.
    private func makeOwnContact(ownAddress: Bool) throws {
        try contacts.ownContact(
            of: account, address: ownAddress ? email : nil, how: .registration, evidence: "registered with \(email)")
    }

    /// The company somebody typed: a new record. Nothing that the city has is given away for a name.
    private func makeCompany(_ name: String) throws -> ContactID {
        var new = NewContact(.company)
        new.companyName = name
        let contact = try contacts.create(new)
        try contacts.join(account, organization: contact, as: .owner, evidence: "named this company when registering")
        return contact
    }

    private func keep(_ decision: ClaimDecision, _ owned: [ContactID], _ typedCompany: ContactID?) throws {
        let found = decision.outcome.contact
        try change.conn.run(
            """
            UPDATE email_claim SET decision = \(decision.outcome.name.rawValue), contact_id = \(found ?? typedCompany),
                                   has_undecided = \(!decision.undecided.isEmpty)
            WHERE account_id = \(account) AND folded = \(email)
            """)
        var arguments: [String: JSON] = [
            "email": .string(email.description), "decision": .string(decision.outcome.name.rawValue),
        ]
        if let found {
            arguments["contact"] = .integer(found.value)
            arguments["name"] = .string(try Contact.find(found, change.conn)?.name ?? "")
        }
        if !owned.isEmpty { arguments["owned"] = .array(owned.map { .integer($0.value) }) }
        let concerned = ([found].compactMap(\.self) + owned).map(Subject.contact)
        try change.record(NewFact(.claimDecided, about: .account(account), and: concerned, arguments))
        if let reason = decision.reason {
            try change.record(
                NewFact(
                    .claimUndecided, about: .account(account), and: decision.undecided.map(Subject.contact),
                    [
                        "email": .string(email.description), "reason": .string(reason.rawValue),
                        "contacts": .array(decision.undecided.map { .integer($0.value) }),
                    ]))
        }
    }
}
