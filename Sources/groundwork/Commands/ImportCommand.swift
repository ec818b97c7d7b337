import ArgumentParser
import Foundation
import Import

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring records in from an older system or an export. A second run imports nothing.")
    @Argument(help: "boulder-permits (a CSV file) or legacy (a folder of CSV files).") var format: String
    @Argument(help: "The file or folder.") var path: String
    @Flag(help: "Report what would happen and change nothing.") var rehearse = false
    @Option(help: "Write the report as JSON to this file.") var report: String?

    func validate() throws {
        guard ImportFormat(rawValue: format) != nil else {
            let names = ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(format) is no import format. Use one of: \(names).")
        }
    }

    func run() async throws {
        guard let format = ImportFormat(rawValue: format) else { return }
        guard FileManager.default.fileExists(atPath: path) else { throw Failure("There is nothing at \(path). Check the path.") }
        let installation = try await Installation.open(schema: rehearse ? .untouched : .prepared)
        let progress = ProgressLine()
        let result = try await ImportRunner(city: installation.city).run(format, path: path, rehearse: rehearse) {
            progress.say($0)
        }
        progress.end()
        print(result.readable)
        if let report {
            do { try Data((result.json.pretty + "\n").utf8).write(to: URL(fileURLWithPath: report)) } catch {
                throw Failure("The report could not be written to \(report): \(error.localizedDescription)")
            }
        }
        await installation.city.db.close()
    }
}
