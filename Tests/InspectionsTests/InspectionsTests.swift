import Core
import Database
import Inspections
import Primitives
import TestSupport
import Testing

@Suite struct InspectionsTests {
    private func inspected(_ city: TestCity, _ results: [Inspection.Result]) async throws -> CaseID {
        let id = try await city.aCase()
        try await city.write { change in
            for (index, result) in results.enumerated() {
                _ = try InspectionWriter(change).create(all: [
                    NewInspection(
                        number: "I\(index)", caseID: id, type: "Rough electrical", state: .completed, result: result,
                        requestedFor: nil, scheduledFor: nil, completedOn: CivilDate("2026-06-0\(index + 1)"),
                        inspector: "Dana Kowalczyk")
                ])
            }
        }
        return id
    }

    @Test func `D4 a failed inspection puts the case in front of people`() async throws {
        let city = try await TestCity.make()
        let id = try await inspected(city, [.fail])
        #expect(try await city.count(id) == 1)
    }

    @Test func `D11 parties see inspections, only staff see who came, the public sees neither`() async throws {
        let city = try await TestCity.make()
        let id = try await inspected(city, [.pass])
        let number = try await city.number(of: id)
        let account = try await city.account(email: "ada@example.org")
        let contact = try await city.read { conn in
            ContactID(try conn.value("SELECT contact_id FROM contact_link WHERE account_id = \(account)") ?? 0)
        }
        try await city.grant(contact, on: id)
        #expect(await city.browser().get("/cases/\(number)/inspections").status == 404)
        let party = city.browser()
        try await party.signIn(account)
        let page = await party.get("/cases/\(number)/inspections").text
        #expect(page.contains("Rough electrical") && page.contains("Passed") && !page.contains("Kowalczyk"))
        let staff = city.browser()
        try await staff.signIn(city.staff(.inspector), staff: true)
        #expect(await staff.get("/cases/\(number)/inspections").text.contains("Kowalczyk"))
    }
}

extension TestCity {
    fileprivate func count(_ id: CaseID) async throws -> Int {
        try await read {
            try $0.value(
                "SELECT COUNT(*) FROM case_attention WHERE case_id = \(id) AND reason = 'inspection-failed' AND until IS NULL")
                ?? 0
        }
    }
}
