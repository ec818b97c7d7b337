import Cases
import CityPack
import Contacts
import Core
import Database
import Places
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// What is not public is not found, not counted, not shown, not sorted or filtered by (J1, D11): each field in turn is taken from the
/// public, and a case that holds an unmistakable value in it is looked for in every way there is.
struct CanaryTests {
    /// A field of the case, how one would search for its value, and what of it would show.
    struct Canary: Sendable, CustomTestStringConvertible {
        let field: String
        let searches: [String]
        let shown: [String]
        var testDescription: String { field }
    }

    static let canaries = [
        Canary(field: "description", searches: ["q=zanzibar"], shown: ["zanzibar", "Zanzibar"]),
        Canary(field: "project", searches: ["q=yggdrasil"], shown: ["Yggdrasil"]),
        Canary(field: "address", searches: ["q=4711+xanadu+ave", "q=xanadu"], shown: ["Xanadu"]),
        Canary(field: "unit", searches: ["q=quux77", "q=4711+xanadu+ave+unit+quux77"], shown: ["Quux77"]),
        Canary(field: "parcel", searches: ["q=157700004711"], shown: ["157700004711"]),
        Canary(
            field: "applied", searches: ["from=2019-02-03&to=2019-02-03", "from=2019-01-01"],
            shown: ["2019-02-03", "Feb 3, 2019"]),
        Canary(field: "work_class", searches: ["work=addition"], shown: ["Addition"]),
        Canary(field: "status", searches: ["status=payment-pending"], shown: ["Payment Pending"]),
        Canary(field: "valuation", searches: ["value=50000"], shown: ["65432"]),
        Canary(field: "contractor", searches: ["company=wolpertinger", "q=wolpertinger"], shown: ["Wolpertinger"]),
    ]

    @Test("J1 A field that the city takes from the public is found in no way", arguments: canaries)
    func hidden(canary: Canary) async throws {
        let line = "name: \(canary.field), visibility: "
        let pack = try TestCity.pack(replacing: line + "public", with: line + "party", in: "fields.yaml")
        let (secret, open) = (try await city(pack), try await city(TestCity.pack))
        let stranger = secret.browser()
        try await stranger.signIn(secret.account(email: "stranger@example.org"))
        for browser in [secret.browser(), stranger] {
            for search in canary.searches {
                // The search works: where the field is public it finds the case.
                #expect(
                    await open.browser().get("/search?\(search)").numbers == ["BLD2019-00001"] || canary.field == "unit",
                    "\(search)")
                let exact = await browser.get("/search?\(search)")
                let isFound = exact.numbers.contains("BLD2019-00001") && canary.field != "unit"
                #expect(!isFound, "\(search)")
                let json = JSON(parsing: await browser.get("/search?\(search)", accept: "application/json").text)
                #expect(json?["total"]?.integer == 0 || canary.field == "unit", "\(search)")
                let file = await browser.get("/search.csv?\(search)").text
                #expect(!file.contains("BLD2019") || canary.field == "unit", "\(search)")
            }
            // However the case is found, the value is not there.
            for address in [
                "/search?q=BLD2019-00001", "/search.csv?q=BLD2019-00001", "/search", "/cases/BLD2019-00001", "/sitemaps/0",
                "/parcels/157700004711", "/addresses/4711-xanadu-ave",
            ] {
                let page = await browser.get(address)
                for value in canary.shown {
                    // The form offers every status and work class of the city.
                    let text = page.text.replacing(/<form[\s\S]*?<\/form>/, with: "")
                    // What was asked for stands in the address of a place's page that is not there.
                    #expect(page.status == 404 || !text.contains(value), "\(value) at \(address)")
                }
            }
            let json = await browser.get("/search?q=BLD2019-00001", accept: "application/json").text
            for value in canary.shown where canary.field != "status" { #expect(!json.contains(value), "\(value)") }
        }
    }

    @Test("J1 People on a case, how to reach them and who added them are found by nobody")
    func people() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2021-00408", description: "Kitchen")
        let person = try await city.person("Xerxes", "Quimby", email: "xerxes.quimby@example.org")
        try await city.grant(person, on: id, as: "property-owner")
        for text in ["xerxes", "quimby", "xerxes+quimby", "xerxes.quimby%40example.org", "kitchen+quimby"] {
            let page = await city.browser().get("/search?q=\(text)")
            #expect(page.numbers.isEmpty && !page.text.contains("Did you mean"), "\(text)")
            #expect(!(await city.browser().get("/search.csv?q=\(text)").text.contains("ELE2021")), "\(text)")
        }
        #expect(await city.browser().get("/search?company=quimby").numbers.isEmpty)
    }

    private func city(_ pack: CityPack) async throws -> TestCity {
        let city = try await TestCity.make(pack: pack)
        try await city.write { change in
            var new = NewCase(number: "BLD2019-00001", type: change.city.pack.caseTypes[0].key, status: "payment-pending")
            new.workClass = "addition"
            new.description = "Zanzibar room"
            new.project = "Yggdrasil"
            new.applied = CivilDate(year: 2019, month: 2, day: 3)
            new.valuation = Money(cents: 6_543_200)
            new.place = PlaceAddress(street: "4711 Xanadu Ave", unit: "Quux77", city: "Boulder", state: "CO", zip: "80305")
            new.parcel = "157700004711"
            _ = try CaseWriter(change).create(new)
        }
        let id: CaseID? = try await city.read { try $0.value("SELECT id FROM case_record WHERE number = 'BLD2019-00001'") }
        try await city.grant(city.company("Wolpertinger Builders LLC"), on: try #require(id), as: "contractor-general")
        return city
    }
}
