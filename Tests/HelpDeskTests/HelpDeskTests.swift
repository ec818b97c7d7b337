import Core
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct HelpPageTests {
    @Test func `the help page has the phone lines, the hours and the office`() async throws {
        let city = try await TestCity.make()
        let office = city.context.pack.city
        let page = await city.browser().get("/help")
        #expect(page.text.contains("<h1>Help and contacts</h1>"))
        for words in [office.phone, office.inspectionLine, office.email, office.hours.english] + office.address {
            #expect(page.text.contains(words), "\(words)")
        }
        for link in ["/guide", "/access-request", "/guide/old-portal"] { #expect(page.text.contains("href=\"\(link)\"")) }
    }
}

@Suite struct DeskTests {
    @Test func `the desk shows the queue with its count and its oldest`() async throws {
        let city = try await TestCity.make()
        #expect(await (try await city.desk()).get("/staff/desk").text.contains("Nothing waiting"))
        try await city.asks(city.browser(), about: "12 Pearl St", email: "a@example.org")
        city.clock.advance(.days(2))
        try await city.asks(city.browser(), about: "14 Pearl St", email: "b@example.org")
        let page = await (try await city.desk(email: "second@city.example")).get("/staff/desk")
        #expect(page.text.contains("<h1>Desk</h1>"))
        #expect(page.text.contains(">Access requests</a>"))
        #expect(page.text.contains("2 wait") && page.text.contains("2 days"))
    }

    @Test func `the queue is oldest first, and the answered ones have their own list`() async throws {
        let city = try await TestCity.make()
        for place in ["12 Pearl St", "14 Pearl St"] {
            try await city.asks(city.browser(), about: place, email: "a@example.org")
        }
        let desk = try await city.desk()
        let open = await desk.get("/staff/desk/access-requests").text
        let first = try #require(open.range(of: "AR-00001"))
        let second = try #require(open.range(of: "AR-00002"))
        #expect(first.lowerBound < second.lowerBound)
        await desk.post("/staff/desk/access-requests/AR-00001/decline", ["reason": "We need more.", "seen": "0"])
        let answered = await desk.get("/staff/desk/access-requests?show=answered").text
        #expect(answered.contains("AR-00001") && !answered.contains("AR-00002"))
        #expect(!(await desk.get("/staff/desk/access-requests").text.contains(">AR-00001</a>")))
    }

    @Test func `a long queue comes in pages`() async throws {
        let city = try await TestCity.make()
        try await city.write { change in
            for index in 1...30 {
                guard let email = FoldedEmail("a\(index)@example.org") else { continue }
                var new = NewTicket(
                    email: .init(typed: email.description, folded: email), name: "", language: .english)
                new.caseText = "\(index) Pearl St"
                _ = try TicketWriter(change).receive(new)
            }
        }
        let desk = try await city.desk()
        let first = await desk.get("/staff/desk/access-requests").text
        #expect(first.contains("AR-00025") && !first.contains("AR-00026") && first.contains("1–25 of 30"))
        let second = await desk.get("/staff/desk/access-requests?page=2").text
        #expect(second.contains("AR-00026") && second.contains("AR-00030") && !second.contains("AR-00025"))
    }

    @Test func `a request that is late is marked`() async throws {
        let city = try await TestCity.make()
        try await city.asks(city.browser(), about: "12 Pearl St", email: "a@example.org")
        let desk = try await city.desk()
        #expect(!(await desk.get("/staff/desk/access-requests").text.contains("Was due")))
        city.clock.advance(.days(7))
        let later = try await city.desk(email: "second@city.example")
        #expect(await later.get("/staff/desk/access-requests").text.contains("Was due"))
    }

    @Test(arguments: [StaffRole.intake, .reviewer, .inspector, .cashier, .codeOfficer])
    func `K2 a role without the right sees neither the queue nor a request`(role: StaffRole) async throws {
        let city = try await TestCity.make()
        let contact = try await city.person("Pat", "Quimby")
        let number = try await city.asks(city.browser(), about: "12 Pearl St", email: "a@example.org", name: "Pat Quimby")
        let desk = try await city.desk(role)
        let page = await desk.get("/staff/desk")
        #expect(page.status == 200 && !page.text.contains("Access requests"))
        #expect(await desk.get("/staff/desk/access-requests").status == 403)
        #expect(await desk.get("/staff/desk/access-requests/\(number)").status == 404)
        #expect(await city.links(desk, number, to: contact).status == 403)
        #expect(await desk.post("/staff/desk/access-requests/\(number)/decline", ["reason": "No", "seen": "0"]).status == 404)
        #expect(try await city.request(number).state == .waiting)
    }

    @Test func `K2 the public does not reach the desk`() async throws {
        let city = try await TestCity.make()
        let number = try await city.asks(city.browser(), about: "12 Pearl St", email: "a@example.org")
        let visitor = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        for path in ["/staff/desk", "/staff/desk/access-requests", "/staff/desk/access-requests/\(number)"] {
            #expect(await visitor.get(path).status == 403)
            #expect(await city.browser().get(path).location?.hasPrefix("/staff/sign-in") == true)
        }
    }
}
