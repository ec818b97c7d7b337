import Accounts
import Contacts
import Core
import Mail
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct AnswerTests {
    /// A homeowner whom the city knows by another address, with two cases, one of which is asked about.
    private struct Story {
        let city: TestCity
        let contact: ContactID
        let account: AccountID
        let asker: Browser
        let steward: Browser
        let number: String
        let cases: [String]

        init() async throws {
            city = try await TestCity.make()
            contact = try await city.person("Pat", "Quimby", email: "old.address@example.org")
            let (first, second) = (try await city.aCase(), try await city.aCase(street: "40 Pearl St"))
            _ = try await city.aCase(street: "99 Canyon Blvd")
            for id in [first, second] { try await city.grant(contact, on: id) }
            cases = [try await city.number(of: first), try await city.number(of: second)]
            account = try await city.account("Pat", "Quimby", email: "pat@example.org")
            asker = try await city.visitor(account)
            steward = try await city.desk()
            number = try await city.asks(asker, about: cases[0])
        }
    }

    @Test func `C3 the steward sees the record with reasons that add up to the score`() async throws {
        let story = try await Story()
        let found = try await story.city.suggestions(story.number)
        let suggestion = try #require(found.first)
        #expect(suggestion.contact.id == story.contact)
        #expect(suggestion.match.reasons.count >= 2)
        #expect(suggestion.match.reasons.map(\.tenths).reduce(0, +) == suggestion.match.tenths)

        let page = await story.steward.get("/staff/desk/access-requests/\(story.number)")
        #expect(page.status == 200)
        #expect(page.text.contains("Why Pat Quimby?"))
        for reason in suggestion.match.reasons {
            #expect(page.text.contains(">\(points(reason.tenths, signed: true))<"))
        }
        #expect(page.text.contains("<strong>\(points(suggestion.match.tenths))</strong>"))
        #expect(page.text.contains(">Link Pat Quimby</button>"))
        #expect(page.text.contains(">Decline</button>"))
        #expect(page.text.contains("o••••@example.org") && !page.text.contains("old.address@example.org"))
        #expect(page.text.contains("2 cases more"))
        #expect(page.text.contains("<dt>Language</dt><dd>English</dd>"))
        for number in story.cases { #expect(page.text.contains(number)) }
    }

    @Test func `C3 linking is the next thing to do only on strong evidence, and every reason is open`() async throws {
        let story = try await Story()
        _ = try await story.city.person("Pat", "Quimby", email: "namesake@example.org")
        func links(_ number: String) async throws -> (bands: [ContactMatch.Band], primary: Int, quiet: Int, reasons: Int) {
            let page = await story.steward.get("/staff/desk/access-requests/\(number)").text
            return (
                try await story.city.suggestions(number).map(\.match.band), page.matches(of: /class="button">Link/).count,
                page.matches(of: /class="button quiet">Link/).count, page.matches(of: /<details open><summary>Why/).count
            )
        }
        // The name, and a case that the request names.
        let strong = try await links(story.number)
        #expect(strong == ([.strong, .possible], 1, 1, 2))
        // The name alone.
        let possible = try await links(try await story.city.asks(story.asker, about: "the blue house"))
        #expect(possible == ([.possible, .possible], 0, 2, 2))
    }

    @Test func `the asker's own record is never suggested`() async throws {
        let story = try await Story()
        let own = try await story.city.read { [account = story.account] in try ContactPeople.personContact(of: account, $0) }
        #expect(own != nil)
        #expect(try await story.city.suggestions(story.number).allSatisfy { $0.contact.id != own })
    }

    @Test func `C3 one click gives exactly the record's cases, and both sides are told`() async throws {
        let story = try await Story()
        #expect(try await story.city.cases(of: story.account) == [])
        let before = try await story.city.mails(to: "pat@example.org").count
        let answer = await story.city.links(story.steward, story.number, to: story.contact)
        #expect(answer.status == 303)
        #expect(try await story.city.cases(of: story.account) == story.cases)
        let request = try await story.city.request(story.number)
        #expect(request.state == .linked)
        #expect(await story.asker.get("/account/requests/\(story.number)").text.contains("You are connected"))

        let mine = try await story.city.mails(to: "pat@example.org")
        #expect(mine.count == before + 1)
        #expect(mine.first?.subject.contains(story.number) == true)
        let theirs = try await story.city.mails(to: "old.address@example.org")
        #expect(theirs.count == 1)
        #expect(theirs.first?.text.contains("Pat Quimby (p••••@example.org)") == true)
        #expect(theirs.first?.text.contains("pat@example.org") == false)
    }

    @Test func `A4 who has not shown for an hour who they are does it before somebody is connected`() async throws {
        let story = try await Story()
        story.city.clock.advance(.minutes(61))
        let answer = await story.city.links(story.steward, story.number, to: story.contact)
        #expect(answer.location == "/account/confirm-password")
        #expect(try await story.city.cases(of: story.account) == [])
    }

    @Test func `C3 the link says who made it and on what evidence`() async throws {
        let story = try await Story()
        await story.city.links(story.steward, story.number, to: story.contact)
        let facts = try await story.city.read { [contact = story.contact] in
            try FactLog.timeline(of: .contact(contact), limit: 20, $0)
        }
        let linked = try #require(facts.first { $0.kind == .contactLinked })
        #expect(linked.actor.hasPrefix("staff:"))
        #expect(linked.text("how") == "steward")
        #expect(linked.text("evidence").contains(story.number) && linked.text("evidence").contains("="))
        #expect(try await story.city.read { try Audit.verify($0).problem } == nil)
        let page = await story.steward.get("/staff/desk/access-requests/\(story.number)")
        #expect(page.text.contains("Sam Steward chose Pat Quimby"))
    }

    @Test func `two stewards at once: one effect, and the second is told`() async throws {
        let story = try await Story()
        let namesake = try await story.city.person("Pat", "Quimby", email: "namesake@example.org")
        let other = try await story.city.desk(.supervisor, email: "other@city.example")
        async let first = story.city.links(story.steward, story.number, to: story.contact)
        async let second = story.city.links(other, story.number, to: namesake)
        let statuses = await [first.status, second.status].sorted()
        #expect(statuses == [303, 409])
        let links: Int? = try await story.city.read { try $0.value("SELECT COUNT(*) FROM contact_link WHERE how = 'steward'") }
        #expect(links == 1)
        let late = await other.post(
            "/staff/desk/access-requests/\(story.number)/decline", ["reason": "No record.", "seen": "0"])
        #expect(late.status == 409)
        #expect(late.text.contains("Somebody answered this request"))
        #expect(try await story.city.mails(to: "pat@example.org").allSatisfy { !$0.text.contains("No record.") })
    }

    @Test func `the same click sent twice links once`() async throws {
        let story = try await Story()
        let fields = ["contact": story.contact.description, "seen": "0"]
        let path = "/staff/desk/access-requests/\(story.number)/link"
        #expect(await story.steward.post(path, fields, once: "one").status == 303)
        #expect(await story.steward.post(path, fields, once: "one").status == 303)
        let decisions: Int? = try await story.city.read { try $0.value("SELECT COUNT(*) FROM access_decision") }
        #expect(decisions == 1)
    }

    @Test func `a record that is not suggested cannot be linked`() async throws {
        let story = try await Story()
        let stranger = try await story.city.person("Zoe", "Unrelated", email: "zoe@example.org")
        #expect(await story.city.links(story.steward, story.number, to: stranger).status == 409)
        #expect(try await story.city.request(story.number).state == .waiting)
    }

    @Test func `C3 declining needs a reason, which the asker gets`() async throws {
        let story = try await Story()
        let path = "/staff/desk/access-requests/\(story.number)/decline"
        let empty = await story.steward.post(path, ["reason": " ", "seen": "0"])
        #expect(empty.status == 422 && empty.text.contains("href=\"#reason\""))
        #expect(try await story.city.request(story.number).state == .waiting)
        let reason = "We need a copy of the deed."
        #expect(await story.steward.post(path, ["reason": reason, "seen": "0"]).status == 303)
        #expect(try await story.city.mails(to: "pat@example.org").first?.text.contains(reason) == true)
        let told = await story.asker.get("/account/requests/\(story.number)").text
        #expect(told.contains(reason) && told.contains("<a href=\"/access-request\" class=\"button\">Ask again</a>"))
        #expect(try await story.city.cases(of: story.account) == [])
    }

    @Test func `C3 a link is undone with a reason: access ends, the request waits again, both sides are told`() async throws {
        let story = try await Story()
        await story.city.links(story.steward, story.number, to: story.contact)
        let decision: Int64? = try await story.city.read { try $0.value("SELECT id FROM access_decision") }
        let id = String(try #require(decision))
        let path = "/staff/desk/access-requests/\(story.number)/undo"
        let page = await story.steward.get("/staff/desk/access-requests/\(story.number)").text
        #expect(page.contains("<details><summary>If this link is wrong</summary>") && page.contains("Undo this link"))
        let empty = await story.steward.post(path, ["why": "", "decision": id])
        #expect(empty.status == 422 && empty.text.contains("<details open><summary>If this link is wrong</summary>"))
        #expect(try await story.city.cases(of: story.account) == story.cases)
        #expect(await story.steward.post(path, ["why": "Wrong Pat.", "decision": id]).status == 303)
        #expect(try await story.city.cases(of: story.account) == [])
        #expect(try await story.city.request(story.number).state == .waiting)
        #expect(try await story.city.mails(to: "pat@example.org").first?.text.contains("Wrong Pat.") == true)
        #expect(try await story.city.mails(to: "old.address@example.org").count == 2)
        #expect(await story.steward.post(path, ["why": "Again.", "decision": id]).status == 409)
    }

    @Test func `undoing keeps a link that was there before`() async throws {
        let story = try await Story()
        try await story.city.write { [account = story.account, contact = story.contact] change in
            _ = try ContactWriter(change).link(account, to: contact, how: .claim, evidence: "code on the permit card")
        }
        let decision = try await story.city.write(as: .staff(AccountID(1), roles: [.contactSteward])) {
            [number = story.number, id = story.contact] change in
            let request = try Ticket.find(number: number, change.conn)
            let contact = try Contact.find(id, change.conn)
            guard let request, let contact else { throw NotFound() }
            try TicketWriter(change).link(request, to: contact, seen: 0, evidence: { _ in "test" })
            return try AccessDecision.all(of: request.id, change.conn).first?.id ?? 0
        }
        await story.steward.post(
            "/staff/desk/access-requests/\(story.number)/undo", ["why": "Not needed.", "decision": String(decision)])
        #expect(try await story.city.cases(of: story.account) == story.cases)
    }

    @Test func `B2 a company without an owner gets one, the next one is a member`() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Flatiron Electric LLC", email: "office@flatiron.example")
        let id = try await city.aCase()
        try await city.grant(company, on: id, as: "contractor-electrical")
        let number = try await city.number(of: id)
        let steward = try await city.desk()
        var roles: [String] = []
        for name in ["Pat", "Lee"] {
            let account = try await city.account(name, "Quimby", email: "\(name.lowercased())@example.org")
            let request = try await city.asks(try await city.visitor(account), about: number)
            #expect(await city.links(steward, request, to: company).status == 303)
            #expect(try await city.cases(of: account) == [number])
            let members = try await city.read { try Membership.all(in: company, $0) }
            roles.append(members.first { $0.account == account }?.role.rawValue ?? "none")
        }
        #expect(roles == ["owner", "member"])
        #expect(try await city.mails(to: "office@flatiron.example").count == 2)
    }

    @Test func `two suggestions of one name have buttons that differ`() async throws {
        let story = try await Story()
        let namesake = try await story.city.person("Pat", "Quimby", email: "namesake@example.org")
        let page = await story.steward.get("/staff/desk/access-requests/\(story.number)").text
        #expect(page.contains(">Link Pat Quimby (record \(story.contact))</button>"))
        #expect(page.contains(">Link Pat Quimby (record \(namesake))</button>"))
    }

    @Test func `cases are found by a number in a sentence, and by an address however it is spelled`() async throws {
        let story = try await Story()
        let visible = story.city.context.access.visible("case.view", to: .job("test"), alias: "c")
        for text in [
            "my permit \(story.cases[0].lowercased()), please", "1195 Bear Mountain Drive",
            "1195 bear mountain dr, Boulder, CO 80305",
        ] {
            let found = try await story.city.read { [context = story.city.context] in
                try MatchedCases.find(text, visible: visible, context, $0)
            }
            #expect(found.map(\.summary.number) == [story.cases[0]], "\(text)")
            #expect(found.first?.parties.map(\.contact) == [story.contact])
        }
        let none = try await story.city.read { [context = story.city.context] in
            try MatchedCases.find("the blue house", visible: visible, context, $0)
        }
        #expect(none.isEmpty)
    }
}
