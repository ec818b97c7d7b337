import Contacts
import Core
import Mail
import Primitives
import TestSupport
import Testing

@testable import Cases

extension ContactsTabTests {
    /// A contractor who may act on an electrical permit, at the permit's contacts.
    struct Scene: Sendable {
        let city: TestCity
        let contractor: Browser
        let account: AccountID
        let id: CaseID
        let number: String
        var contacts: String { "/cases/\(number)/contacts" }

        static func make(status: String = "issued") async throws -> Scene {
            let city = try await TestCity.make()
            let company = try await city.company(email: "office@northfork.example")
            let id = try await city.aCase(status: status)
            try await city.grant(company, on: id, as: "contractor-electrical")
            let contractor = city.browser()
            let account = try await city.account("Jordan", "Avery", email: "office@northfork.example")
            try await contractor.signIn(account)
            return Scene(city: city, contractor: contractor, account: account, id: id, number: try await city.number(of: id))
        }

        /// Sessions do not live that long: the contractor signs in again.
        func days(_ count: Int64) async throws {
            city.clock.advance(.days(count))
            try await contractor.signIn(account)
        }

        func publicID(_ contact: ContactID) async throws -> String {
            try await city.read { try Contact.find(contact, $0)?.publicID.description } ?? ""
        }

        func add(_ contact: ContactID, as type: String = "contact", once: String? = nil) async throws -> Browser.Answer {
            await contractor.post("\(contacts)/add", ["contact": try await publicID(contact), "as": type], once: once)
        }

        func addEmail(_ email: String, as type: String = "contact", once: String? = nil) async -> Browser.Answer {
            await contractor.post("\(contacts)/add-email", ["email": email, "as": type], once: once)
        }

        func liveGrants() async throws -> Int {
            try await city.read { try $0.value("SELECT COUNT(*) FROM case_grant WHERE case_id = \(id) AND until IS NULL") } ?? 0
        }

        func mails(to email: String) async throws -> [Outbox.Kept] {
            try await city.read { try Outbox.newest(50, $0) }.filter { $0.to == email }
        }

        /// The rows of the table of people, one text each.
        func rows(_ browser: Browser? = nil) async -> [String] {
            let page = await (browser ?? contractor).get(contacts).text
            return page.matches(of: /<tr>(.*?)<\/tr>/.dotMatchesNewlines()).map { String($0.output.1) }.filter {
                $0.contains("scope=\"row\"")
            }
            .map { $0.replacing(/name="(once|party)" value="[^"]*"/, with: "") }
        }

        func key(ofRowWith text: String) async -> String {
            let page = await contractor.get(contacts).text
            let row = page.matches(of: /<tr>(.*?)<\/tr>/.dotMatchesNewlines()).map { String($0.output.1) }.first {
                $0.contains(text)
            }
            return row.flatMap { $0.firstMatch(of: /name="party" value="([^"]*)"/) }.map { String($0.output.1) } ?? ""
        }
    }
}
