import Contacts
import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

@testable import Cases

/// Adding people to a case and taking them off again (B4, B5, B6).
@Suite struct ContactsTabTests {
    @Test("B5 A contractor finds a homeowner by last name, adds them, and the homeowner has the permit at once")
    func addByName() async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        let homeowner = scene.city.browser()
        try await homeowner.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        let found = await scene.contractor.get("\(scene.contacts)?as=property-owner&q=quimby").text
        #expect(found.contains("aria-label=\"Add Rosa Quimby\""))
        #expect(found.contains("aria-label=\"Add Rosa Quimby to favorites\""))
        #expect(!found.contains("rosa@example.org"))
        #expect(!(await homeowner.get("/dashboard").text.contains(scene.number)))

        let answer = try await scene.add(rosa, as: "property-owner")
        #expect(answer.location == scene.contacts)
        let page = await scene.contractor.follow(answer).text
        #expect(page.contains("Rosa Quimby was added as Property Owner."))
        #expect(page.contains("aria-label=\"Remove Rosa Quimby\""))
        #expect(await homeowner.get("/dashboard").text.contains(scene.number))
        #expect(try await scene.mails(to: "rosa@example.org").first?.subject == "You were added to the case \(scene.number)")
    }

    @Test("B5 Somebody taken off no longer has the permit at their next request")
    func removed() async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        let homeowner = scene.city.browser()
        try await homeowner.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        _ = try await scene.add(rosa)
        let answer = await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "Rosa Quimby")])
        #expect(await scene.contractor.follow(answer).text.contains("Rosa Quimby was taken off this case."))
        #expect(!(await homeowner.get("/dashboard").text.contains(scene.number)))
        #expect(await scene.rows().count == 1)
    }

    @Test("B5 A form sent twice adds one, and answers the same")
    func once() async throws {
        let scene = try await Scene.make()
        let first = await scene.addEmail("twice@example.org", once: "the-same-key")
        let second = await scene.addEmail("twice@example.org", once: "the-same-key")
        #expect(first.location == second.location && second.status == 303)
        #expect(await scene.rows().filter { $0.contains("twice@example.org") }.count == 1)
        #expect(try await scene.mails(to: "twice@example.org").count == 1)
        // Adding the address anew, with another key, has no second effect either.
        let third = await scene.addEmail("Twice@Example.org")
        #expect(await scene.contractor.follow(third).text.contains("is on this case already as Contact"))
        #expect(await scene.rows().filter { $0.contains("twice@example.org") }.count == 1)
    }

    @Test("A2 Leaving after adding an address answers the same whether or not it is known", arguments: [true, false])
    func leavingTellsNothing(isKnown: Bool) async throws {
        let scene = try await Scene.make()
        if isKnown { try await scene.city.account("Kim", "Known", email: "kim@example.org") }
        _ = await scene.addEmail("kim@example.org", as: "applicant")
        let answer = await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "Northfork")])
        #expect(answer.status == 422)
        #expect(try await scene.liveGrants() == (isKnown ? 2 : 1))
    }

    @Test("B5 An address gets the same offer, answer, words, row and timeline whether or not it is known, and later too")
    func knownAndUnknown() async throws {
        let scene = try await Scene.make()
        // Known in every way: nobody; an account; a findable person; a person already on the case by name.
        try await scene.city.account("Kim", "Known", email: "known@example.org")
        let findable = try await scene.city.person("Fay", "Findable", email: "findable@example.org", findable: true)
        try await scene.city.account("Fay", "Findable", email: "findable@example.org")
        let there = try await scene.city.person("Theo", "There", email: "there@example.org", findable: true)
        try await scene.city.account("Theo", "There", email: "there@example.org")
        _ = findable
        _ = try await scene.add(there)
        let emails = ["nobody@example.org", "known@example.org", "findable@example.org", "there@example.org"]
        func anonymous(_ text: String, _ email: String) -> String {
            text.replacing(email, with: "EMAIL").replacing(email.prefix(1) + "••••@example.org", with: "MASKED")
                .replacing(/[0-9a-z]{32}[^"]*/, with: "TOKEN").replacing(/value="[ge]\d+"/, with: "PARTY")
        }
        var offers: Set<String> = []
        var answers: Set<String> = []
        var again: Set<String> = []
        var rows: Set<String> = []
        for email in emails {
            let offer = await scene.contractor.get("\(scene.contacts)?as=contact&q=\(email.replacing("@", with: "%40"))").text
            let start = offer.range(of: "What we found")?.lowerBound ?? offer.endIndex
            let end = offer.range(of: "My favorites")?.lowerBound ?? offer.endIndex
            offers.insert(anonymous(String(offer[start..<max(start, end)]), email))
            #expect(offer.contains(">Add \(email) as Contact</button>"))
            let answer = await scene.addEmail(email)
            let notice = await scene.contractor.follow(answer).text.firstMatch(of: /<strong>([^<]*)<\/strong>/).map {
                String($0.output.1)
            }
            answers.insert(anonymous("\(answer.status) \(answer.location ?? "") \(notice ?? "")", email))
            let repeated = await scene.addEmail(email)
            again.insert(
                anonymous(
                    await scene.contractor.follow(repeated).text.firstMatch(of: /<strong>([^<]*)<\/strong>/).map {
                        String($0.output.1)
                    } ?? "", email))
            rows.formUnion(await scene.rows().filter { $0.contains(email) }.map { anonymous($0, email) })
            #expect(
                try await scene.mails(to: email).contains { $0.subject == "You were added to the case \(scene.number)" },
                "\(email)")
        }
        for (what, set) in [("offer", offers), ("answer", answers), ("second answer", again), ("row", rows)] {
            #expect(set.count == 1, "\(what): \(set)")
        }
        let timeline = await scene.contractor.get("/cases/\(scene.number)/timeline").text
        #expect(!timeline.contains("Known") && !timeline.contains("Findable"))
        for email in emails { #expect(!timeline.contains(email), "\(email)") }

        // A month later nothing tells them apart, and taking them off reads the same.
        try await scene.days(31)
        let later = await Set(
            emails.asyncFlatMap { email in await scene.rows().filter { $0.contains(email) }.map { anonymous($0, email) } })
        #expect(later.count == 1, "\(later)")
        var removals: Set<String> = []
        for email in emails {
            let answer = await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: email)])
            removals.insert(anonymous("\(answer.status) \(answer.location ?? "")", email))
            #expect(await scene.rows().filter { $0.contains(email) } == [])
        }
        #expect(removals.count == 1)
        // Who stood there by name still does.
        #expect(await scene.rows().contains { $0.contains("Theo There") })
    }

    @Test("B5 Adding by name somebody who was added by address does not tell who that address is")
    func nameAfterEmail() async throws {
        let scene = try await Scene.make()
        let fay = try await scene.city.person("Fay", "Findable", email: "fay@example.org", findable: true)
        try await scene.city.account("Fay", "Findable", email: "fay@example.org")
        _ = await scene.addEmail("fay@example.org")
        let page = await scene.contractor.follow(try await scene.add(fay)).text
        #expect(page.contains("Fay Findable was added as Contact."))
        let rows = await scene.rows()
        #expect(rows.contains { $0.contains("Fay Findable") } && rows.contains { $0.contains("fay@example.org") })
        // Off by name: the address still stands, and so does the grant; off by address: it ends.
        await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "Fay Findable")])
        #expect(try await scene.liveGrants() == 2)
        await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "fay@example.org")])
        #expect(try await scene.liveGrants() == 1)
    }

    @Test("B5 A contact that cannot be found cannot be added or starred by its key")
    func notFindable() async throws {
        let scene = try await Scene.make()
        let hidden = try await scene.city.person("Hidden", "Person")
        #expect(try await scene.add(hidden).status == 404)
        let star = await scene.contractor.post(
            "\(scene.contacts)/favorite", ["contact": try await scene.publicID(hidden), "star": "on", "as": "contact"])
        #expect(star.status == 404)
        #expect(try await scene.liveGrants() == 1)
    }

    @Test("B6 A starred contact stands under My favorites and is added from there without searching")
    func favorites() async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", findable: true)
        let fields = ["contact": try await scene.publicID(rosa), "star": "on", "as": "property-owner", "q": "quimby"]
        let answer = await scene.contractor.post("\(scene.contacts)/favorite", fields)
        let back = await scene.contractor.follow(answer).text
        #expect(answer.location?.contains("q=quimby") ?? false)
        #expect(back.contains("aria-label=\"Remove Rosa Quimby from favorites\""))
        #expect(back.matches(of: /aria-label="Add Rosa Quimby"/).count == 1)
        let fresh = await scene.contractor.get(scene.contacts).text
        let region = fresh[(fresh.range(of: "aria-label=\"My favorites\"")?.lowerBound ?? fresh.endIndex)...]
        #expect(region.contains("Rosa Quimby") && region.contains("aria-label=\"Add Rosa Quimby\""))
        let off = await scene.contractor.post("\(scene.contacts)/favorite", fields.merging(["star": "off"]) { $1 })
        #expect(await scene.contractor.follow(off).text.contains("Rosa Quimby is no longer one of your favorites."))
        #expect(!(await scene.contractor.get(scene.contacts).text.contains("Rosa Quimby")))
    }

    @Test("B4 Who may only see the case has no buttons, and the forms refuse")
    func onlyView() async throws {
        let scene = try await Scene.make()
        let viewer = scene.city.browser()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        try await viewer.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        _ = try await scene.add(rosa, as: "contact")
        let page = await viewer.get(scene.contacts).text
        #expect(!page.contains("Add a contact") && !page.contains("Remove Northfork"))
        #expect(page.contains("aria-label=\"Remove Rosa Quimby\""))
        let contractorKey = await scene.key(ofRowWith: "Northfork")
        #expect(await viewer.post("\(scene.contacts)/remove", ["party": contractorKey]).status == 403)
        #expect(await viewer.post("\(scene.contacts)/add-email", ["email": "x@example.org", "as": "contact"]).status == 403)
        // But anybody can leave.
        let left = await viewer.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "Rosa Quimby")])
        #expect(await viewer.follow(left).text.contains("You left the case \(scene.number)."))
        #expect(!(await viewer.get("/dashboard").text.contains(scene.number)))
    }

    @Test("L2 Nobody adds to a confidential case they cannot see: it is not there")
    func confidential() async throws {
        let scene = try await Scene.make()
        try await scene.city.aCase(number: "ELE2026-00777", confidential: true)
        let answer = await scene.contractor.post(
            "/cases/ELE2026-00777/contacts/add-email", ["email": "x@example.org", "as": "contact"])
        let unknown = await scene.contractor.post(
            "/cases/ELE2026-99999/contacts/add-email", ["email": "x@example.org", "as": "contact"])
        #expect(answer.status == 404 && unknown.status == 404)
        #expect(CasePageTests.main(answer.text) == CasePageTests.main(unknown.text))
    }

    @Test("D10 Nobody is added to a case that is over, and the page says why", arguments: ["closed", "void"])
    func over(_ status: String) async throws {
        let scene = try await Scene.make(status: status)
        let page = await scene.contractor.get(scene.contacts).text
        #expect(page.contains("Add a contact") && page.contains("This case is over"))
        #expect(!page.contains("Add contact as"))
        let refused = await scene.addEmail("x@example.org")
        #expect(refused.status == 422 && refused.text.contains("This case is over"))
        #expect(await scene.contractor.get("/cases/\(scene.number)").text.contains("not yet"))
    }

    @Test("B4 Only a contact type of this kind of case is taken")
    func wrongType() async throws {
        let scene = try await Scene.make()
        #expect(await scene.addEmail("x@example.org", as: "contractor-roofing").status == 422)
        #expect(await scene.addEmail("x@example.org", as: "nonsense").status == 422)
        #expect(await scene.rows().count == 1)
        let noType = await scene.contractor.get("\(scene.contacts)?q=quimby")
        #expect(noType.status == 422 && noType.text.contains("Choose what part this contact has"))
    }

    @Test("B5 Wildcards and single letters find nobody and say what to type")
    func shortAndWild() async throws {
        let scene = try await Scene.make()
        try await scene.city.person("Rosa", "Quimby", findable: true)
        for (text, words, status) in [
            ("", "Type a last name, a company", 422), ("+", "Type a last name, a company", 422),
            ("q", "at least two letters", 422), ("qui*", "without *", 422), ("zzz", "Nobody who can be found", 200),
        ] {
            let page = await scene.contractor.get("\(scene.contacts)?as=contact&q=\(text)")
            #expect(page.status == status, "\(text)")
            #expect(page.text.contains(words), "\(text)")
            #expect(page.text.contains("<a href=\"#q\">") == (status == 422), "\(text)")
            #expect(page.text.contains("What we found") == (status == 200), "\(text)")
            #expect(!page.text.contains("Rosa Quimby"), "\(text)")
        }
        let nothing = await scene.contractor.get("\(scene.contacts)?as=&q=").text
        #expect(nothing.contains("<a href=\"#as\">") && nothing.contains("<a href=\"#q\">"))
    }

    @Test("A4 Whoever searches after their session ended signs in and finds what they typed")
    func sessionEnded() async throws {
        let scene = try await Scene.make()
        scene.contractor.clearCookies()
        let answer = await scene.contractor.get("\(scene.contacts)?as=contact&q=typed.before%40example.org")
        #expect(answer.location?.hasPrefix("/sign-in?return=") ?? false)
        #expect(answer.location?.contains("typed.before") ?? false)
    }

    @Test("L2 People search is limited")
    func limited() async throws {
        let scene = try await Scene.make()
        var statuses: [Int] = []
        for _ in 0..<61 { statuses.append(await scene.contractor.get("\(scene.contacts)?as=contact&q=nobody").status) }
        #expect(statuses.prefix(60).allSatisfy { $0 == 200 } && statuses.last == 429)
    }
}

extension Sequence {
    fileprivate func asyncFlatMap<Value>(_ transform: (Element) async -> [Value]) async -> [Value] {
        var values: [Value] = []
        for element in self { values += await transform(element) }
        return values
    }
}
