import Accounts
import Contacts
import Core
import Database
import Primitives
import TestSupport

/// What the tests of this module ask a city.
extension TestCity {
    /// Whether the account sees the case as a party.
    func sees(_ account: AccountID, _ id: CaseID) async throws -> Bool {
        try await read { try context.access.may("case.party-view", .account(account, actingFor: nil), on: id.value, $0) }
    }

    func welcome(_ account: AccountID) async throws -> String {
        let phrase = try await read { try ContactsFeature.welcome(account, $0) }
        return context.voice(.english)(phrase)
    }

    func role(_ account: AccountID, in organization: ContactID) async throws -> Membership.Role? {
        try await read { try Membership.find(account, in: organization, $0)?.role }
    }

    /// The facts of that kind about the account or contact, newest first.
    func facts(_ kind: FactKind, about subject: Subject) async throws -> [Fact] {
        try await read { try FactLog.timeline(of: subject, limit: 100, $0).filter { $0.kind == kind } }
    }

    /// The subjects of the mails to an address, newest first.
    func mails(to address: String) async throws -> [(subject: String, text: String, link: String?)] {
        let rows = try await read {
            try $0.rows("SELECT subject, text, link FROM mail WHERE recipient = \(address) ORDER BY id DESC")
        }
        return try rows.map { (try $0["subject"], try $0["text"], try $0["link"]) }
    }

    func publicID(of account: AccountID) async throws -> String {
        try await read { try $0.value("SELECT public_id FROM account WHERE id = \(account)") } ?? ""
    }

    func publicID(of contact: ContactID) async throws -> String {
        try await read { try Contact.find(contact, $0)?.publicID.description } ?? ""
    }

    func page(of organization: ContactID) async throws -> String {
        "/account/organization/\(try await publicID(of: organization))"
    }

    /// The address is proven once more.
    func proves(_ account: AccountID, _ email: String, company: String = "") async throws {
        _ = try await write { change in
            try change.conn.run(
                """
                INSERT INTO account_email (account_id, typed, folded, proven_at)
                VALUES (\(account), \(email), \(email), \(change.now)) ON CONFLICT DO NOTHING
                """)
            try change.record(
                NewFact(.emailProven, about: .account(account), ["email": .string(email), "company": .string(company)]))
        }
    }
}
