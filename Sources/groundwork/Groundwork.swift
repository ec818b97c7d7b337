import ArgumentParser
import Foundation

/// The program. Commands only, a few lines each; what they do lives in the modules.
@main
struct Groundwork: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groundwork",
        abstract: "Permits, plans, cases and contacts of a city: the public's portal and the staff's system.",
        version: Version.text,
        subcommands: [
            Serve.self, WorkerCommand.self, Migrate.self, Doctor.self, Demo.self, ImportCommand.self, ExportCommand.self,
            CityCommand.self, StaffCommand.self, RoutesCommand.self, AuditCommand.self, Backup.self, Restore.self,
            MailCommand.self, ContactsCommand.self,
        ])

    /// Exit codes: 0 good, 1 failed, 2 wrong usage.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            FileHandle.standardError.write(Data("\(failure.sentence)\n".utf8))
            Foundation.exit(1)
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            let output = code == .success ? FileHandle.standardOutput : FileHandle.standardError
            if !message.isEmpty { output.write(Data("\(message)\n".utf8)) }
            Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

/// A command that could not do its work, as a sentence that says what to do.
struct Failure: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
}

enum Version {
    static let text = "groundwork 0.1.0\(commit.map { " (\($0))" } ?? "")"

    /// The commit the program was built from, when the operator's build put it beside the program.
    private static var commit: String? {
        let file = Bundle.main.bundlePath + "/groundwork.commit"
        return (try? String(contentsOfFile: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
