import Accounts
import CityPack
import Contacts
import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

@testable import Claims

/// A permit of a company and its homeowner, and somebody with an account who has no part in it.
struct ClaimScene: Sendable {
    let city: TestCity
    let id: CaseID
    let number: String
    let company: ContactID
    let claimant: AccountID
    let browser: Browser
    let staff: Browser

    static func make(statements: StatementLog? = nil, type: String? = nil) async throws -> ClaimScene {
        let city = try await TestCity.make(statements: statements)
        let company = try await city.company(
            "Northfork Builders LLC", email: "office@northfork.example", also: ["two@northfork.example"])
        let id = try await city.aCase(type: type)
        try await city.grant(company, on: id, as: "contractor-electrical")
        let claimant = try await city.account("Cleo", "Marsh", email: "cleo@example.org")
        let (browser, staff) = (city.browser(), city.browser())
        try await browser.signIn(claimant)
        try await staff.signIn(try await city.staff(.contactSteward), staff: true)
        return ClaimScene(
            city: city, id: id, number: try await city.number(of: id), company: company, claimant: claimant, browser: browser,
            staff: staff)
    }

    /// A card with a new code, as the page shows it to whoever prints it.
    func card(of number: String? = nil) async throws -> String {
        let page = "/staff/cases/\(number ?? self.number)/card"
        let answer = await staff.follow(await staff.post(page))
        return try #require(code(in: answer.text))
    }

    func code(in page: String) -> String? {
        page.firstMatch(of: /<code>([A-Z0-9-]{14})<\/code>/).map { String($0.output.1) }
    }

    @discardableResult
    func shows(_ code: String, of number: String? = nil, as browser: Browser? = nil, once: String? = nil) async -> Browser.Answer
    {
        await (browser ?? self.browser).post("/claim/card", ["case": number ?? self.number, "code": code], once: once)
    }

    /// Another person with an account, at a browser of their own.
    func another(_ first: String = "Noa", email: String = "noa@example.org") async throws -> (AccountID, Browser) {
        let account = try await city.account(first, "Other", email: email)
        let browser = city.browser()
        try await browser.signIn(account)
        return (account, browser)
    }

    /// The numbers of the cases this account is on.
    func cases(of account: AccountID? = nil) async throws -> [String] {
        let visible = city.context.access.visible(
            "case.party-view", to: .account(account ?? claimant, actingFor: nil), alias: "c")
        return try await city.read { conn in
            try conn.rows("SELECT c.number FROM case_record c WHERE \(visible) ORDER BY c.id").map { try $0["number"] }
        }
    }

    /// The path of the link in the newest mail to the address that has one to a claim.
    func link(_ email: String) async throws -> String {
        let link: String? = try await city.read {
            try $0.value(
                "SELECT link FROM mail WHERE recipient = \(email) AND link LIKE '%/claim/wrong/%' ORDER BY id DESC LIMIT 1")
        }
        return try #require(link).replacing(Browser.origin, with: "")
    }

    func mails(to email: String) async throws -> [Outbox.Kept] {
        try await city.read { try Outbox.newest(100, $0) }.filter { $0.to == email }
    }

    func kinds(_ subject: Subject) async throws -> [FactKind] {
        try await city.read { try FactLog.timeline(of: subject, limit: 100, $0) }.map(\.kind)
    }

    func invoice(
        _ number: String, of contact: ContactID?, on id: CaseID? = nil, cents: Int64 = 128_420, issued: String = "2026-05-01"
    ) async throws {
        let on = id ?? self.id
        try await city.write(origin: .imported) { change in
            try change.conn.run(
                """
                INSERT INTO invoice (number, case_id, contact_id, issued, total_cents, paid_cents, created_at)
                VALUES (\(number), \(on), \(contact), \(issued), \(cents), 0, \(change.now))
                """)
        }
    }

    @discardableResult
    func showsInvoice(_ number: String, _ amount: String, as browser: Browser? = nil) async -> Browser.Answer {
        await (browser ?? self.browser).post("/claim/invoice", ["invoice": number, "amount": amount])
    }

    /// Does the jobs that wait for letters.
    func looks() async throws { try await city.context.worker().runDue() }
}

extension Browser.Answer {
    /// What a visitor can tell answers apart by, without what is new on every page and what they typed themselves.
    func told(hiding typed: [String]) -> String {
        var text = self.text.replacing(/name="once" value="[^"]*"/, with: "")
        for one in typed { text = text.replacing("value=\"\(one)\"", with: "…") }
        return "\(status) \(location ?? "") \(text)"
    }
}

extension StatementLog {
    /// What was asked of the database since the last time. Whether a limit counts for the first time is no difference, nor is when
    /// the session is noted as seen.
    func work() -> [String] {
        take().filter { !$0.hasPrefix("UPDATE session") }.map { $0.contains("rate_limit") ? "limit" : String($0.prefix(60)) }
    }
}
