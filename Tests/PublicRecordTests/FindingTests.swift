import Cases
import CityPack
import Core
import Database
import Places
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// Whatever people type, the first try finds it (J1).
struct FindingTests {
    @Test(
        "J1 A case number is found however it is written",
        arguments: [
            "ELE2021-00408", "ele2021-00408", "ELE 2021 00408", "ele 2021 408", "ele2021-408", "ELE202100408", " ele-2021-00408 ",
        ])
    func numbers(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408")
        try await city.aCase(number: "ELE2021-00409")
        #expect(try await city.numbers(typed) == ["ELE2021-00408"])
    }

    @Test(
        "J1 An address is found however it is written",
        arguments: [
            "1195 N Bear Mountain Dr", "1195 north bear mountain drive", "1195 N. Bear Mountain Drive", "1195 bear mountain",
            "1195 N Bear Mountain Dr Unit 4", "1195 n bear mountain dr apt 9", "1195 N Bear Mountain Dr, Boulder",
        ])
    func addresses(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.places([("BLD2021-00001", "1195 N Bear Mountain Dr", "Unit 4"), ("BLD2021-00002", "1197 Iris Ave", "")])
        #expect(try await city.numbers(typed) == ["BLD2021-00001"])
    }

    @Test(
        "J1 Accents, capitals and the plural make no difference",
        arguments: ["jardin", "JARDÍN", "jardines", "roofs", "Roof", "batteries", "battery"])
    func words(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001", description: "Jardín, roof and battery")
        try await city.aCase(number: "ELE2021-00002", description: "Panel upgrade")
        #expect(try await city.numbers("ele2021 " + typed) == ["ELE2021-00001"])
    }

    @Test("J1 Work class, valuation and contractor narrow the list, alone and together")
    func filters() async throws {
        let city = try await TestCity.make()
        try await city.write { change in
            for (number, work, cents) in [
                ("BLD2021-00001", "new", 999_999), ("BLD2021-00002", "addition", 1_000_000), ("BLD2021-00003", "new", 0),
            ] {
                var new = NewCase(number: number, type: change.city.pack.caseTypes[0].key, status: "issued")
                new.workClass = work
                new.valuation = cents > 0 ? Money(cents: Int64(cents)) : nil
                new.applied = CivilDate(year: 2021, month: 1, day: 1)
                _ = try CaseWriter(change).create(new)
            }
        }
        let company = try await city.company("Cold Harbor Roofing Co")
        try await city.grant(company, on: try await city.id(of: "BLD2021-00002"), as: "contractor-roofing")
        #expect(try await city.numbers(RecordQuery(work: "new")) == ["BLD2021-00003", "BLD2021-00001"])
        #expect(try await city.numbers(RecordQuery(value: .below10k)) == ["BLD2021-00001"])
        #expect(try await city.numbers(RecordQuery(value: .below50k)) == ["BLD2021-00002"])
        #expect(try await city.numbers(RecordQuery(company: "harbor cold")) == ["BLD2021-00002"])
        #expect(try await city.numbers(RecordQuery(text: "bld2021", work: "addition", company: "Roofing")) == ["BLD2021-00002"])
        #expect(try await city.numbers(RecordQuery(work: "new", company: "Roofing")) == [])
        #expect(try await city.numbers(RecordQuery(company: "…")) == [])
        // A word of the description is no contractor.
        #expect(try await city.numbers(RecordQuery(company: "bld2021")) == [])
    }

    @Test("J1 A slip of the hand leads to what was meant; nonsense leads nowhere")
    func didYouMean() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408", description: "Kitchen remodel")
        func meant(_ text: String) async throws -> [String] {
            try await city.read { conn in try DidYouMean(RecordQuery(text: text)).suggestions(isThere: false, conn).map(\.text) }
        }
        #expect(try await meant("kitchne") == ["kitchen"])
        #expect(try await meant("kichen remodel") == ["kitchen remodel"])
        #expect(try await meant("ELE2021-00480") == ["ELE2021-00408"])
        #expect(try await meant("xqzwv") == [])
        #expect(try await meant("") == [])
        for lost in ["kitchen", "ELE2021-00408", "kitch"] {
            let page = await city.browser().get("/search?q=\(lost)&kind=plan")
            #expect(page.text.contains("No records found"))
            #expect(page.text.contains("href=\"/search?q=\(lost)\""), "The filter is what hides it.")
            #expect(page.text.contains("“\(lost)” without the filters"))
        }
        let page = await city.browser().get("/search?q=kitchne&kind=plan")
        #expect(page.text.contains("No records found"))
        #expect(!page.text.contains("Did you mean"), "With that filter nothing is found either.")
        let plain = await city.browser().get("/search?q=kitchne")
        #expect(plain.text.contains("Did you mean"))
        #expect(plain.text.contains("href=\"/search?q=kitchen\""))
    }

    @Test("J2 A public case leads to everything at its address; one that is not public does not")
    func fromCase() async throws {
        let city = try await TestCity.make()
        try await city.places([("BLD2021-00001", "1195 Bear Mountain Dr", "Unit 4"), ("BLD2020-00003", "Canyon Blvd", "")])
        let typed = try await city.aCase(number: "BLD2021-00009", street: "1195 Bear Mountain Drive Apt 7")
        let visitor = city.browser()
        for number in ["BLD2021-00001", "BLD2021-00009"] {
            let page = await visitor.get("/cases/\(number)").text
            let link = try #require(page.firstMatch(of: /href="([^"]*)">Everything at this address</)).output.1
            #expect(await visitor.get(String(link)).numbers == ["BLD2021-00001", "BLD2021-00009"])
        }
        #expect(!(await visitor.get("/cases/BLD2020-00003").text.contains("Everything at this address")))
        try await city.grant(try await city.person(email: "ada@example.org"), on: typed)
        let party = city.browser()
        try await party.signIn(try await city.account(email: "ada@example.org"))
        try await city.write { try $0.conn.run("UPDATE case_record SET confidential = 1 WHERE id = \(typed)") }
        let own = await party.get("/cases/BLD2021-00009")
        #expect(own.status == 200 && !own.text.contains("Everything at this address"))
    }

    @Test("J2 The page of an address holds everything public there, oldest first, whatever the unit; the parcel's as well")
    func places() async throws {
        let city = try await TestCity.make()
        try await city.places([
            ("BLD2021-00001", "1195 Bear Mountain Dr", "Unit 4"), ("BLD2022-00002", "1195 Bear Mountain Drive", ""),
            ("BLD2020-00003", "1197 Bear Mountain Dr", ""),
        ])
        let visitor = city.browser()
        let page = await visitor.get("/addresses/1195-bear-mountain-dr")
        #expect(page.status == 200)
        #expect(page.numbers == ["BLD2021-00001", "BLD2022-00002"])
        #expect(page.text.contains("Records at 1195 Bear Mountain Dr"))
        #expect(await visitor.get("/addresses/1195-Bear-Mountain-Drive").location == "/addresses/1195-bear-mountain-dr")
        #expect(await visitor.get("/addresses/1-nowhere-st").status == 404)
        let parcel = await visitor.get("/parcels/157700000001")
        #expect(parcel.numbers == ["BLD2020-00003", "BLD2021-00001", "BLD2022-00002"])
        #expect(await visitor.get("/parcels/157700000002").status == 404)
        for hostile in ["/addresses/..%2f..%2fetc", "/addresses/%00", "/parcels/'%20OR%201=1", "/addresses/%F0%9F%8F%A0"] {
            let answer = await visitor.get(hostile)
            #expect(answer.status == 404, "\(hostile): \(answer.status) \(answer.text.prefix(200))")
        }
    }

    @Test("J1 Search engines get every public case in the site map, and nothing else")
    func siteMap() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408")
        let hidden = try await city.aCase(number: "ELE2021-00409")
        try await city.write { change in
            try change.conn.run("UPDATE case_record SET confidential = 1 WHERE id = \(hidden)")
            try change.record(NewFact(.caseCorrected, about: .case(hidden)))
        }
        let visitor = city.browser()
        #expect(await visitor.get("/sitemap.xml").text.contains("/sitemaps/0</loc>"))
        let part = await visitor.get("/sitemaps/0")
        #expect(part.text.contains("/cases/ELE2021-00408</loc>"))
        #expect(!part.text.contains("00409"))
        #expect(await visitor.get("/sitemaps/7").status == 404)
        #expect(await visitor.get("/sitemaps/x").status == 404)
        #expect(await visitor.get("/robots.txt").text.contains("Sitemap: http"))
    }
}

extension TestCity {
    /// Cases with a place each, applied for in the year of their number, all on one parcel.
    fileprivate func places(_ all: [(number: String, street: String, unit: String)]) async throws {
        try await write { change in
            for (number, street, unit) in all {
                var new = NewCase(number: number, type: change.city.pack.caseTypes[0].key, status: "issued")
                new.applied = CivilDate(year: Int(number.dropFirst(3).prefix(4)) ?? 2021, month: 2, day: 3)
                new.place = PlaceAddress(street: street, unit: unit, city: "Boulder", state: "CO", zip: "80305")
                new.parcel = "157700000001"
                _ = try CaseWriter(change).create(new)
            }
        }
    }

    fileprivate func id(of number: String) async throws -> CaseID {
        try await read { conn in try conn.value("SELECT id FROM case_record WHERE number = \(number)") } ?? CaseID(0)
    }
}
