import Core
import Import
import Primitives
import TestSupport
import Testing

@Suite struct ImportsPageTests {
    @Test func `K6 an import that was done stands before staff, to the row; a rehearsal does not`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        try await browser.signIn(city.staff(.contactSteward), staff: true)
        #expect(await browser.get("/staff/imports").text.contains("Nothing has been imported yet"))
        let folder = try OldPortal().write()
        _ = try await city.imports(.legacy, folder, rehearse: true)
        #expect(await browser.get("/staff/imports").text.contains("Nothing has been imported yet"))
        let report = try await city.imports(.legacy, folder)
        let list = await browser.get("/staff/imports").text
        #expect(list.contains("/staff/imports/1") && list.contains("legacy"))
        let page = await browser.get("/staff/imports/1").text
        #expect(
            page.contains("contacts.csv") && page.contains("is a note, not a company")
                && page.contains("otto.private@mail.example"))
        let file = await browser.get("/staff/imports/1/report.json")
        #expect(JSON(parsing: file.text) == report.json)
        #expect(await browser.get("/staff/imports/2").status == 404)
        let supervisor = try await city.staff(.supervisor, email: "ruth@city.example")
        try await city.write { try $0.conn.run("UPDATE account SET language = 'es' WHERE id = \(supervisor)") }
        let spanish = city.browser()
        try await spanish.signIn(supervisor, staff: true)
        #expect(await spanish.get("/staff/imports/1").text.contains("Filas de cada archivo"))
    }

    @Test func `K2 roles without the right do not see imports`() async throws {
        let city = try await TestCity.make()
        _ = try await city.imports(.legacy, try OldPortal().write())
        let inspector = city.browser()
        try await inspector.signIn(city.staff(.inspector), staff: true)
        for address in ["/staff/imports", "/staff/imports/1", "/staff/imports/1/report.json"] {
            #expect(await inspector.get(address).status >= 300)
            #expect(await city.browser().get(address).status >= 300)
        }
    }

    @Test func `what an old system wrote is text on the page, never markup`() async throws {
        let city = try await TestCity.make()
        var portal = OldPortal()
        portal.contacts[1]["last_name"] = "<script>alert(1)</script>"
        let report = try await city.imports(.legacy, try portal.write())
        let page = report.page(of: "legacy", city.context.voice(.english))
        #expect(page.contains("&lt;script&gt;") && !page.contains("<script>"))
    }
}
