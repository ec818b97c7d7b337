import ArgumentParser
import Core
import Primitives

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The log of what happened.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check every chain of facts; name the first bad entry.")

        func run() async throws {
            let installation = try await Installation.open(isDemo: false)
            let report = try await installation.city.db.read { conn in try Audit.verify(conn) }
            await installation.city.db.close()
            if let problem = report.problem { throw Failure(problem) }
            print("\(grouped(report.facts)) facts in \(grouped(report.chains)) chains: every one fits.")
        }
    }
}
