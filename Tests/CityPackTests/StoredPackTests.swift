import CityPack
import Testing

/// A version that the database keeps stays readable, whatever is asked of packs later (`docs/decisions/0011-live-pack.md`).
@Suite struct StoredPackTests {
    /// Boulder's pack as it could be written before: five files, no labels, `needs_license`.
    private func older() throws -> [String: String] {
        let files = try Boulder.files()
        var older = files.filter {
            ["city.yaml", "case-types.yaml", "statuses.yaml", "contact-types.yaml", "fields.yaml"].contains($0.key)
        }
        older["fields.yaml"] = older["fields.yaml"]?.replacing(/, label: \{[^}]*\}/, with: "")
        older["statuses.yaml"] = older["statuses.yaml"]?.replacing(#/    (start|after): .*\n/#, with: "")
        older["city.yaml"] = older["city.yaml"]?.replacing(/brand_mark: .*\n/, with: "")
        older["contact-types.yaml"] = older["contact-types.yaml"]?
            .replacing("licenses: []", with: "needs_license: false").replacing(
                /licenses: [\[{].*\n/, with: "needs_license: true\n")
        return older
    }

    @Test func `an older version loads from the database and is refused by the checker`() throws {
        let files = try older()
        let pack = try CityPack.load(stored: files)
        #expect(pack.files == files)
        #expect(pack.statuses.count == 13 && pack.caseTypes.count == TestPacks.boulder.caseTypes.count)
        #expect(pack.contactType("contractor-electrical")?.needsLicense == true)
        #expect(pack.contactType("applicant")?.needsLicense == false)
        #expect(pack.field("valuation")?.label.english == "valuation")
        #expect(pack.city.brandMark == "Boulder")
        let problems = Boulder.problems(files)
        #expect(problems.contains { $0.file == "roles.yaml" && $0.message == "this file is missing" })
        #expect(problems.contains { $0.message.contains("does not say how it is reached") })
        #expect(problems.contains { $0.message.contains(#"unknown key "needs_license""#) })
    }

    @Test func `what an older version could not say is as it was then`() throws {
        let pack = try CityPack.load(stored: older())
        #expect(pack.roles.map(\.key).contains("contact-steward"))
        #expect(pack.may("contact-steward", "contact.link"))
        #expect(pack.may("administrator", "pack.publish"))
        #expect(!pack.may("intake", "contact.link"))
        #expect(pack.departments.map(\.phone) == ["303-441-1880"])
        #expect(pack.modules.map(\.module) == CaseModule.allCases)
        #expect(pack.topics.isEmpty && pack.macros.isEmpty && pack.notices.isEmpty)
    }

    @Test func `what a later version says more is no fault of a stored one`() throws {
        var files = try Boulder.files()
        files["fees.yaml"] = "fees: []\n"
        files["city.yaml"] = "motto: \"Later\"\n" + (files["city.yaml"] ?? "")
        #expect(try CityPack.load(stored: files).city.name == "City of Boulder")
    }

    @Test func `a stored text that cannot be read is still an error`() throws {
        var files = try Boulder.files()
        files["statuses.yaml"] = "statuses: [\n"
        #expect(throws: PackProblems.self) { try CityPack.load(stored: files) }
    }
}

enum TestPacks {
    static let boulder: CityPack = {
        do { return try CityPack.load(directory: Boulder.directory) } catch { fatalError("\(error)") }
    }()
}
