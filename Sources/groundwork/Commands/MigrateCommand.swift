import ArgumentParser
import Core

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to date.")
    func run() async throws {
        let installation = try await Installation.open(schema: .migrated)
        try await installation.city.queueBackfills()
        print("The schema is up to date.")
        await installation.city.db.close()
    }
}
