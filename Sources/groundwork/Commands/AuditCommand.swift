import ArgumentParser
import Core
import Primitives

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The log of what happened.", subcommands: [Verify.self, Checkpoint.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every chain of facts, and against checkpoints when given; name the first bad entry.")
        @Argument(help: "A checkpoint, or the folder of them.") var checkpoints: String?

        func run() async throws {
            let installation = try await Installation.open(schema: .untouched)
            let db = installation.city.db
            let report = try await db.read { conn in try Audit.verify(conn) }
            if let problem = report.problem { throw Failure(problem) }
            print("\(grouped(report.facts)) facts in \(grouped(report.chains)) chains: every one fits.")
            if let checkpoints {
                do {
                    let seen = try await Checkpoints.verify(checkpoints, db)
                    print("\(grouped(seen.heads)) heads in \(grouped(seen.files)) checkpoints: every one is still there.")
                } catch let problem as Checkpoints.Problem { throw Failure(problem.description) }
            }
            await db.close()
        }
    }

    struct Checkpoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a checkpoint now. A running worker writes one every hour.")

        func run() async throws {
            let installation = try await Installation.open(schema: .untouched)
            let city = installation.city
            do {
                let path = try await city.checkpoints?.write(city.db, at: city.clock.now)
                print(path.map { "Written to \($0)." } ?? "Nothing has changed since the last one.")
            } catch let problem as Checkpoints.Problem { throw Failure(problem.description) }
            await city.db.close()
        }
    }
}
