import Accounts
import Contacts
import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

// What the tests of the help desk do again and again.
extension TestCity {
    /// Sends the form as this browser; answers the number.
    @discardableResult
    func asks(_ browser: Browser, about place: String, part: String = "I own the house", email: String? = nil, name: String = "")
        async throws -> String
    {
        var fields = ["case": place, "part": part]
        if let email { fields["email"] = email }
        if !name.isEmpty { fields["name"] = name }
        let answer = await browser.post("/access-request", fields)
        #expect(answer.status == 303)
        let number: String? = try await read { try $0.value("SELECT number FROM access_request ORDER BY id DESC LIMIT 1") }
        return try #require(number)
    }

    /// Somebody at the desk with this role.
    func desk(_ role: StaffRole = .contactSteward, email: String = "steward@city.example") async throws -> Browser {
        let browser = browser()
        try await browser.signIn(try await staff(role, email: email), staff: true)
        return browser
    }

    func visitor(_ account: AccountID) async throws -> Browser {
        let browser = browser()
        try await browser.signIn(account)
        return browser
    }

    func request(_ number: String) async throws -> Ticket {
        try #require(try await read { try Ticket.find(number: number, $0) })
    }

    func mails(to address: String) async throws -> [Outbox.Kept] {
        try await read { try Outbox.newest(100, $0).filter { $0.to == address } }
    }

    /// The numbers of the cases this account is on.
    func cases(of account: AccountID) async throws -> [String] {
        let visible = context.access.visible("case.party-view", to: .account(account, actingFor: nil), alias: "c")
        return try await read { conn in
            try conn.rows("SELECT c.number FROM case_record c WHERE \(visible) ORDER BY c.id").map { try $0["number"] }
        }
    }

    /// One click on "Link NAME".
    @discardableResult
    func links(_ steward: Browser, _ number: String, to contact: ContactID, seen: Int = 0) async -> Browser.Answer {
        await steward.post(
            "/staff/desk/access-requests/\(number)/link", ["contact": contact.description, "seen": String(seen)])
    }

    func suggestions(_ number: String) async throws -> [Suggestion] {
        try await read { [context] conn in
            try AnswerPage.model(number, as: .staff(AccountID(1), roles: [.contactSteward]), context, conn).suggestions
        }
    }
}
