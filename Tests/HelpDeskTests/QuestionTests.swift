import Core
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct QuestionTests {
    @Test func `I1 every topic of the pack leads to its form`() async throws {
        let city = try await TestCity.make()
        let guest = city.browser()
        let page = await guest.get("/help/ask?about=ELE2026-00001").text
        for topic in city.context.pack.topics {
            #expect(page.contains(HTMLText.escaped(topic.name.english)))
            let link = TopicsPage.link(topic, about: "ELE2026-00001").description
            #expect(page.contains("href=\"\(link)\""), "\(link)")
            let form = await guest.follow(await guest.get(link))
            #expect(form.status == 200, "\(link)")
        }
        #expect(await guest.get("/help/ask/nonsense").status == 404)
    }

    @Test func `I1 a guest asks, the desk answers and closes, and the guest's new message opens it again`() async throws {
        let city = try await TestCity.make()
        let guest = city.browser()
        let received = await guest.follow(await city.asksQuestion(guest, email: "guest@example.org"))
        #expect(received.text.contains("Request received") && received.text.contains("HD-00001"))
        let link = try #require(try await city.mails(to: "guest@example.org").first?.link)

        let intake = try await city.desk(.intake, email: "intake@city.example")
        #expect(await intake.get("/staff/desk").text.contains("Questions and corrections"))
        #expect(await intake.get("/staff/desk/questions").text.contains("HD-00001"))
        let page = await intake.get("/staff/desk/access-requests/HD-00001").text
        #expect(page.contains("Where is the inspector?") && !page.contains("Suggested contacts"))
        await intake.post("/staff/desk/access-requests/HD-00001/reply", ["reply": "On the way."])
        await intake.post("/staff/desk/access-requests/HD-00001/close", ["seen": "0"])
        #expect(try await city.request("HD-00001").state == .ended)
        #expect(await guest.get(link).text.contains("The help desk closed this request"))

        await guest.post("\(link)/say", ["text": "Nobody came"])
        let again = try await city.request("HD-00001")
        #expect(again.state == .waiting && again.turn == .city && again.revision == 2)
    }

    @Test func `two who close a question at once have one effect`() async throws {
        let city = try await TestCity.make()
        await city.asksQuestion(city.browser(), email: "guest@example.org")
        let desk = try await city.desk()
        #expect(await desk.post("/staff/desk/access-requests/HD-00001/close", ["seen": "0"]).status == 303)
        #expect(await desk.post("/staff/desk/access-requests/HD-00001/close", ["seen": "0"]).status == 409)
        let closed = try await city.mails(to: "guest@example.org").filter { $0.subject.contains("done") }
        #expect(closed.count == 1)
    }

    @Test func `a question without words or an address is told what is missing, and nothing is stored`() async throws {
        let city = try await TestCity.make()
        let answer = await city.asksQuestion(city.browser(), about: "", text: "", email: "")
        #expect(answer.status == 422)
        for sentence in ["Say what it is about", "Write your question"] { #expect(answer.text.contains(sentence)) }
        #expect(try await city.read { try $0.value("SELECT COUNT(*) FROM access_request", as: Int.self) } == 0)
    }

    @Test func `a steward's link and the access queue do not hold questions`() async throws {
        let city = try await TestCity.make()
        await city.asksQuestion(city.browser(), email: "guest@example.org")
        let desk = try await city.desk()
        #expect(!(await desk.get("/staff/desk/access-requests").text.contains("HD-00001")))
        let ada = try await city.person(email: "ada@example.org")
        #expect(await city.links(desk, "HD-00001", to: ada).status != 303)
        #expect(try await city.read { try $0.value("SELECT COUNT(*) FROM access_decision", as: Int.self) } == 0)
    }

    @Test func `a question that names a request is a question, not an objection`() async throws {
        let city = try await TestCity.make()
        let number = try await city.asks(city.browser(), about: "somewhere", email: "guest@example.org")
        await city.asksQuestion(city.browser(), about: number, email: "guest@example.org")
        #expect(try await city.request("HD-00001").kind == .question)
    }
}
