import Core
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct DayTests {
    @Test func `the day in numbers adds up`() async throws {
        let city = try await TestCity.make()
        let first = try await city.asks(city.browser(), about: "one", email: "one@example.org")
        try await city.asks(city.browser(), about: "two", email: "two@example.org")
        await city.asksQuestion(city.browser(), email: "three@example.org")
        city.clock.advance(.hours(3))
        let desk = try await city.desk()
        await desk.post("/staff/desk/access-requests/\(first)/decline", ["reason": "No record fits.", "seen": "0"])
        await desk.post("/staff/desk/access-requests/HD-00001/reply", ["reply": "Soon."])
        let day = try await city.read { conn in
            try DeskDay(
                CivilDate(year: 2026, month: 7, day: 6), today: CivilDate(year: 2026, month: 7, day: 6), visible: "1 = 1", conn)
        }
        #expect(day.received == 3 && day.answered == 1 && day.medianHours == 3 && day.answeredLate == 0)
        #expect(day.people.map(\.name) == ["Sam Steward"] && day.people.first?.decided == 1 && day.people.first?.written == 1)
        #expect(day.waiting.map(\.count) == [1, 0])
        let page = await desk.get("/staff/desk/numbers").text
        #expect(page.contains("Sam Steward") && page.contains("3 hours"))

        // Ten days later what waits is late.
        city.clock.advance(.days(10))
        let later = try await city.read { conn in
            try DeskDay(
                CivilDate(year: 2026, month: 7, day: 16), today: CivilDate(year: 2026, month: 7, day: 16), visible: "1 = 1", conn)
        }
        #expect(later.received == 0 && later.waiting.first?.late == 1)
    }
}
