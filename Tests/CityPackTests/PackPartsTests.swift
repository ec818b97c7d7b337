import CityPack
import Primitives
import Testing

/// The parts of a pack as features meet them.
@Suite struct PackPartsTests {
    let pack = TestPacks.boulder

    @Test func `a department is open by the clock, not on the days it is closed`() throws {
        let department = try #require(pack.departments.first)
        let tuesday = CivilDate(year: 2026, month: 7, day: 7)
        #expect(department.isOpen(tuesday, hour: 10, minute: 0))
        #expect(!department.isOpen(tuesday, hour: 16, minute: 0))
        #expect(!department.isOpen(tuesday.adding(days: -1), hour: 11, minute: 0))
        #expect(OpeningHours("16:00-10:00") == nil && OpeningHours("9:00-17:00") == nil && OpeningHours("10:00-24:30") == nil)
        #expect(OpeningHours("09:30-12:00")?.description == "09:30-12:00")
    }

    @Test func `B4 one of several licenses entitles to a part, because trades cross`() throws {
        let plumbing = try #require(pack.contactType("contractor-plumbing"))
        #expect(plumbing.licenses == ["plumbing-contractor", "mechanical-contractor"])
        let kinds = Set(pack.caseTypes.filter { $0.module == .license }.flatMap(\.workClasses).map(\.key))
        #expect(pack.contactTypes.allSatisfy { kinds.isSuperset(of: $0.licenses) })
    }

    @Test func `I1 the help desk's topics name who answers, and macros speak to the person`() throws {
        #expect(pack.topics.map(\.key).count == 8)
        #expect(Set(pack.topics.map(\.kind)) == Set(TopicKind.allCases))
        #expect(pack.topics.allSatisfy { pack.role($0.role) != nil && pack.department($0.department) != nil })
        let macro = try #require(pack.macros.first { $0.key == "call-us" })
        let said = macro.text(name: "Rosa {phone}", number: "R-7", phone: "303-441-1880")
        #expect(said.english.hasPrefix("Hello Rosa {phone}, ") && said.english.contains("request R-7"))
        #expect(said.spanish.contains("303-441-1880"))
    }

    @Test func `D2 every kind of review that the city names is there`() throws {
        #expect(pack.caseType("administrative-review")?.workClasses.count == 20)
        #expect(pack.caseType("land-use-review")?.workClasses.count == 7)
        for key in ["revocable", "pre-application", "technical-document-review", "historic-preservation"] {
            #expect(pack.caseType(key)?.module == .plan, "\(key)")
        }
    }

    @Test func `K2 a role that the pack does not have carries nothing`() {
        #expect(pack.may("administrator", "pack.publish"))
        #expect(!pack.may("mayor", "pack.publish"))
    }
}
