import CityPack
import Foundation
import Primitives
import Testing

/// What Boulder's pack says is what the city's system says (D2, D3, B4).
@Suite struct BoulderPackTests {
    let pack: CityPack

    init() throws { pack = try CityPack.load(directory: Boulder.directory) }

    @Test func hasNoProblems() {
        #expect(CityPack.check(directory: Boulder.directory) == [])
    }

    @Test func namesTheCity() throws {
        #expect(pack.city.name == "City of Boulder")
        #expect(pack.city.timeZone == "America/Denver")
        #expect(pack.city.cutOver == CivilDate(year: 2018, month: 4, day: 9))
        #expect(pack.city.inspectionLine == "303-441-4088")
        #expect(pack.city.phone == "303-441-1880")
        #expect(pack.city.mailAddress == ["P.O. Box 791", "Boulder, CO 80306"])
        #expect(pack.city.responseWorkingDays == 3)
    }

    @Test func mapsEveryPermitTypeOfTheExport() throws {
        #expect(pack.caseTypes.count { $0.module == .permit } == 20)
        for (name, prefix) in Export.permitTypes {
            let type = try #require(pack.caseType(importName: name), "\(name)")
            #expect(type.prefix == prefix)
            #expect(type.module == .permit)
            #expect(pack.caseType(type.key) == type)
        }
    }

    @Test func mapsEveryWorkTypeOfTheExport() throws {
        #expect(Set(Export.workTypes.values.joined()).count == 23)
        for (type, works) in Export.workTypes {
            let type = try #require(pack.caseType(importName: type))
            for work in works { #expect(type.workClass(importName: work) != nil, "\(type.key): \(work)") }
        }
    }

    @Test func mapsEveryStatusOfTheExport() throws {
        #expect(pack.statuses.count == 13)
        for (name, blds, bucket) in Export.statuses {
            let status = try #require(pack.status(importName: name), "\(name)")
            #expect(status.name.english == name)
            #expect(status.blds == blds)
            #expect(status.bucket == bucket)
        }
        #expect(pack.status("issued")?.bldsOnceInspected == "Inspection Phase")
    }

    @Test func offersEveryTradeWhereTheExportHasIt() throws {
        #expect(Export.trades.count == 10)
        for (trade, types) in Export.trades {
            let contactType = try #require(pack.contactType(importName: trade), "\(trade)")
            for type in types {
                let type = try #require(pack.caseType(importName: type))
                #expect(type.contactTypes.contains(contactType.key), "\(type.key): \(trade)")
            }
        }
    }

    @Test func saysWhoseTurnItIs() {
        let applicants = pack.statuses.filter { $0.turn == .applicant }.map(\.key)
        #expect(applicants == ["pending-at-applicant", "revisions-resubmit", "payment-pending", "issued"])
        #expect(pack.statuses.allSatisfy { ($0.bucket == .closed) == ($0.step == .finished) })
        #expect(pack.statuses.allSatisfy { ($0.bucket == .attention) == ($0.tone == .attention) })
    }

    /// A code case has no permit, a license no work; whoever has to call is told where.
    @Test func saysWhatIsNextForEveryKindOfCase() throws {
        let issued = try #require(pack.status("issued"))
        #expect(issued.next(in: .permit, phone: "1").english.contains("Your permit is issued"))
        for module in CaseModule.allCases where module != .permit {
            for status in pack.statuses {
                let next = status.next(in: module, phone: pack.city.phone)
                #expect(!next.english.contains("permit"), "\(status.key) of a \(module)")
                #expect(!next.spanish.contains("permiso"), "\(status.key) of a \(module)")
                #expect(!next.english.contains("{") && !next.spanish.contains("{"), "\(status.key) of a \(module)")
                if [.code, .request].contains(module) {
                    #expect(!next.english.contains("application"), "\(status.key) of a \(module)")
                }
            }
        }
        #expect(pack.status("on-hold")?.next(in: .permit, phone: "303-441-1880").english.contains("Call 303-441-1880") == true)
    }

    /// The city's page: Contact and Applicant give viewing and billing, and are offered everywhere.
    @Test func givesContactAndApplicantViewingAndBilling() throws {
        for key in ["contact", "applicant"] {
            let type = try #require(pack.contactType(key))
            #expect(type.rights.isSuperset(of: [.view, .bill]))
            #expect(pack.caseTypes.allSatisfy { $0.contactTypes.contains(key) })
        }
        let plan = try #require(pack.caseType("land-use-review"))
        #expect(!plan.contactTypes.contains { $0.hasPrefix("contractor") })
    }

    @Test func needsALicenseFromEveryContractorButAnOwner() throws {
        for type in pack.contactTypes {
            #expect(type.needsLicense == type.key.hasPrefix("contractor-"), "\(type.key)")
        }
        #expect(try #require(pack.contactType("contractor-electrical")).name.english == "Contractor: Electrical")
    }

    @Test func keepsFieldsInTheirClass() {
        #expect(pack.field("number")?.visibility == .public)
        #expect(pack.field("contacts")?.visibility == .party)
        #expect(pack.field("notes")?.visibility == .staff)
        #expect(pack.field("card_code")?.visibility == .secret)
        #expect(pack.field("shoe_size") == nil)
    }

    @Test func speaksSpanishEverywhere() {
        var texts = pack.caseTypes.flatMap { [$0.name, $0.explanation] + $0.workClasses.map(\.name) }
        texts += pack.statuses.flatMap { [$0.name, $0.next] + $0.nextByModule.values }
        texts += pack.contactTypes.flatMap { [$0.name, $0.explanation, $0.example] }
        texts += pack.city.holidays.map(\.name) + [pack.city.hours]
        for text in texts where text.english != "Juneteenth" {
            #expect(text.english != text.spanish, "\(text.english)")
        }
    }

    @Test func countsWorkingDaysAroundHolidays() {
        let city = pack.city
        let wednesday = CivilDate(year: 2026, month: 11, day: 25)
        #expect(!city.isWorkingDay(CivilDate(year: 2026, month: 11, day: 26)))
        #expect(!city.isWorkingDay(CivilDate(year: 2026, month: 11, day: 28)))
        #expect(city.date(after: wednesday, workingDays: 3) == CivilDate(year: 2026, month: 12, day: 2))
        #expect(city.date(after: wednesday, workingDays: 0) == wednesday)
        for year in 2026...2028 {
            #expect(city.holidays.count { $0.date.year == year } == (year == 2027 ? 13 : year == 2028 ? 11 : 12))
        }
        #expect(city.holidays.allSatisfy { $0.date.weekday <= 5 })
    }

    @Test func marksWhatIsInvented() {
        #expect(pack.samples.contains { $0.file == "city.yaml" && $0.what == "\"email\" of this file" })
        #expect(pack.samples.contains { $0.file == "contact-types.yaml" && $0.what == "contact type \"architect\"" })
        #expect(!pack.samples.contains { $0.file == "statuses.yaml" })
    }

    /// The whole export, when it lies beside the repository.
    @Test func mapsEveryRowOfTheExportFile() throws {
        let path = Boulder.root.appendingPathComponent("../shared/data/boulder_construction_permits.csv").path
        guard FileManager.default.fileExists(atPath: path) else { return }
        var reader = try CSVReader(path: path)
        var rows = 0
        while let row = reader.next() {
            rows += 1
            let type = try #require(pack.caseType(importName: row["PermitType"]))
            #expect(row["PermitNum"].hasPrefix(type.prefix))
            #expect(type.workClass(importName: row["PermitWorkType"]) != nil, "\(row["PermitWorkType"])")
            #expect(pack.status(importName: row["StatusCurrent"]) != nil, "\(row["StatusCurrent"])")
            if row["ContractorTrade"].isEmpty { continue }
            let contactType = try #require(pack.contactType(importName: row["ContractorTrade"]))
            #expect(type.contactTypes.contains(contactType.key), "\(type.key): \(contactType.key)")
        }
        #expect(rows == 599)
    }
}
