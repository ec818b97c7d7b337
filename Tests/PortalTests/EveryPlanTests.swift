import Core
import Database
import TestSupport
import Testing

/// Whatever a page asks its database, for whomever: rows are found by an index, however many there are (L3).
struct EveryPlanTests {
    @Test("P1 No statement of any page reads a whole table, and no page takes more than six")
    func pages() async throws {
        let log = StatementLog()
        let leaks = try await LeakCity(statements: log)
        let listed = await leaks.comers.first { $0.name == "person" }?.browser.get("/account/records").text ?? ""
        let parts = listed.matches(of: /href="\/account\/records\/([a-z-]+)"/).map { String($0.1) }
        #expect(Set(parts) == Set(LeakCity.recordParts))
        _ = log.take()
        // One statement of each text, and the page that asked it.
        var asked: [String: (statement: StatementLog.Statement, page: String)] = [:]
        var many: [String] = []
        for route in TestCity.routes where route.method == .get && !route.template.hasPrefix("/demo") {
            for address in LeakCity.addresses(route, leaks.names) {
                for comer in leaks.comers {
                    let answer = await comer.browser.get(address)
                    let statements = log.takeWithValues()
                    for statement in statements where asked[statement.text] == nil {
                        asked[statement.text] = (statement, "\(comer.name) \(address)")
                    }
                    let isPage = answer.headers["content-type"]?.hasPrefix("text/html") == true
                    if isPage, answer.status < 400, statements.count > StatementCountTests.most {
                        let list = statements.map { $0.text.prefix(110).replacing("\n", with: " ") }.joined(separator: "\n  ")
                        many.append("\(comer.name) \(address): \(statements.count)\n  \(list)")
                    }
                }
            }
        }
        #expect(many.isEmpty, "\(many.joined(separator: "\n\n"))")
        let chosen = asked.values.filter { $0.statement.text.hasPrefix("SELECT") || $0.statement.text.hasPrefix("WITH") }
        #expect(chosen.count > 100, "\(chosen.count)")
        let tables = try await leaks.city.read { conn in
            let names: SQL = """
                \(sqlite: "SELECT name FROM sqlite_master WHERE type = 'table'",
                    postgres: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()")
                """
            return try Set(conn.rows(names).map { try $0["name"] as String })
        }
        let whole = try await leaks.city.read { conn in
            try chosen.flatMap { one -> [String] in
                let plan = try QueryPlan(one.statement, conn)
                return plan.whole(of: tables, one.statement).map { "\($0), by \(one.page): \(one.statement.text)\n\(plan)" }
            }
        }
        #expect(whole.isEmpty, "\(whole.sorted().joined(separator: "\n\n"))")
    }
}
