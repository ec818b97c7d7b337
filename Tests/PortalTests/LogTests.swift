import Core
import Database
import Logging
import Primitives
import Synchronization
import TestSupport
import Testing
import Web

/// A log holds no email, name, token, typed text or query (architecture, "Scale and running it").
@Suite struct LogTests {
    @Test func `L2 what people type, and the tokens that name them, never reach the log`() async throws {
        let lines = Mutex<[String]>([])
        let log = Logger(label: "test") { label in
            var handler = LogLines(label) { line in lines.withLock { $0.append(line) } }
            handler.logLevel = .trace
            return handler
        }
        let city = try await TestCity.make(log: log)
        let browser = city.browser()
        let token = SecretToken(randomness: .system).text
        let canary = "canary7f3a"
        let email = "\(canary)@example.org"
        // Every page and every form, with something planted wherever something can be typed.
        for route in TestCity.routes {
            let path = route.template.replacing(/\{token\}/, with: token).replacing(/\{[^}]*\}/, with: canary)
            if route.method == .get {
                await browser.get("\(path)?q=\(canary)&return=/\(canary)&token=\(token)&email=\(email)")
            } else {
                let fields = Dictionary(
                    route.form.fields.map { ($0.name, $0.kind == .email ? email : canary) },
                    uniquingKeysWith: { first, _ in first })
                await browser.post(path, fields)
            }
        }
        await browser.get("/\(canary)/nowhere")
        try await city.context.worker().runDue()
        // A job that fails, and a row that the database refuses.
        try await city.write { change in
            _ = try change.conn.run("INSERT INTO fact_head (subject, sequence, hash) VALUES (\(canary), 1, '')")
        }
        await #expect(throws: DatabaseError.self) {
            try await city.write { change in
                _ = try change.conn.run("INSERT INTO fact_head (subject, sequence, hash) VALUES (\(canary), 1, '')")
            }
        }
        await city.context.db.close()
        await browser.get("/dashboard?q=\(canary)")
        let seen = lines.withLock { $0 }
        #expect(seen.count > TestCity.routes.count)
        for line in seen {
            #expect(!line.contains(canary), "\(line)")
            #expect(!line.contains(token), "\(line)")
        }
    }

    @Test func `each request is one line with its route, status, time and id`() async throws {
        let lines = Mutex<[String]>([])
        let log = Logger(label: "test") { LogLines($0) { line in lines.withLock { $0.append(line) } } }
        let city = try await TestCity.make(log: log)
        await city.browser().get("/cases/ELE2020-00001")
        let json = try #require(JSON(parsing: lines.withLock { $0.last ?? "" }))
        #expect(json["message"]?.string == "request")
        #expect(json["route"]?.string == "/cases/{number}")
        #expect(json["status"]?.integer == 404)
        #expect(json["ms"]?.integer != nil)
        #expect(json["request"]?.string == "test")
    }
}
