import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

@testable import Accounts

/// A password that the rules take.
let goodPassword = "four sandstone arches at noon"

extension TestCity {
    func mails(to address: String) async throws -> [Outbox.Kept] {
        try await read { try Outbox.newest(100, $0).filter { $0.to == address } }
    }

    /// The link of the newest mail to that address.
    func link(to address: String) async throws -> String { try #require(try await mails(to: address).first?.link) }

    func found(_ email: String) async throws -> Account? {
        let folded = try #require(FoldedEmail(email))
        return try await read { try Account.find(email: folded, $0) }
    }

    func count(_ sql: SQL) async throws -> Int { try await read { try $0.value(sql) } ?? 0 }

    /// From the empty form to the page "Finish your account".
    func confirms(_ browser: Browser, _ email: String) async throws {
        await browser.post("/register", ["email": email])
        let link = try await link(to: email)
        let answer = await browser.post("/register/confirm", ["token": token(in: link)])
        #expect(answer.location == "/register/finish")
    }

    @discardableResult
    func registers(_ browser: Browser, _ email: String, password: String = goodPassword, more: [String: String] = [:])
        async throws
        -> Browser.Answer
    {
        try await confirms(browser, email)
        return await browser.post("/register/finish", answers(password: password).merging(more) { $1 })
    }
}

func token(in link: String) -> String { link.split(separator: "=").last.map(String.init) ?? "" }

func answers(password: String = goodPassword) -> [String: String] {
    ["first_name": "Jordan", "last_name": "Avery", "phone": "303-555-0142", "language": "en", "password": password]
}

func signIn(_ email: String, _ password: String) -> [String: String] { ["email": email, "password": password] }

extension Browser.Answer {
    /// The page without what differs from one showing to the next: once-keys and the address somebody typed.
    func comparable(_ email: String) -> String {
        text.replacing(email, with: "EMAIL").replacing(/[a-z2-7]{32}/, with: "TOKEN")
    }
    func has(_ words: String) -> Bool { text.contains(words) }
}
