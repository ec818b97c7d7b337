import Archive
import Core
import Database
import Primitives
import TestSupport
import Testing

/// The archive is the city at one moment.
struct ConsistencyTests {
    @Test
    func `what is written meanwhile does not tear it`() async throws {
        let city = try await TestCity.busy()
        let folder = try Folder()
        var written = 0
        for round in 0..<2 {
            let directory = "\(folder.path)/\(round)"
            // Only while the archive is written, and not without end: what they write has to be read again each time, and a slow
            // machine would give them longer to make it slower.
            let writers = (0..<3).map { writer in
                Task {
                    var written = 0
                    while !Task.isCancelled, written < 20 {
                        let contact = try await city.person("Writer", "Number \(writer)")
                        try await city.grant(contact, on: try await city.aCase())
                        written += 1
                    }
                    return written
                }
            }
            try await write(city.context.db, to: directory)
            for writer in writers {
                writer.cancel()
                written += try await writer.value
            }
            let db = try await TestDatabase.current.make()
            try await restore(directory, into: db)
            let report = try await db.read { try Audit.verify($0) }
            #expect(report.problem == nil)
            // A case, its public entry and its first fact are written together.
            let counts = try await db.read { conn in
                try ["case_record", "case_location"].map { try conn.value("SELECT COUNT(*) FROM \(raw: $0)", as: Int.self) }
            }
            #expect(counts[0] == counts[1])
            await db.close()
        }
        #expect(written > 0)
    }
}
