import Cases
import Core
import Database
import Import
import Primitives
import TestSupport
import Testing

@Suite("Importing Boulder's permits (K6)")
struct BoulderPermitsTests {
    @Test(
        "Every one of the 599 real permits is accounted for, and a second run imports nothing", .enabled(if: Permits.hasRealFile))
    func realFile() async throws {
        let city = try await TestCity.make()
        let name = "boulder_construction_permits.csv"
        let rehearsal = try await city.imports(.boulderPermits, Permits.realFile, rehearse: true)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record") == 0)
        let first = try await city.imports(.boulderPermits, Permits.realFile)
        #expect(first.totals(name) == [599, 599, 0, 0, 0])
        #expect(rehearsal.json == first.json)

        #expect(try await city.count("SELECT COUNT(*) FROM case_record") == 599)
        #expect(first.repairs("PIN", in: name).count == 596)
        #expect(try await city.count("SELECT COUNT(*) FROM parcel") == 2)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE contractor_state <> ''") == 172)
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE kind = 'company' AND findable = 1") == 186)
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE kind = 'person' AND findable = 0") == 11)
        #expect(try await city.count("SELECT COUNT(*) FROM case_grant WHERE until IS NULL AND is_primary = 1") == 599 - 172)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE parent_id IS NOT NULL") == 147)
        #expect(first.json["parents"]?["linked"] == 147)
        #expect(first.json["parents"]?["missing"]?.array?.count == 7)
        #expect(first.json["statuses"]?["Issued"] == ["count": 249, "mapped_to": "issued"])
        #expect(first.json["types"]?["Mechanical Permit"] == ["count": 134, "mapped_to": "mechanical"])
        #expect(first.json["contact_types"]?["Contractor: Right-of-Way"]?["count"] == 109)
        #expect(first.json["can_sign_in"] == 0)

        let before = try await city.contents()
        let second = try await city.imports(.boulderPermits, Permits.realFile)
        #expect(second.totals(name) == [599, 0, 0, 599, 0])
        #expect(try await city.contents() == before)
        let audit = try await city.read { try Audit.verify($0) }
        #expect(audit.problem == nil)
    }

    @Test("Amounts, days, addresses and descriptions with line breaks arrive as they were")
    func fields() async throws {
        let city = try await TestCity.make()
        let description = "Kitchen remodel:\r\n- new outlets, \"as built\"\r\n\u{202E}- nothing else"
        let report = try await city.permits([
            Permits.row(
                "ELE2021-00408", ["Description": description, "EstProjectCost": "19512.5", "OriginalAddress": "380 LIPAN  WAY"]),
            Permits.row(
                "ELE2021-00409", ["Description": "=SUM(A1:A9)", "CompletedDate": "2/30/2021", "EstProjectCost": "about 5"]),
        ])
        #expect(report.totals() == [2, 2, 0, 0, 0])
        let row = try #require(
            try await city.read {
                try $0.row("SELECT description, valuation_cents, applied, issued FROM case_record WHERE number = 'ELE2021-00408'")
            })
        #expect(try row["description"] as String == "Kitchen remodel:\n- new outlets, \"as built\"\n- nothing else")
        #expect(try row["valuation_cents"] as Int64 == 19_512_50)
        #expect(try row["applied"] as CivilDate == CivilDate(year: 2021, month: 3, day: 19))
        #expect(try row["issued"] as CivilDate == CivilDate(year: 2021, month: 3, day: 22))
        #expect(report.repairs("Description") == [1, 2])
        #expect(try await city.text("SELECT typed FROM case_location ORDER BY id LIMIT 1") == "380 LIPAN WAY, BOULDER, CO 80304")
        #expect(try await city.text("SELECT description FROM case_record WHERE number = 'ELE2021-00409'") == "=SUM(A1:A9)")
        #expect(report.repairs("CompletedDate") == [2])
        #expect(report.repairs("EstProjectCost") == [2])
    }

    @Test(
        "A parcel number that a spreadsheet ruined is reported and never kept",
        arguments: ["1.57707E+11", "1.4632E+11", "1,57707E+11", "1.57707E11", "1.5e+11"])
    func lossyParcel(pin: String) async throws {
        let city = try await TestCity.make()
        let report = try await city.permits([Permits.row("ELE2021-00408", ["PIN": pin])])
        #expect(report.totals() == [1, 1, 0, 0, 0])
        #expect(report.repairs("PIN") == [1])
        #expect(try await city.count("SELECT COUNT(*) FROM parcel") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM case_location WHERE parcel_id IS NULL") == 1)
    }

    @Test("A whole parcel number is kept, with letters too", arguments: ["157707012034", "146330K02001", "146330E02001"])
    func wholeParcel(pin: String) async throws {
        let city = try await TestCity.make()
        let report = try await city.permits([Permits.row("ELE2021-00408", ["PIN": pin])])
        #expect(report.repairs("PIN").isEmpty)
        #expect(try await city.text("SELECT number FROM parcel") == pin)
    }

    @Test(
        "A note in place of a contractor becomes a state, never a company",
        arguments: [
            ("Contractor of Record Not Designated", ContractorState.notDesignated),
            ("Waiting for Licensed Contractor", .waitingForLicensed),
            ("GC ASSUMES RESPONSIBILITY FOR SUBCONTRACTED WORK", .generalAssumes),
        ])
    func placeholder(name: String, state: ContractorState) async throws {
        let city = try await TestCity.make()
        let report = try await city.permits([Permits.row("ELE2021-00408", ["ContractorCompanyName": name])])
        #expect(report.repairs("ContractorCompanyName") == [1])
        #expect(try await city.count("SELECT COUNT(*) FROM contact") == 0)
        #expect(try await city.text("SELECT contractor_state FROM case_record") == state.rawValue)
    }

    @Test("One company for one name however it is written; an owner who builds is a person nobody finds (B1, B5)")
    func contractors() async throws {
        let city = try await TestCity.make()
        let owner = ["ContractorCompanyName": "Tamsin Fennimore", "ContractorTrade": "Owner/Contractor"]
        _ = try await city.permits([
            Permits.row("ELE2021-00001"), Permits.row("ELE2021-00002", ["ContractorCompanyName": "Copperleaf Electric LLC"]),
            Permits.row("ELE2021-00003", owner), Permits.row("ELE2021-00004", owner),
            Permits.row("ELE2021-00005", owner.merging(["OriginalAddress": "18 PIKA CT"], uniquingKeysWith: { $1 })),
        ])
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE kind = 'company' AND findable = 1") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM case_grant WHERE contact_type = 'contractor-electrical'") == 2)
        // Two people of one name at two addresses may be two people.
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE kind = 'person' AND findable = 0") == 2)
        #expect(try await city.text("SELECT last_name FROM contact WHERE kind = 'person' ORDER BY id LIMIT 1") == "Fennimore")
    }

    @Test("A parent is linked also when it comes later, or came with another file; a missing one is reported")
    func parents() async throws {
        let city = try await TestCity.make()
        let house = [
            "PermitType": "Building Permit - Single Family Detached Dwelling", "PermitWorkType": "Remodel",
            "ContractorTrade": "Contractor: General",
        ]
        let first = try await city.permits([
            Permits.row("ELE2021-00001", ["MasterPermitNum": "BLD-SFD2021-00133"]),
            Permits.row("BLD-SFD2021-00133", house),
            Permits.row("ELE2021-00002", ["MasterPermitNum": "BLD-SFD2021-00999"]),
            Permits.row("ELE2021-00003", ["MasterPermitNum": "ELE2021-00003"]),
        ])
        #expect(first.totals() == [4, 4, 0, 0, 0])
        #expect(first.json["parents"]?["linked"] == 1)
        #expect(
            first.json["parents"]?["missing"] == [
                ["row": 3, "number": "BLD-SFD2021-00999"], ["row": 4, "number": "ELE2021-00003"],
            ])
        #expect(first.repairs("MasterPermitNum") == [3, 4])
        let second = try await city.permits([
            Permits.row(
                "MEC2021-00001",
                [
                    "MasterPermitNum": "BLD-SFD2021-00133", "PermitType": "Mechanical Permit",
                    "PermitWorkType": "Mechanical Sub-Permit",
                ])
        ])
        #expect(second.json["parents"]?["linked"] == 1)
        #expect(
            try await city.count(
                """
                SELECT COUNT(*) FROM case_record c JOIN case_record p ON p.id = c.parent_id WHERE p.number = 'BLD-SFD2021-00133'
                """) == 2)
    }

    @Test("What this city does not know is refused, with the reason and what may be meant")
    func refusals() async throws {
        let city = try await TestCity.make()
        let report = try await city.permits([
            Permits.row("ELE2021-00001", ["PermitType": "Electrcal Permit"]),
            Permits.row("ELE2021-00002", ["StatusCurrent": "Isued"]),
            Permits.row("ELE2021-00003", ["PermitWorkType": "Roofing Replacement Permit"]),
            Permits.row("ELE2021-00004", ["ContractorTrade": "Contractor: Magic"]),
            Permits.row("", [:]),
            Permits.row("ELE 2021/5"),
            Permits.row("ELE2021-00007"),
            Permits.row("ELE2021-00007"),
        ])
        #expect(report.totals() == [8, 1, 0, 0, 7])
        #expect(report.refusal(1)?.contains("did you mean \"Electrical Permit\"?") == true)
        #expect(report.refusal(2)?.contains("did you mean \"Issued\"?") == true)
        #expect(report.refusal(3)?.contains("Roofing Replacement Permit") == true)
        #expect(report.refusal(8) == "The permit number ELE2021-00007 stands in row 7 already. This second row was left out.")
        #expect(report.json["types"]?["Electrcal Permit"] == ["count": 1, "mapped_to": nil])
        #expect(try await city.count("SELECT COUNT(*) FROM case_record") == 1)
    }

    @Test("A number that the city gave to somebody else is refused")
    func takenNumber() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001")
        let report = try await city.permits([Permits.row("ELE2021-00001", ["StatusCurrent": "Void"])])
        #expect(report.totals() == [1, 0, 0, 0, 1])
        #expect(try await city.text("SELECT status FROM case_record") == "issued")
    }

    @Test("A newer export changes what changed: status, amount, contractor; the rest is unchanged")
    func update() async throws {
        let city = try await TestCity.make()
        _ = try await city.permits([Permits.row("ELE2021-00001"), Permits.row("ELE2021-00002")])
        let report = try await city.permits([
            Permits.row("ELE2021-00001", ["ObjectId": "77"]),
            Permits.row(
                "ELE2021-00002",
                [
                    "StatusCurrent": "Letter of Completion", "CompletedDate": "4/2/2021", "EstProjectCost": "1",
                    "ContractorCompanyName": "Waiting for Licensed Contractor",
                ]),
        ])
        #expect(report.totals() == [2, 0, 1, 1, 0])
        let row = try #require(
            try await city.read {
                try $0.row(
                    "SELECT status, bucket, valuation_cents, active_on, contractor_state FROM case_record WHERE number = 'ELE2021-00002'"
                )
            })
        #expect(try row["status"] as String == "letter-of-completion")
        #expect(try row["bucket"] as String == "closed")
        #expect(try row["valuation_cents"] as Int64 == 100)
        #expect(try row["active_on"] as String == "2021-04-02")
        #expect(try row["contractor_state"] as String == "waiting-for-licensed")
        #expect(try await city.count("SELECT COUNT(*) FROM case_grant WHERE until IS NULL") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM fact WHERE kind = 'case.corrected' AND origin = 'import'") == 1)
    }

    @Test("The next number of the city is above the highest imported one")
    func counter() async throws {
        let city = try await TestCity.make()
        _ = try await city.permits([Permits.row("ELE2026-00408"), Permits.row("ELE2026-00007")])
        let next = try await city.write { try CaseNumbers.next(prefix: "ELE", year: 2026, $0.conn) }
        #expect(next == "ELE2026-00409")
    }

    @Test("A rehearsal says exactly what the import will say, and changes nothing")
    func rehearsal() async throws {
        let city = try await TestCity.make()
        var rows = [
            Permits.row("ELE2021-00001"), Permits.row("ELE2021-00001"), Permits.row("ELE2021-00002", ["PIN": "1.57707E+11"]),
        ]
        rows.append(Permits.row("ELE2021-00003", ["MasterPermitNum": "ELE2021-00002", "PermitType": "?"]))
        rows.append(Permits.row("ELE2021-00004", ["MasterPermitNum": "ELE2021-00003"]))
        let before = try await city.contents()
        let rehearsal = try await city.permits(rows, rehearse: true)
        #expect(try await city.contents() == before)
        let report = try await city.permits(rows)
        #expect(rehearsal.json == report.json)
        #expect(rehearsal.readable.hasPrefix("Rehearsal: nothing was changed."))
    }

    @Test("An import that was stopped in the middle goes on and ends like one that was not")
    func stopped() async throws {
        struct PowerCut: Error {}
        let export = try Export()
        let rows = (1...450).map { index in
            Permits.row(
                "ELE2021-\(padded(index, 5))",
                ["ContractorCompanyName": "Company \(index % 40) LLC", "MasterPermitNum": index % 3 == 0 ? "ELE2021-00450" : ""])
        }
        try export.write("permits.csv", columns: Permits.columns, rows)
        let path = export.path("permits.csv")
        let (clean, cut) = (try await TestCity.make(), try await TestCity.make())
        _ = try await clean.imports(.boulderPermits, path)
        await #expect(throws: PowerCut.self) {
            try await cut.imports(.boulderPermits, path) { _ in throw PowerCut() }
        }
        let half = try await cut.count("SELECT COUNT(*) FROM case_record")
        #expect((1..<450).contains(half))
        let report = try await cut.imports(.boulderPermits, path)
        #expect(report.totals() == [450, Int64(450 - half), 0, Int64(half), 0])
        #expect(try await cut.contents() == clean.contents())
    }

    @Test("A file that is something else says so before anything is read")
    func wrongFile() async throws {
        let city = try await TestCity.make()
        let export = try Export()
        try export.write("permits.csv", columns: ["Name", "Age"], [["Name": "x"]])
        await #expect(throws: ImportProblem.self) { try await city.imports(.boulderPermits, export.path("permits.csv")) }
        await #expect(throws: ImportProblem.self) { try await city.imports(.boulderPermits, export.path("nothing.csv")) }
    }
}
