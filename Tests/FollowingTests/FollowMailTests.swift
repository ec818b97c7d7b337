import Accounts
import Cases
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Following

/// Whoever follows a case is told when its status changes (C5, K7).
@Suite struct FollowMailTests {
    private func city(_ followers: String...) async throws -> (TestCity, CaseID, [Browser]) {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2026-00001")
        try await city.grant(city.person("Rosa", "Quimby"), on: id, as: "property-owner")
        var browsers: [Browser] = []
        for email in followers {
            let (browser, _) = try await city.somebody(email)
            await browser.post("/cases/ELE2026-00001/follow")
            browsers.append(browser)
        }
        return (city, id, browsers)
    }

    private func changes(_ status: String, of id: CaseID, _ city: TestCity) async throws {
        try await city.write { try CaseWriter($0).setStatus(status, of: id) }
        try await city.context.worker().runDue()
    }

    @Test("C5 A change of status is told by one email with the public words of the case, in the reader's language")
    func told() async throws {
        let (city, id, _) = try await city("nia@example.org")
        let (ana, _) = try await city.somebody("ana@example.org", language: .spanish)
        await ana.post("/cases/ELE2026-00001/follow")
        try await changes("closed", of: id, city)
        try await city.context.worker().runDue()
        let mails = try await city.mails(to: "nia@example.org")
        #expect(mails.count == 1)
        let mail = try #require(mails.first)
        #expect(mail.subject == "New status of ELE2026-00001: Closed")
        #expect(mail.text.contains("The status changed from Issued to Closed."))
        #expect(mail.text.contains("\(Browser.origin)/cases/ELE2026-00001"))
        #expect(!mail.text.contains("Quimby"))
        let spanish = try #require(try await city.mails(to: "ana@example.org").first)
        #expect(spanish.subject.hasPrefix("Nuevo estado de ELE2026-00001:"))
        #expect(spanish.text.contains("Dejar de recibir estos mensajes"))
    }

    @Test("C5 Nobody is told who stopped, switched it off, or closed the account, nor by an import")
    func notTold() async throws {
        let (city, id, browsers) = try await city("stopped@example.org", "off@example.org", "closed@example.org")
        await browsers[0].post("/cases/ELE2026-00001/stop-following")
        await browsers[1].post("/account/mail", ["cases": "yes", "requests": "yes", "reminders": "yes"])
        #expect(await browsers[1].get("/account/activity").has("Email about followed cases was switched off."))
        let account = try #require(
            try await city.read { try $0.value("SELECT account_id FROM case_follow ORDER BY id DESC LIMIT 1") as AccountID? })
        try await city.write { change in
            try change.conn.run("UPDATE account SET closed_at = \(change.now) WHERE id = \(account)")
        }
        try await changes("closed", of: id, city)
        let (nia, _) = try await city.somebody("nia@example.org")
        await nia.post("/cases/ELE2026-00001/follow")
        try await city.write(origin: .imported) { try CaseWriter($0).setStatus("issued", of: id) }
        try await city.context.worker().runDue()
        for email in ["stopped@example.org", "off@example.org", "closed@example.org", "nia@example.org"] {
            #expect(try await city.mails(to: email).isEmpty, "\(email)")
        }
    }

    @Test("C5 A status that changed again before anybody was told is told once, as it is now")
    func quickChanges() async throws {
        let (city, id, _) = try await city("nia@example.org")
        try await city.write { try CaseWriter($0).setStatus("closed", of: id) }
        try await city.write { try CaseWriter($0).setStatus("void", of: id) }
        try await city.context.worker().runDue()
        #expect(try await city.mails(to: "nia@example.org").map(\.subject) == ["New status of ELE2026-00001: Void"])
    }

    @Test("C5 However many follow, everybody is told once, a part of them at a time")
    func many() async throws {
        let (city, id, _) = try await city()
        try await city.write { change in
            for number in 1...(FollowMail.batch + 3) {
                let email = "follower\(number)@example.org"
                guard let folded = FoldedEmail(email) else { continue }
                let account = try AccountWriter(change).create(
                    firstName: "Nia", lastName: "Okafor", phone: "", email: TypedAddress(typed: email, folded: folded),
                    language: .english, passwordHash: nil, provesEmail: false)
                try FollowWriter(change, for: account).begin(id)
            }
        }
        try await changes("closed", of: id, city)
        #expect(try await city.count("SELECT COUNT(*) FROM mail") == FollowMail.batch + 3)
        #expect(try await city.count("SELECT COUNT(DISTINCT recipient) FROM mail") == FollowMail.batch + 3)
    }

    @Test("C5 K7 The link in the email ends such emails without a sign-in, for that account alone; looking changes nothing")
    func stopLink() async throws {
        let (city, id, browsers) = try await city("nia@example.org", "eve@example.org")
        try await changes("closed", of: id, city)
        let text = try #require(try await city.mails(to: "nia@example.org").first?.text)
        let token = try #require(text.firstMatch(of: /\/following\/stop-emails\/([a-z2-7]{32})/)?.output.1)
        let link = "/following/stop-emails/\(token)"
        let stranger = city.browser()
        for _ in 0..<2 {
            let page = await stranger.get(link)
            #expect(page.status == 200 && page.has("Stop these emails"))
            #expect(!page.has("ELE2026-00001") && !page.has("nia@example.org") && !page.has("Okafor"))
        }
        #expect(try await city.count("SELECT COUNT(*) FROM mail_choice") == 0)
        let done = await stranger.follow(await stranger.post(link))
        #expect(done.has("We no longer write to you about the cases you follow."))
        await stranger.post(link)
        try await changes("issued", of: id, city)
        #expect(try await city.mails(to: "nia@example.org").count == 1)
        #expect(try await city.mails(to: "eve@example.org").count == 2)
        #expect(await browsers[0].get("/account/following").numbers == ["ELE2026-00001"], "It is still followed.")
        #expect(await browsers[0].get("/account/activity").has("Email about followed cases was switched off."))

        #expect(await stranger.get("/following/stop-emails/\(String(repeating: "a", count: 32))").status == 410)
        #expect(await stranger.get("/following/stop-emails/short").status == 410)
        city.clock.advance(.days(366))
        #expect(await stranger.get(link).status == 410)
        try await city.write { try StopMail.tidy(at: $0.now, $0.conn) }
        #expect(try await city.count("SELECT COUNT(*) FROM following_stop") == 0)
    }

    @Test("C5 One account gets so many of these emails a day and no more; the list has the rest")
    func daily() async throws {
        let (city, id, browsers) = try await city("nia@example.org")
        for number in 0..<52 { try await changes(number.isMultiple(of: 2) ? "closed" : "issued", of: id, city) }
        #expect(try await city.mails(to: "nia@example.org").count == 50)
        #expect(await browsers[0].get("/account/following").numbers == ["ELE2026-00001"])
    }
}
