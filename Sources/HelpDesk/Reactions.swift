internal import Accounts
internal import Contacts
internal import Core
internal import Primitives

/// What C1 could not decide goes to the stewards, as a request of that account.
enum ClaimUndecided {
    static let reaction = Reaction(on: .claimUndecided) { fact, change in
        guard fact.subject.kind == .account else { return }
        let account = AccountID(fact.subject.id)
        guard let person = try Account.find(account, change.conn) else { return }
        let proven = try Account.emails(of: account, change.conn)
        let email = FoldedEmail(fact.text("email"))
        guard let address = proven.first(where: { $0.folded == email }) ?? proven.first else { return }
        // What was shown instead of an address (C2).
        let shown = fact.text("shown")
        let asksAlready = try change.conn.exists(
            """
            SELECT 1 FROM access_request
            WHERE account_id = \(account) AND folded = \(address.folded) AND kind = 'claim-undecided' AND state = 'waiting'
              AND case_text = \(shown) LIMIT 1
            """)
        guard !asksAlready else { return }
        var new = NewTicket(
            account: account, email: address, name: person.name, phone: person.phone, language: person.language)
        new.kind = .claimUndecided
        new.contacts = fact.arguments["contacts"]?.array?.compactMap(\.integer).map { ContactID($0) } ?? []
        new.reason = fact.text("reason")
        new.caseText = shown
        new.partText = fact.text("part")
        _ = try TicketWriter(change).receive(new)
    }
}

/// Somebody at another address of a company says that its first owner should not be one (C1 b).
enum Objection {
    static let reaction = Reaction(on: .ownershipObjected) { fact, change in
        guard fact.subject.kind == .contact, let account = fact.number("account"), let email = FoldedEmail(fact.text("email"))
        else { return }
        var new = NewTicket(
            email: TypedAddress(typed: email.description, folded: email), name: "",
            language: try Account.find(email: email, change.conn)?.language ?? .english)
        new.kind = .objection
        new.caseText = "\(fact.text("name")): \(fact.text("person"))"
        // Of a company that was merged, every record that the proof opened.
        let owned = fact.arguments["contacts"]?.array?.compactMap(\.integer) ?? [fact.subject.id]
        new.contacts = owned.map { ContactID($0) }
        new.objectedAccount = AccountID(account)
        let received = try TicketWriter(change).receive(new)
        try TicketMail.receipt(toGuest: received, change)
    }
}

/// A decision made for a guest takes effect when the email is proven, and not before.
enum Proof {
    static let reaction = Reaction(on: .emailProven) { fact, change in
        guard fact.subject.kind == .account, let email = FoldedEmail(fact.text("email")) else { return }
        try TicketWriter(change).proven(email, by: AccountID(fact.subject.id))
    }
}
