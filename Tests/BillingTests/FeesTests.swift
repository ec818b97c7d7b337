import Billing
import Core
import Database
import Primitives
import TestSupport
import Testing

@Suite struct FeesTests {
    private func invoiced(_ city: TestCity, due: String = "2026-06-01", paid: Int64 = 0) async throws -> (CaseID, String) {
        let id = try await city.aCase()
        try await city.write { change in
            _ = try InvoiceWriter(change).create(all: [
                NewInvoice(
                    number: "1042", caseID: id, contact: nil, issued: CivilDate("2026-05-01"), due: CivilDate(due),
                    total: Money(cents: 12_050), paid: Money(cents: paid))
            ])
        }
        return (id, try await city.number(of: id))
    }

    @Test func `B4 fees are for those whose part carries money and for staff; for nobody else the page is not there`()
        async throws
    {
        let city = try await TestCity.make()
        let (id, number) = try await invoiced(city)
        let (payer, architect) = (
            try await city.account(email: "ada@example.org"), try await city.account(email: "arch@example.org")
        )
        for (account, type) in [(payer, "contact"), (architect, "architect")] {
            let contact = try await city.read { conn in
                ContactID(try conn.value("SELECT contact_id FROM contact_link WHERE account_id = \(account)") ?? 0)
            }
            try await city.grant(contact, on: id, as: type)
        }
        let guest = city.browser()
        #expect(await guest.get("/cases/\(number)/fees").status == 404)
        #expect(await !guest.get("/cases/\(number)").text.contains("/fees"))

        let other = city.browser()
        try await other.signIn(architect)
        #expect(await other.get("/cases/\(number)/fees").status == 404)
        #expect(await !other.get("/cases/\(number)").text.contains("/fees"))

        let browser = city.browser()
        try await browser.signIn(payer)
        let page = await browser.get("/cases/\(number)/fees").text
        #expect(page.contains("1042") && page.contains("$120.50") && page.contains("Past due"))
        #expect(await browser.get("/cases/\(number)").text.contains("/cases/\(number)/fees"))

        let staff = city.browser()
        try await staff.signIn(city.staff(.cashier), staff: true)
        #expect(await staff.get("/cases/\(number)/fees").text.contains("1042"))
    }

    @Test func `D4 an invoice past due puts the case in front of people, a paid one does not`() async throws {
        let city = try await TestCity.make()
        let (late, _) = try await invoiced(city)
        #expect(try await city.attention(late) == ["invoice-past-due"])
        let other = try await TestCity.make()
        let (paid, _) = try await invoiced(other, paid: 12_050)
        #expect(try await other.attention(paid).isEmpty)
    }

    @Test func `D4 the day passing makes an invoice past due`() async throws {
        let city = try await TestCity.make()
        let (id, _) = try await invoiced(city, due: "2026-07-06")
        #expect(try await city.attention(id).isEmpty)
        city.clock.advance(.days(1))
        try await city.context.worker().runDue()
        #expect(try await city.attention(id) == ["invoice-past-due"])
    }

    @Test func `an invoice is past due on the day after its day`() async throws {
        let city = try await TestCity.make()
        let (_, number) = try await invoiced(city, due: "2026-07-06")
        let cashier = try await city.staff(.cashier)
        try await city.write { try $0.conn.run("UPDATE account SET language = 'es' WHERE id = \(cashier)") }
        let staff = city.browser()
        try await staff.signIn(cashier, staff: true)
        #expect(await staff.get("/cases/\(number)/fees").text.contains("Por pagar"))
        city.clock.advance(.days(1))
        try await staff.signIn(cashier, staff: true)
        #expect(await staff.get("/cases/\(number)/fees").text.contains("Vencida"))
    }
}

extension TestCity {
    func attention(_ id: CaseID) async throws -> [String] {
        try await read { conn in
            try conn.rows("SELECT reason FROM case_attention WHERE case_id = \(id) AND until IS NULL ORDER BY reason").map {
                try $0["reason"]
            }
        }
    }
}
