internal import Accounts
public import Core
internal import Database
public import Primitives

extension ContactWriter {
    /// The person contact that the account acts as, made from what the account says when there is none.
    /// - Parameters:
    ///   - address: a proven address of the account that the new contact gets; nil for none.
    ///   - how: how the account came to a new contact, with the evidence for the audit.
    /// - Returns: nil when there is no such account.
    @discardableResult
    public func ownContact(
        of account: AccountID, address: FoldedEmail? = nil, how: How, evidence: String
    ) throws -> ContactID? {
        if let own = try ContactPeople.personContact(of: account, change.conn) { return own }
        guard let person = try Account.find(account, change.conn) else { return nil }
        var new = NewContact(.person)
        new.firstName = person.firstName
        new.lastName = person.lastName
        if !person.phone.isEmpty { new.phones = [.init(kind: "mobile", typed: person.phone)] }
        if let address {
            let typed = try Account.emails(of: account, change.conn).first { $0.folded == address }?.typed
            new.emails = [.init(typed ?? address.description)]
        }
        let contact = try create(new)
        try link(account, to: contact, how: how, evidence: evidence)
        return contact
    }
}
