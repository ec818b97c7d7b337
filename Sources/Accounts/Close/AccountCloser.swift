internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives

/// Ends an account for good (A7). What the city has on record stays; whoever registers with the same address later is somebody new,
/// and C1 decides again.
struct AccountCloser {
    let change: Change

    func close(_ id: AccountID) throws {
        guard let (account, emails) = try Account.withEmails(id, change.conn) else { throw NotFound() }
        for email in emails { try Outbox.queue(farewell(account, email), at: change.now, change.conn) }
        // First the addresses: whatever else ends with the account is not mailed to somebody who has just said goodbye.
        try change.conn.run(
            "UPDATE account_email SET until = \(change.now), is_primary = 0 WHERE account_id = \(id) AND until IS NULL")
        for email in emails { try EmailToken.endAll(for: email.folded, change) }
        try EmailAddition.endAll(of: id, change)
        // The name can still be read: features end what is theirs, and say whose it was.
        try change.record(NewFact(.accountClosed, about: .account(id), ["name": .string(account.name)]))
        try Sessions.endAll(of: id, change)
        // Nothing is kept that once opened the account.
        try change.conn.run(
            "UPDATE credential SET until = \(change.now), secret = '' WHERE account_id = \(id) AND until IS NULL")
        try DirectoryIdentity.endAll(of: id, change)
        try change.conn.run("DELETE FROM factor_offer WHERE account_id = \(id)")
        try change.conn.run("DELETE FROM known_browser WHERE account_id = \(id)")
        try change.conn.run(
            "UPDATE factor_removal SET until = \(change.now), outcome = 'closed' WHERE account_id = \(id) AND until IS NULL")
        try change.conn.run("UPDATE account SET closed_at = \(change.now) WHERE id = \(id)")
    }

    private func farewell(_ account: Account, _ email: TypedAddress) -> Letter {
        let t = change.city.voice(account.language)
        return Letter(
            to: email.typed, language: account.language, subject: t("accounts.mail.closed.subject"),
            paragraphs: [
                t("accounts.mail.closed.what"), t("accounts.mail.closed.stays"), t("accounts.mail.closed.again"),
                t("accounts.mail.closed.notYou", ["phone": .text(change.city.pack.city.phone)]),
            ],
            button: .init(title: t("accounts.register.title"), url: change.city.url(AccountAddresses.register())),
            closing: accountLetterClosing(change.city, t))
    }
}
