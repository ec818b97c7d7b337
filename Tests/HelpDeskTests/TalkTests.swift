import Contacts
import Core
import Mail
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct TalkTests {
    @Test func `I1 the desk writes, the guest answers on the page, and the ticket waits for the city again`() async throws {
        let city = try await TestCity.make()
        let number = try await city.asks(
            city.browser(), about: "1195 Bear Mountain Dr", email: "guest@example.org", name: "Gil Guest")
        let link = try #require(try await city.mails(to: "guest@example.org").first?.link)
        let desk = try await city.desk()
        let page = await desk.follow(await desk.post("/staff/desk/access-requests/\(number)/reply", ["reply": "Which unit?"]))
        #expect(page.text.contains("Which unit?") && page.text.contains("Waits for them"))

        let mail = try #require(try await city.mails(to: "guest@example.org").first)
        #expect(mail.text.contains("Which unit?") && mail.text.contains("Sam Steward, help desk"))
        #expect(!mail.text.contains(link), "a secret is not sent twice")
        let guest = city.browser()
        let status = await guest.get(link)
        #expect(status.text.contains("We are waiting for you") && status.text.contains("Which unit?"))
        #expect(await desk.get("/staff/desk/access-requests").text.contains("No requests are waiting"))
        #expect(await desk.get("/staff/desk/access-requests?show=theirs").text.contains(number))

        let said = await guest.follow(await guest.post("\(link)/say", ["text": "Unit 4 <b>please</b>"]))
        #expect(said.text.contains("Unit 4 &lt;b&gt;please&lt;/b&gt;") && said.text.contains("Request received"))
        #expect(await desk.get("/staff/desk/access-requests").text.contains(number))
        #expect(try await city.request(number).turn == .city)
    }

    @Test func `I1 a note is for staff and never reaches whoever asked`() async throws {
        let city = try await TestCity.make()
        let asker = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        let number = try await city.asks(asker, about: "ELE2026-00001")
        let mails = try await city.mails(to: "pat@example.org").count
        let desk = try await city.desk()
        await desk.post("/staff/desk/access-requests/\(number)/note", ["note": "Called, canary-note"])
        #expect(await desk.get("/staff/desk/access-requests/\(number)").text.contains("canary-note"))
        #expect(!(await asker.get("/account/requests/\(number)").text.contains("canary-note")))
        #expect(try await city.mails(to: "pat@example.org").count == mails)
        #expect(try await city.request(number).turn == .city)
    }

    @Test func `I1 a form sent twice says it once`() async throws {
        let city = try await TestCity.make()
        let number = try await city.asks(city.browser(), about: "somewhere", email: "guest@example.org")
        let desk = try await city.desk()
        for _ in 1...2 { await desk.post("/staff/desk/access-requests/\(number)/reply", ["reply": "Hello"], once: "same") }
        #expect(try await city.read { try $0.value("SELECT COUNT(*) FROM ticket_message", as: Int.self) } == 1)
        #expect(try await city.mails(to: "guest@example.org").filter { $0.text.contains("Hello") }.count == 1)
    }

    @Test func `I1 a ready-made answer fills the reply in the asker's language`() async throws {
        let city = try await TestCity.make()
        let guest = city.browser(language: .spanish)
        let number = try await city.asks(guest, about: "somewhere", email: "guest@example.org", name: "Gil Guest")
        let macro = try #require(await city.context.pack.macros(for: city.request(number)).first)
        let page = try await city.desk().get("/staff/desk/access-requests/\(number)?macro=\(macro.key)")
        let text = macro.text(name: "Gil Guest", number: number, phone: city.context.pack.city.phone).spanish
        #expect(page.text.contains(HTMLText.escaped(text)))
    }

    @Test func `I1 a ticket is taken, given to a colleague, and put back`() async throws {
        let city = try await TestCity.make()
        let number = try await city.asks(city.browser(), about: "somewhere", email: "guest@example.org")
        let desk = try await city.desk()
        let me = try #require(try await city.read { try $0.value("SELECT account_id FROM staff_role", as: Int64.self) })
        let colleague = try await city.staff(.supervisor, email: "super@city.example")
        let cashier = try await city.staff(.cashier, email: "cash@city.example")
        let address = "/staff/desk/access-requests/\(number)/assign"
        await desk.post(address, ["to": String(me)])
        #expect(await desk.get("/staff/desk/access-requests?show=mine").text.contains(number))
        await desk.post(address, ["to": colleague.description])
        #expect(try await city.request(number).assignedTo == colleague)
        #expect(await desk.post(address, ["to": cashier.description]).status == 409, "a cashier does not work on this queue")
        await desk.post(address, ["to": ""])
        #expect(try await city.request(number).assignedTo == nil)
        let history = await desk.get("/staff/desk/access-requests/\(number)").text
        #expect(history.contains("put the request back"))
    }

    @Test func `C3 place in line counts only those that wait for the city in the same queue`() async throws {
        let city = try await TestCity.make()
        let first = try await city.asks(city.browser(), about: "one", email: "one@example.org")
        let second = try await city.asks(city.browser(), about: "two", email: "two@example.org")
        await city.asksQuestion(city.browser(), email: "three@example.org")
        #expect(try await city.place(second) == 2)
        try await city.desk().post("/staff/desk/access-requests/\(first)/reply", ["reply": "Which one?"])
        #expect(try await city.place(second) == 1)
        #expect(try await city.place(first) == 0)
        #expect(try await city.place("HD-00001") == 1)
    }

    @Test func `nobody else reads or writes on somebody's ticket`() async throws {
        let city = try await TestCity.make()
        let owner = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        let number = try await city.asks(owner, about: "ELE2026-00001")
        let other = try await city.visitor(try await city.account("Lee", "Moss", email: "lee@example.org"))
        #expect(await other.post("/account/requests/\(number)/say", ["text": "mine"]).status == 404)
        let cashier = try await city.desk(.cashier, email: "cash@city.example")
        #expect(await cashier.get("/staff/desk/access-requests/\(number)").status == 404)
        for action in ["reply", "note", "assign", "close", "decline"] {
            let answer = await cashier.post(
                "/staff/desk/access-requests/\(number)/\(action)",
                ["reply": "x", "note": "x", "to": "", "seen": "0", "reason": "x"])
            #expect(answer.status == 404, "\(action)")
        }
        #expect(try await city.read { try $0.value("SELECT COUNT(*) FROM ticket_message", as: Int.self) } == 0)
    }
}

/// Text as it stands on a page.
enum HTMLText {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;").replacing(
            "'", with: "&#39;")
    }
}

extension TestCity {
    func place(_ number: String) async throws -> Int {
        try await read { try Ticket.find(number: number, $0)?.placeInQueue($0) ?? -1 }
    }

    /// Sends the form of the first topic that is a question.
    @discardableResult
    func asksQuestion(
        _ browser: Browser, about: String = "ELE2026-00001", text: String = "Where is the inspector?", email: String? = nil
    ) async -> Browser.Answer {
        let topic = context.pack.topic(.question)?.key ?? ""
        var fields = ["about": about, "text": text]
        if let email { fields["email"] = email }
        return await browser.post("/help/ask/\(topic)", fields)
    }
}
