import CityPack
import Contacts
import Core
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Cases

/// What each visitor sees of a case (B12, D11).
@Suite struct CasePageTests {
    static let tabs = ["", "/contacts", "/locations", "/sub-records", "/timeline"]

    @Test("L2 Somebody else's public case shows an account exactly what it shows a guest")
    func strangerAndGuest() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(description: "Panel upgrade")
        try await city.grant(city.company(), on: id, as: "contractor-electrical")
        try await city.grant(city.person("Rosa", "Quimby"), on: id, as: "property-owner")
        let number = try await city.number(of: id)
        let stranger = city.browser()
        try await stranger.signIn(city.account(email: "stranger@example.org"))
        for tab in Self.tabs {
            let (asGuest, asStranger) = (
                await city.browser().get("/cases/\(number)\(tab)"), await stranger.get("/cases/\(number)\(tab)")
            )
            #expect(asGuest.status == 200 && asStranger.status == 200, "\(tab)")
            #expect(Self.main(asGuest.text) == Self.main(asStranger.text), "\(tab)")
            #expect(!asGuest.text.contains("Quimby"), "\(tab)")
            #expect(!asGuest.text.contains("noindex"), "\(tab)")
        }
        #expect(await city.browser().get("/cases/\(number)/contacts").text.contains("Northfork Builders LLC"))
    }

    @Test("B12 The party view contains the public view on every tab")
    func partyContainsPublic() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let parent = try await city.aCase()
        let id = try await city.aCase(description: "Panel upgrade", parent: parent)
        try await city.grant(contact, on: id)
        try await city.grant(city.company(), on: id, as: "contractor-electrical")
        let number = try await city.number(of: id)
        for tab in Self.tabs {
            let (asGuest, asParty) = (
                await city.browser().get("/cases/\(number)\(tab)").text, await party.get("/cases/\(number)\(tab)").text
            )
            let seen = Set(Self.words(asParty))
            let missing = Self.words(asGuest).filter { !seen.contains($0) }
            #expect(missing == [], "\(tab)")
        }
        let asParty = await party.get("/cases/\(number)").text
        #expect(asParty.contains("It is your turn"))
        #expect(!(await city.browser().get("/cases/\(number)").text.contains("It is your turn")))
    }

    @Test("L2 An unknown number and a confidential case are the same, as a page and for machines, on every tab")
    func confidentialIsUnknown() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2026-00007", confidential: true)
        try await city.grant(city.person("Rosa", "Quimby"), on: id)
        let stranger = city.browser()
        try await stranger.signIn(city.account(email: "stranger@example.org"))
        for browser in [city.browser(), stranger] {
            for tab in Self.tabs {
                for accept in ["text/html", "application/json"] {
                    for known in ["ELE2026-00007", "ele2026-00007"] {
                        let hidden = await browser.get("/cases/\(known)\(tab)", accept: accept)
                        let unknown = await browser.get("/cases/ELE2026-99999\(tab)", accept: accept)
                        #expect(hidden.status == 404 && unknown.status == 404, "\(tab)")
                        #expect(Self.main(hidden.text) == Self.main(unknown.text), "\(tab)")
                        #expect(hidden.headers["content-type"] == unknown.headers["content-type"], "\(tab)")
                    }
                }
            }
        }
    }

    @Test("A draft is for its own people alone")
    func draft() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(submitted: false)
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        #expect(await city.browser().get("/cases/\(number)").status == 404)
        let page = await party.get("/cases/\(number)")
        #expect(page.status == 200)
        // Nothing says that it was submitted.
        #expect(page.text.contains("did not submit it"))
        #expect(!page.text.contains("Applied") && !page.text.contains("class=\"steps\""))
        let json = JSON(parsing: await party.get("/cases/\(number)", accept: "application/json").text)
        #expect(json?["status"] == "Draft" && json?["applied"] == nil)
        #expect(DashboardTests.section("Drafts", of: await party.get("/dashboard").text).contains(number))
    }

    @Test("A number in small letters leads to the case's own address, on every tab")
    func canonical() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "BLD-SFD2026-00133")
        for tab in Self.tabs {
            let answer = await city.browser().get("/cases/bld-sfd2026-00133\(tab)")
            #expect(answer.location == "/cases/BLD-SFD2026-00133\(tab)", "\(tab)")
        }
    }

    @Test("D11 The case for machines holds the public fields, and what a party knows only for a party")
    func json() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(number: "ELE2026-00408")
        try await city.grant(contact, on: id)
        let asGuest = JSON(parsing: await city.browser().get("/cases/ELE2026-00408", accept: "application/json").text)
        #expect(asGuest?["number"] == "ELE2026-00408")
        #expect(asGuest?["status"] == "Issued")
        #expect(asGuest?["applied"] == "2026-06-01")
        #expect(asGuest?["next_step"] == nil)
        let asParty = JSON(parsing: await party.get("/cases/ELE2026-00408", accept: "application/json").text)
        #expect(asParty?["next_step"] != nil)
        for (field, value) in asGuest?.object ?? [:] { #expect(asParty?[field] == value, "\(field)") }
    }

    @Test("D11 A field that a city calls staff is on no public page, not in JSON, not for a party")
    func classes() async throws {
        var files = TestCity.pack.files
        files["fields.yaml"] = files["fields.yaml"]?.replacing(
            "name: description, visibility: public", with: "name: description, visibility: staff")
        let city = try await TestCity.make(pack: CityPack.load(files: files))
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(description: "Secret bunker")
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        for browser in [city.browser(), party] {
            for tab in Self.tabs { #expect(!(await browser.get("/cases/\(number)\(tab)").text.contains("bunker")), "\(tab)") }
            #expect(!(await browser.get("/cases/\(number)", accept: "application/json").text.contains("bunker")))
        }
        #expect(!(await party.get("/dashboard").text.contains("bunker")))
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        #expect(await steward.get("/cases/\(number)").text.contains("bunker"))
    }

    @Test(
        "D4 A turn is the applicant's where staff read of it, in the words for that kind of case, and a secret case says that it is one"
    )
    func staffView() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(number: "ENF2026-00007", type: "code-case", status: "issued", confidential: true)
        try await city.grant(contact, on: id)
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        let (asStaff, asParty) = (await steward.get("/cases/ENF2026-00007").text, await party.get("/cases/ENF2026-00007").text)
        #expect(asStaff.contains("It is the applicant’s turn") && !asStaff.contains("your turn"))
        #expect(asStaff.contains(">Confidential</span>") && !asParty.contains("Confidential"))
        for page in [asStaff, asParty] {
            #expect(page.contains("The city has issued its notice") && !page.contains("permit is issued"))
        }
        #expect(asParty.contains("It is your turn"))
    }

    @Test("D10 A case on hold says that it has stopped and whom to call, not that nobody has to do anything")
    func onHold() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(status: "on-hold")
        try await city.grant(contact, on: id)
        let page = await party.get("/cases/\(try await city.number(of: id))").text
        #expect(
            page.contains("Stopped for now") && page.contains("Call <a href=\"tel:3034411880\">303-441-1880</a> to learn why"))
        #expect(!page.contains("Nobody has to do anything") && !page.contains("Open the case"))
    }

    @Test("Each visitor is led back to the list that has the case for them")
    func crumbs() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase()
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        for tab in Self.tabs {
            for (browser, crumb) in [
                (city.browser(), "<a href=\"/search\">Search records</a>"), (party, "<a href=\"/dashboard\">My cases</a>"),
                (steward, "<a href=\"/staff/desk\">Desk</a>"),
            ] {
                let page = await browser.get("/cases/\(number)\(tab)").text
                #expect(page.contains("<ol><li>\(crumb)</li></ol>"), "\(tab)")
            }
        }
    }

    @Test("A column of the locations that would be empty is left out")
    func locations() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        let page = await city.browser().get("/cases/ELE2026-00001/locations").text
        #expect(page.contains("Where it comes from") && !page.contains("As it was typed") && !page.contains("Parcel"))
    }

    @Test("D1 Parent and children are listed only for who may see them")
    func subRecords() async throws {
        let city = try await TestCity.make()
        let hidden = try await city.aCase(number: "BLD-SFD2026-00001", confidential: true)
        let id = try await city.aCase(number: "ELE2026-00001", parent: hidden)
        try await city.aCase(number: "ELE2026-00002", parent: id)
        try await city.aCase(number: "ELE2026-00003", parent: id, confidential: true)
        let page = await city.browser().get("/cases/ELE2026-00001/sub-records").text
        #expect(page.contains("ELE2026-00002"))
        for number in ["BLD-SFD2026-00001", "ELE2026-00003"] {
            #expect(!page.contains(number))
            #expect(!(await city.browser().get("/cases/ELE2026-00001").text.contains(number)))
        }
        #expect(page.contains("Sub-records</a><span class=\"count\">1</span>"))
    }

    @Test("D11 The timeline names a larger case only to who may see that one, and a larger case none of its parts")
    func timelineOfParts() async throws {
        let city = try await TestCity.make()
        for isHidden in [false, true] {
            let parent = try await city.aCase(confidential: isHidden)
            let part = try await city.aCase()
            try await city.write { try CaseWriter($0).setParent(parent, of: part) }
            let (parentNumber, number) = (try await city.number(of: parent), try await city.number(of: part))
            let page = await city.browser().get("/cases/\(number)/timeline").text
            #expect(page.contains("connected to the case that it is part of") != isHidden)
            guard !isHidden else { continue }
            #expect(!(await city.browser().get("/cases/\(parentNumber)/timeline").text.contains("connected")))
        }
    }

    @Test("B12 A draft is for who writes it, not for the city's staff")
    func draftIsPrivate() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(submitted: false)
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        #expect(await party.get("/cases/\(number)").status == 200)
        #expect(await steward.get("/cases/\(number)").status == 404)
    }

    @Test("K6 A contractor that is a state is said in words")
    func contractorState() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase()
        let number = try await city.number(of: id)
        try await city.write { try $0.conn.run("UPDATE case_record SET contractor_state = 'not-designated' WHERE id = \(id)") }
        #expect(await city.browser().get("/cases/\(number)").text.contains("Contractor not named yet"))
    }

    @Test("K3 The timeline tells everybody of statuses, and names only those on the case")
    func timeline() async throws {
        let city = try await TestCity.make()
        let (party, contact) = try await DashboardTests.somebody(city)
        let id = try await city.aCase(status: "in-review")
        try await city.grant(contact, on: id)
        try await city.grant(city.person("Rosa", "Quimby"), on: id, as: "property-owner")
        try await city.write { try CaseWriter($0).setStatus("issued", of: id) }
        let number = try await city.number(of: id)
        let asGuest = await city.browser().get("/cases/\(number)/timeline").text
        #expect(asGuest.contains("The status changed from In Review to Issued."))
        #expect(!asGuest.contains("Quimby") && !asGuest.contains("Lindqvist"))
        let asParty = await party.get("/cases/\(number)/timeline").text
        #expect(asParty.contains("Rosa Quimby was added (Property Owner)."))
    }

    @Test("An attack in a description is shown as it was written")
    func escaped() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(description: "<script>alert(1)</script>")
        let number = try await city.number(of: id)
        #expect(!(await city.browser().get("/cases/\(number)").text.contains("<script>alert")))
    }

    @Test("A9 Every page of a case speaks both languages without a missing word", arguments: Language.allCases)
    func languages(_ language: Language) async throws {
        let city = try await TestCity.make()
        let contact = try await city.person(email: "ada@example.org")
        let account = try await city.account(email: "ada@example.org", language: language)
        let browser = city.browser(language: language)
        try await browser.signIn(account)
        let id = try await city.aCase(parent: city.aCase())
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        let pages = ["/dashboard", "/cases", "/cases?bucket=drafts"] + Self.tabs.map { "/cases/\(number)\($0)" }
        for path in pages + [
            "/cases/\(number)/contacts?as=contact&q=lindqvist", "/cases/\(number)/contacts?as=contact&q=x@example.org",
        ] {
            let page = await browser.get(path)
            #expect(page.status == 200, "\(path)")
            #expect(!page.text.contains("⟦"), "\(path)")
        }
    }
}
