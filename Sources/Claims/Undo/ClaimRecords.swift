internal import Accounts
internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Keeps what was claimed, and takes it back.
struct ClaimRecords {
    private let change: Change
    init(_ change: Change) { self.change = change }

    /// What was given has just begun, in this transaction.
    func make(
        _ gave: Claim.Gave, by evidence: String, shown: Phrase, for account: AccountID, contact: ContactID,
        on id: CaseID? = nil, grant: Int64? = nil, code: Int64? = nil
    ) throws {
        let claim = try change.conn.insert(
            """
            INSERT INTO claim (public_id, account_id, evidence, shown, gave, contact_id, case_id, grant_id, code_id, since,
                               ended_by, ended_why)
            VALUES (\(change.publicID()), \(account), \(evidence), \(shown.stored), \(gave), \(contact), \(id), \(grant),
                    \(code), \(change.now), '', '')
            RETURNING id
            """)
        let person = try Account.find(account, change.conn)?.name ?? ""
        try change.record(
            NewFact(
                .claimMade, about: id.map(Subject.case) ?? .contact(contact), and: [.account(account)],
                arguments(claim, evidence, shown, person)))
    }

    /// Ends what began with the claim, with everybody and everything that came in by it. Does nothing when it has ended already.
    /// - Parameter why: the reason that staff gave; empty for somebody with the link of a mail.
    @discardableResult
    func undo(_ claim: Claim, why: String) throws -> Bool {
        let isStaff = change.principal.isStaff
        let ended = try change.conn.run(
            """
            UPDATE claim SET until = \(change.now), ended_by = \(change.principal.actor), ended_why = \(why)
            WHERE id = \(claim.id) AND until IS NULL
            """)
        guard ended > 0 else { return false }
        let reason = why.isEmpty ? "an address on file said that it is wrong" : why
        let grants = GrantWriter(change)
        switch claim.gave {
        case .grant:
            if let grant = claim.grant { try grants.end(grant) }
            guard let id = claim.caseID else { break }
            // The card is in wrong hands: its code would let the next account in.
            if let code = claim.code { _ = try CardCode.withdraw(code, of: id, change) }
            try grants.takeBack(from: [claim.account], since: claim.since, on: id)
        case .link, .owner:
            let gone = try ContactClaim(change).undo(claim.contact, of: claim.account, since: claim.since, why: reason)
            try grants.takeBack(from: gone, since: claim.since, onCasesOf: claim.contact)
        }
        var arguments = arguments(claim.id, claim.evidence, claim.shown, claim.person)
        arguments["by"] = .string(isStaff ? "staff" : "link")
        try change.record(
            NewFact(
                .claimUndone, about: claim.caseID.map(Subject.case) ?? .contact(claim.contact), and: [.account(claim.account)],
                arguments, why: why.isEmpty ? nil : why))
        return true
    }

    private func arguments(_ claim: Int64, _ evidence: String, _ shown: Phrase, _ person: String) -> [String: JSON] {
        [
            "claim": .integer(claim), "evidence": .string(evidence), "person": .string(person),
            "shown": .string(change.city.voice(.english)(shown)),
            "shownInSpanish": .string(change.city.voice(.spanish)(shown)),
        ]
    }
}
