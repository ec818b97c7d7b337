import Cases
import CityPack
import Core
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// The page people search on, its file and its JSON (J1).
struct SearchPageTests {
    @Test("J1 A guest searches the records and is led to the case")
    func guest() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408", description: "Rewire the garage", street: "1195 Bear Mountain Dr")
        try await city.aCase(number: "ELE2021-00409", description: "Water heater")
        let page = await city.browser().get("/search?q=garage")
        #expect(page.status == 200)
        #expect(page.numbers == ["ELE2021-00408"])
        for text in [
            "<h1>Search records: garage</h1>", "1 record, newest first", "Results</caption>", "1195 Bear Mountain Dr, Boulder",
        ] {
            #expect(page.text.contains(text))
        }
        for label in ["Search records", "Kind", "Type", "Status", "Applied from", "Applied to"] {
            #expect(page.text.contains(">\(label)</label>"))
        }
        #expect(page.text.contains("value=\"garage\""))
        #expect(page.text.contains(">Search</button>"))
        #expect(page.text.contains("<a href=\"/search.csv?q=garage\">Download CSV</a>"))
    }

    @Test("J1 On a phone the filters wait behind their title, which says how many are set, unless one has to be corrected")
    func filters() async throws {
        let city = try await TestCity.make()
        let visitor = city.browser()
        for (address, isOpen, title) in [
            ("/search", false, "Filters"), ("/search?q=garage&kind=&type=", false, "Filters"),
            ("/search?kind=permit", false, "Filters: 1 set"),
            ("/search?kind=permit&company=%20x&from=2021-02-03", false, "Filters: 3 set"),
            ("/search?from=2021-02-30", true, "Filters: 1 set"),
        ] {
            let page = await visitor.get(address).text
            #expect(page.contains("<details class=\"filters\"\(isOpen ? " open" : "")><summary>\(title)</summary>"), "\(address)")
        }
    }

    @Test("J1 Two wrong days are told apart")
    func twoWrongDays() async throws {
        let page = await (try await TestCity.make()).browser().get("/search?from=x&to=y").text
        #expect(page.contains("<a href=\"#from\">Applied from: Enter a day that exists"))
        #expect(page.contains("<a href=\"#to\">Applied to: Enter a day that exists"))
    }

    @Test("J1 A plus sign in the address is a space")
    func plus() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408", street: "1195 Bear Mountain Dr")
        let page = await city.browser().get("/search?q=1195+Bear+Mountain+Dr&kind=&type=&status=&from=&to=")
        #expect(page.numbers == ["ELE2021-00408"])
    }

    @Test(
        "J1 Days are taken as people write them",
        arguments: ["2021-03-19", "3/19/2021", "03/19/2021", "3-19-2021", "+3/19/2021+"])
    func days(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001", applied: CivilDate(year: 2021, month: 3, day: 19))
        try await city.aCase(number: "ELE2021-00002", applied: CivilDate(year: 2021, month: 3, day: 20))
        let page = await city.browser().get("/search?from=\(typed)&to=\(typed)")
        #expect(page.status == 200)
        #expect(page.numbers == ["ELE2021-00001"])
    }

    @Test(
        "J1 A wrong answer is explained and everything typed is kept",
        arguments: [
            ("from=2021-02-30", "from"), ("to=yesterday", "to"), ("from=2021-05-01&to=2021-04-01", "to"),
            ("type=no-such-type", "type"),
            ("kind=boat", "kind"), ("status=lost", "status"), ("from=3/19/21", "from"),
        ])
    func wrong(parameters: String, field: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase()
        let page = await city.browser().get("/search?q=garage+door&\(parameters)")
        #expect(page.status == 422)
        #expect(page.text.contains("<title>Error: Search records"))
        #expect(page.text.contains("<a href=\"#\(field)\">"))
        #expect(page.text.contains("value=\"garage door\""))
        #expect(page.numbers == [])
        let json = await city.browser().get("/search?q=garage+door&\(parameters)", accept: "application/json")
        #expect(json.status == 422)
        #expect(json.headers["content-type"] == "application/problem+json")
        let file = await city.browser().get("/search.csv?q=garage+door&\(parameters)")
        #expect(file.status == 422)
    }

    @Test("J1 A wrong day is shown again as it was typed")
    func wrongDayKept() async throws {
        let city = try await TestCity.make()
        let page = await city.browser().get("/search?from=31/12/2021&status=issued")
        #expect(page.text.contains("value=\"31/12/2021\""))
        #expect(page.text.contains("<option value=\"issued\" selected>"))
    }

    @Test("J1 A search that finds nothing says what to try; a city without records says so")
    func nothing() async throws {
        let city = try await TestCity.make()
        let empty = await city.browser().get("/search")
        #expect(empty.status == 200)
        #expect(empty.text.contains("There are no public records yet."))
        try await city.aCase()
        let page = await city.browser().get("/search?q=zzyzx+quaternion")
        #expect(page.status == 200)
        #expect(page.text.contains("No records found"))
        #expect(page.text.contains("Check the spelling"))
    }

    @Test("J1 Pages have plain addresses that keep the query; behind page 50 the list goes on from its last case")
    func pages() async throws {
        let city = try await TestCity.make()
        try await city.manyCases(1001, description: "Panel upgrade")
        let visitor = city.browser()
        let first = await visitor.get("/search?q=panel+upgrade&kind=permit")
        #expect(first.text.contains("1,000+ records, newest first"))
        #expect(first.text.contains("1–20 of 1,000+"))
        #expect(first.text.contains("href=\"/search?q=panel%20upgrade&amp;kind=permit&amp;page=2\""))
        #expect(first.text.contains("first 100,000"))
        let second = await visitor.get("/search?q=panel%20upgrade&kind=permit&page=2")
        #expect(second.text.contains("21–40 of 1,000+"))
        #expect(second.text.contains("href=\"/search?q=panel%20upgrade&amp;kind=permit\""))
        #expect(Set(first.numbers).isDisjoint(with: second.numbers))
        let last = await visitor.get("/search?page=50")
        #expect(last.numbers.count == 20)
        #expect(last.numbers.last == "ELE2015-00002")
        #expect(last.text.contains("href=\"/search?after=ELE2015-00002\""))
        let beyond = await visitor.get("/search?after=ELE2015-00002")
        #expect(beyond.numbers == ["ELE2015-00001"])
        #expect(beyond.text.contains("After the first 1,000"))
        #expect(!beyond.text.contains("rel=\"next\""))
        let oldest = await visitor.get("/search?order=oldest")
        #expect(oldest.numbers.first == "ELE2015-00001")
        #expect(oldest.text.contains("oldest first"))
        let later = await visitor.get("/search?q=panel&order=oldest&after=ele2015-00980")
        #expect(later.numbers.first == "ELE2015-00981" && later.numbers.count == 20)
        #expect(later.text.contains("after=ELE2015-01000"))
        #expect(await visitor.get("/search?after=NOT1999-00001").text.contains("This list does not have that many pages."))
        for odd in ["0", "-3", "x", "99999999999999999999"] {
            #expect(await visitor.get("/search?page=\(odd)").numbers == visitor.get("/search").numbers)
        }
        let few = await visitor.get("/search?q=ELE2015-00007&page=3")
        #expect(few.text.contains("This list does not have that many pages."))
    }

    @Test("B12 Parties and staff find exactly the rows that a guest finds")
    func sameForAll() async throws {
        let city = try await TestCity.make()
        let ada = try await city.person("Ada", "Lindqvist", email: "ada@example.org")
        let hidden = try await city.aCase(number: "ELE2021-00001", confidential: true)
        let draft = try await city.aCase(number: "ELE2021-00002", submitted: false)
        let open = try await city.aCase(number: "ELE2021-00003")
        try await city.aCase(number: "ELE2021-00004")
        for id in [hidden, draft, open] { try await city.grant(ada, on: id) }
        let party = city.browser()
        try await party.signIn(try await city.account("Ada", "Lindqvist", email: "ada@example.org"))
        let staff = city.browser()
        try await staff.signIn(try await city.staff(.supervisor), staff: true)
        for address in ["/search", "/search?q=ELE2021", "/search?q=panel", "/search?q=ELE2021-00001"] {
            let guest = await city.browser().get(address).numbers
            #expect(!guest.contains("ELE2021-00001") && !guest.contains("ELE2021-00002"))
            #expect(await party.get(address).numbers == guest)
            #expect(await staff.get(address).numbers == guest)
        }
        #expect(await city.browser().get("/search").numbers == ["ELE2021-00004", "ELE2021-00003"])
    }

    @Test("A9 The page speaks Spanish, with the city's own Spanish names")
    func spanish() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408", status: "issued", applied: CivilDate(year: 2021, month: 3, day: 19))
        let page = await city.browser(language: .spanish).get("/search?q=panel")
        for text in [
            "<h1>Buscar registros: panel</h1>", "1 registro, los más recientes primero", ">Resultados</caption>", "Emitido",
            "19 mar 2021",
            ">Solicitado desde</label>", ">Buscar</button>", ">Descargar CSV</a>",
        ] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(!page.text.contains("⟦"))
    }

    @Test("L2 What an applicant writes is shown as text")
    func markup() async throws {
        let city = try await TestCity.make()
        try await city.aCase(description: "<script>alert(1)</script> \"garage\"", street: "1 <b>Bold</b> St")
        let page = await city.browser().get("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        #expect(page.numbers.count == 1)
        #expect(!page.text.contains("<script>"))
        #expect(!page.text.contains("<b>"))
        #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;garage&quot;"))
        #expect(page.text.contains("value=\"&lt;script&gt;alert(1)&lt;/script&gt;\""))
    }

    @Test("D3 A status that the city renames is shown by its new name")
    func renamed() async throws {
        let pack = try TestCity.pack(
            replacing: "en: \"Issued\", es: \"Emitido\"", with: "en: \"Granted\", es: \"Otorgado\"", in: "statuses.yaml")
        let city = try await TestCity.make(pack: pack)
        try await city.aCase(number: "ELE2021-00408", status: "issued")
        let page = await city.browser().get("/search?status=issued")
        #expect(page.numbers == ["ELE2021-00408"])
        #expect(page.text.contains("</span>") && page.text.contains(">Granted<"))
        #expect(!page.text.contains(">Issued<"))
    }

    @Test("J1 The file holds the rows of the search, each as one record")
    func file() async throws {
        let city = try await TestCity.make()
        try await city.aCase(
            number: "ELE2021-00408", status: "issued", description: "Panel,\n\"new\"",
            applied: CivilDate(year: 2021, month: 3, day: 19))
        try await city.aCase(number: "ELE2021-00409", description: "=HYPERLINK(\"x\") panel", applied: nil)
        try await city.aCase(number: "ELE2021-00410", description: "Water heater")
        let answer = await city.browser().get("/search.csv?q=panel")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/csv; charset=utf-8")
        #expect(answer.headers["content-disposition"]?.contains("records.csv") == true)
        var reader = try CSVReader(text: answer.text)
        var records: [CSVReader.Record] = []
        while let record = reader.next() { records.append(record) }
        let page = await city.browser().get("/search?q=panel")
        #expect(records.map { $0["number"] } == page.numbers)
        #expect(records.map { $0["number"] } == ["ELE2021-00408", "ELE2021-00409"])
        #expect(records[0]["description"] == "Panel,\n\"new\"")
        #expect(records[0]["status"] == "Issued")
        #expect(records[0]["applied"] == "2021-03-19")
        #expect(records[0]["address"] == "1195 Bear Mountain Dr, Boulder, CO 80305")
        #expect(records[0]["url"].hasSuffix("/cases/ELE2021-00408"))
        #expect(records[1]["description"] == "'=HYPERLINK(\"x\") panel")
    }

    @Test("J1 A program gets the same rows as JSON, and where the next page is")
    func json() async throws {
        let city = try await TestCity.make()
        try await city.manyCases(21)
        let visitor = city.browser()
        let answer = await visitor.get("/search?q=panel", accept: "application/json")
        #expect(answer.headers["content-type"] == "application/json")
        let json = try #require(JSON(parsing: answer.text))
        #expect(json["total"]?.integer == 21)
        #expect(json["total_is_capped"] == .bool(false))
        let records = try #require(json["records"]?.array)
        #expect(records.compactMap { $0["number"]?.string } == (await visitor.get("/search?q=panel").numbers))
        #expect(records[0]["status"]?["key"]?.string == "issued")
        #expect(records[0]["status"]?["name"]?.string == "Issued")
        let next = try #require(json["next"]?.string)
        let rest = try #require(JSON(parsing: await visitor.get(next, accept: "application/json").text))
        #expect(rest["records"]?.array?.count == 1)
        #expect(rest["next"] == nil)
    }
}
