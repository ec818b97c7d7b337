internal import Accounts
internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// Somebody showed what only whoever a record is about has: the rules of C1 say what follows. What cannot be decided goes to the
/// stewards' queue, filled in.
struct RecordClaim {
    let change: Change
    /// Where the person finds what waits for a steward.
    let requests: Link

    /// - Parameters:
    ///   - caseID: the case of the paper, where it has one.
    ///   - key: names the evidence.
    ///   - shown: what was shown, in words.
    ///   - evidence: how we know, as a short sentence for the audit.
    func take(
        _ contact: ContactID, on caseID: CaseID? = nil, by key: String, shown: Phrase, evidence: String, for account: AccountID,
        _ language: Language
    ) throws -> Visit.Outcome {
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        let names: [String: WordArgument] = ["name": .text(name)]
        let records = ClaimRecords(change)
        let doubt = try doubt(contact, caseID, account)
        switch try ContactClaim(change).take(contact, for: account, evidence: evidence, doubt: doubt) {
        case .alreadyYours: return .init(CaseAddresses.dashboard(), say: Phrase("claims.already", names))
        case .linked:
            try records.make(.link, by: key, shown: shown, for: account, contact: contact)
            return .init(CaseAddresses.dashboard(), say: Phrase("claims.connected", names))
        case .owner:
            try records.make(.owner, by: key, shown: shown, for: account, contact: contact)
            return .init(CaseAddresses.dashboard(), say: Phrase("claims.owner", names))
        case .asked: return .init(CaseAddresses.dashboard(), say: Phrase("claims.asked", names))
        case .undecided(let reason):
            let label = change.city.voice(language)(shown)
            try leave(reason, contact: contact, shown: shown, name: label, to: account, language)
            return .init(requests, say: Phrase("claims.undecided"))
        }
    }

    /// Why paper is not enough here: somebody's claim to the record was taken back lately, so that its paper is in wrong hands; or the
    /// portal shows the bills of the case to whoever claims, those of other parties too.
    private func doubt(_ contact: ContactID, _ caseID: CaseID?, _ account: AccountID) throws -> UndecidedReason? {
        let since = change.now - Claim.remembered
        if try Claim.wasUndone(contact, since: since, change.conn) { return .takenBack }
        guard let caseID, try GrantWriter(change).couldReadBills(account, on: caseID, since: since) else { return nil }
        return .onTheCase
    }

    /// Leaves it to the stewards, with what was shown.
    /// - Parameter name: what the request is about, in a line.
    func leave(
        _ reason: UndecidedReason, contact: ContactID, shown: Phrase, name: String, to account: AccountID, _ language: Language
    ) throws {
        guard let email = try Account.emails(of: account, change.conn).first else { return }
        let t = change.city.voice(language)
        try change.record(
            NewFact(
                .claimUndecided, about: .account(account), and: [.contact(contact)],
                [
                    "email": .string(email.folded.description), "reason": .string(reason.rawValue),
                    "contacts": .array([.integer(contact.value)]), "shown": .string(name),
                    "part": .string(t("claims.part", ["shown": .text(t(shown))])),
                ]))
    }
}
