import Database
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Core

/// What a chain alone cannot show: that its end was cut off (`model.md` 9).
@Suite struct CheckpointTests {
    private func folder() -> String { NSTemporaryDirectory() + "groundwork-checkpoints-\(UUID().uuidString)" }

    @Test func `K3 what was written later does not disturb older checkpoints`() async throws {
        let city = try await TestCity.make()
        let checkpoints = Checkpoints(folder: folder())
        try await city.aCase()
        let first = try await checkpoints.write(city.context.db, at: city.clock.now)
        #expect(first != nil)
        #expect(try await checkpoints.write(city.context.db, at: city.clock.now) == nil)
        let id = try await city.aCase()
        try await city.grant(city.person(), on: id)
        city.clock.advance(.hours(1))
        #expect(try await checkpoints.write(city.context.db, at: city.clock.now) != nil)
        let report = try await Checkpoints.verify(checkpoints.folder, city.context.db)
        #expect(report.files == 2 && report.heads > 2)
        #expect(try await Checkpoints.verify(try #require(first), city.context.db).files == 1)
    }

    @Test func `K3 an end that was cut off together with its head is named`() async throws {
        let city = try await TestCity.make()
        let checkpoints = Checkpoints(folder: folder())
        let id = try await city.aCase()
        try await city.grant(city.person(), on: id)
        try await checkpoints.write(city.context.db, at: city.clock.now)
        let subject = "case:\(id)"
        try await city.write { change in
            let last: Int64 = try change.conn.value("SELECT MAX(sequence) FROM fact WHERE subject = \(subject)") ?? 0
            let key: Int64 = try change.conn.value("SELECT id FROM fact WHERE subject = \(subject) AND sequence = \(last)") ?? 0
            try change.conn.run("DELETE FROM fact_reference WHERE fact_id = \(key)")
            try change.conn.run("DELETE FROM fact WHERE id = \(key)")
            let hash: String =
                try change.conn.value(
                    "SELECT hash FROM fact WHERE subject = \(subject) AND sequence = \(last - 1)") ?? ""
            _ = try change.conn.run("UPDATE fact_head SET sequence = \(last - 1), hash = \(hash) WHERE subject = \(subject)")
        }
        #expect(try await city.read { try Audit.verify($0) }.problem == nil)
        let problem = await #expect(throws: Checkpoints.Problem.self) {
            try await Checkpoints.verify(checkpoints.folder, city.context.db)
        }
        #expect(problem?.description.contains("\(subject) entry 2 is missing") == true)
    }

    @Test func `K3 a checkpoint that is missing, changed or another city's is not believed`() async throws {
        let (city, other) = (try await TestCity.make(), try await TestCity.make())
        let checkpoints = Checkpoints(folder: folder())
        var files: [String] = []
        for _ in 0..<3 {
            try await city.aCase()
            city.clock.advance(.hours(1))
            files.append(try #require(try await checkpoints.write(city.context.db, at: city.clock.now)))
        }
        try await other.aCase(number: "ELE2020-00001")
        await #expect(throws: Checkpoints.Problem.self) { try await Checkpoints.verify(files[0], other.context.db) }
        let text = try String(contentsOfFile: files[1], encoding: .utf8)
        try FileManager.default.removeItem(atPath: files[1])
        await #expect(throws: Checkpoints.Problem.self) { try await Checkpoints.verify(checkpoints.folder, city.context.db) }
        try (text + "\n").write(toFile: files[1], atomically: true, encoding: .utf8)
        await #expect(throws: Checkpoints.Problem.self) { try await Checkpoints.verify(checkpoints.folder, city.context.db) }
    }
}
