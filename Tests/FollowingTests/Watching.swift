import Core
import Database
import Mail
import Primitives
import TestSupport

@testable import Following

// What tests of following share.
extension TestCity {
    /// A browser of a new account, and the account.
    func somebody(_ email: String, language: Language = .english) async throws -> (Browser, AccountID) {
        let account = try await self.account("Nia", "Okafor", email: email, language: language)
        let browser = self.browser(language: language)
        try await browser.signIn(account)
        return (browser, account)
    }

    func hide(_ id: CaseID, _ isHidden: Bool = true) async throws {
        try await write { change in
            try change.conn.run("UPDATE case_record SET confidential = \(isHidden) WHERE id = \(id)")
        }
    }

    /// The newest first.
    func mails(to address: String) async throws -> [Outbox.Kept] {
        try await read { try Outbox.newest(100, $0).filter { $0.to == address } }
    }

    func count(_ statement: SQL) async throws -> Int { try await read { try $0.value(statement) } ?? -1 }

    func kinds(of account: AccountID) async throws -> [String] {
        try await read { conn in
            try conn.rows("SELECT kind FROM fact WHERE subject = \("account:\(account)") ORDER BY id").map { try $0["kind"] }
        }
    }
}

extension Browser.Answer {
    func has(_ part: String) -> Bool { text.contains(part) }
    /// The case numbers linked in the list, in order.
    var numbers: [String] { text.matches(of: /<a href="\/cases\/([A-Z]+[0-9]{4}-[0-9]+)">/).map { String($0.1) } }
    /// The part between the two, of the first place that has both.
    func between(_ start: String, _ end: String) -> String? {
        guard let from = text.range(of: start), let to = text[from.upperBound...].range(of: end) else { return nil }
        return String(text[from.upperBound..<to.lowerBound])
    }
}
