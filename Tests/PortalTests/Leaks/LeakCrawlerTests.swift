import Accounts
import Core
import Database
import Primitives
import TestSupport
import Testing
import Web

@testable import Portal

/// Every route, by everybody, with everything that can stand in an address: what comes back holds nothing that is not theirs
/// (incidents 1, 5, 7, 10, 11, 15 and 17).
@Suite struct LeakCrawlerTests {
    @Test func `D-01 no page, list, file, stream or count shows anybody what they may not know`() async throws {
        let leaks = try await LeakCity()
        var (asked, shown) = (0, 0)
        for route in TestCity.routes where route.method == .get && !route.template.hasPrefix("/demo") {
            for address in LeakCity.addresses(route, leaks.names) {
                for comer in leaks.comers {
                    for kind in ["text/html", "application/json"] where kind == "text/html" || route.template == "/cases/{number}"
                    {
                        let answer = await comer.browser.get(address, accept: kind)
                        asked += 1
                        #expect(answer.status < 500, "\(comer.name) \(address)")
                        for canary in leaks.canaries where answer.text.contains(canary.word) {
                            shown += 1
                            #expect(
                                canary.readers.contains(comer.name), "\(comer.name) reads \(canary.word) at \(address) (\(kind))")
                        }
                    }
                }
            }
        }
        // The crawler saw something: every word was read by somebody who may.
        #expect(asked > 3000, "\(asked)")
        #expect(shown > 100, "\(shown)")
    }

    @Test func `incident 5 what is not public answers like what does not exist`() async throws {
        let leaks = try await LeakCity()
        let access = leaks.city.context.access
        for comer in leaks.comers {
            for (index, number) in leaks.numbers.enumerated() {
                let sees = try await leaks.city.read { conn in
                    let id: Int64? = try conn.value("SELECT id FROM case_record WHERE number = \(number)")
                    return try access.may("case.view", comer.principal, on: id ?? 0, conn)
                }
                guard !sees else { continue }
                for tail in ["", "/contacts", "/locations", "/timeline", "/sub-records"] {
                    for kind in ["text/html", "application/json"] {
                        let (there, nowhere) = (
                            await comer.browser.get("/cases/\(number)\(tail)", accept: kind),
                            await comer.browser.get("/cases/ELE1999-9999\(index)\(tail)", accept: kind)
                        )
                        #expect(there.status == 404 && nowhere.status == 404, "\(comer.name) \(number)\(tail)")
                        let (one, other) = (plain(there, number), plain(nowhere, "ELE1999-9999\(index)"))
                        #expect(one == other, "\(comer.name) \(number)\(tail) \(kind): \(difference(one, other))")
                    }
                }
                #expect(await comer.browser.listen("/cases/\(number)") == nil, "\(comer.name) listens to \(number)")
            }
        }
    }

    @Test func `incident 13 searching, counting and sorting tell nobody of what they may not know`() async throws {
        let leaks = try await LeakCity()
        for comer in leaks.comers {
            for canary in leaks.canaries where !canary.readers.contains(comer.name) && !canary.word.contains("@") {
                let word = canary.word
                for page in ["/search?q=", "/search.csv?q=", "/cases?q=", "/staff/contacts?q=", "/search?company="] {
                    let (found, nothing) = (
                        await comer.browser.get(page + word), await comer.browser.get(page + "Xylographer")
                    )
                    #expect(found.status == nothing.status, "\(comer.name) \(page)\(word)")
                    #expect(
                        plain(found, word) == plain(nothing, "Xylographer"),
                        "\(comer.name) \(page)\(word): \(difference(plain(found, word), plain(nothing, "Xylographer")))")
                }
            }
        }
    }

    /// The first place where two texts part.
    private func difference(_ one: String, _ other: String) -> String {
        let start = max(0, zip(one, other).prefix { $0 == $1 }.count - 60)
        return "…\(one.dropFirst(start).prefix(160)) and …\(other.dropFirst(start).prefix(160))"
    }

    /// Without the word that was asked for and what is new on every page.
    private func plain(_ answer: Browser.Answer, _ word: String) -> String {
        answer.text.replacing(word, with: "WORD").replacing(word.lowercased(), with: "WORD")
            .replacing(/name="once" value="[^"]*"/, with: "").replacing(/[0-9A-Za-z_-]{20,}/, with: "TOKEN")
    }

    @Test func `incident 10 and 11 whoever is not let in changes nothing, whatever they send`() async throws {
        let leaks = try await LeakCity()
        let access = leaks.city.context.access
        for route in TestCity.routes where route.method == .post && !route.template.hasPrefix("/demo") {
            let fields = Dictionary(route.form.fields.map { ($0.name, "1") }, uniquingKeysWith: { first, _ in first })
            for address in LeakCity.addresses(route, leaks.names).prefix(12) {
                for comer in leaks.comers where !isAdmitted(comer.principal, route.access, access) {
                    let before = try await lastFact(leaks.city)
                    let answer = await comer.browser.post(address, fields)
                    #expect([303, 403, 404, 429].contains(answer.status), "\(comer.name) \(address): \(answer.status)")
                    if answer.status == 303 {
                        #expect(answer.location?.contains("sign-in") == true || answer.location == "/continue")
                    }
                    #expect(try await lastFact(leaks.city) == before, "\(comer.name) changed something by \(address)")
                }
            }
        }
    }

    @Test func `incident 11 a stranger with an account changes nothing of anybody else's`() async throws {
        let leaks = try await LeakCity()
        let stranger = try leaks.comer("stranger")
        let own = "account:\(leaks.stranger)"
        let before = try await lastFact(leaks.city)
        for route in TestCity.routes where route.method == .post && route.access != .anyone && !route.template.hasPrefix("/demo")
        {
            let fields = Dictionary(route.form.fields.map { ($0.name, "1") }, uniquingKeysWith: { first, _ in first })
            for address in LeakCity.addresses(route, leaks.names) {
                let answer = await stranger.browser.post(address, fields)
                #expect(answer.status < 500, "\(address)")
            }
        }
        let touched: [String] = try await leaks.city.read { conn in
            try conn.rows("SELECT DISTINCT subject FROM fact WHERE id > \(before)").map { try $0["subject"] }
        }
        let mine: [String] = try await leaks.city.read { conn in
            try conn.rows(
                """
                SELECT 'contact:' || contact_id AS subject FROM contact_link WHERE account_id = \(leaks.stranger)
                UNION SELECT 'request:' || id FROM access_request WHERE account_id = \(leaks.stranger)
                """
            ).map { try $0["subject"] }
        }
        for subject in touched { #expect(subject == own || mine.contains(subject), "a stranger changed \(subject)") }
    }

    private func lastFact(_ city: TestCity) async throws -> Int64 {
        try await city.read { try $0.value("SELECT MAX(id) FROM fact") ?? 0 }
    }

    private func isAdmitted(_ principal: Principal, _ wanted: Route.Access, _ access: AccessTable) -> Bool {
        switch wanted {
        case .anyone: true
        case .signedIn: principal.signedIn != nil
        case .account: principal.account != nil
        case .staff(let action): access.may(action, principal)
        }
    }
}
