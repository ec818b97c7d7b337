import ArgumentParser
import CityPack
import Core
import Foundation
import Import
import Primitives

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring records in from an older system or an export. A second run imports nothing.")
    @Argument(help: "boulder-permits or blds (a CSV file), or legacy (a folder of CSV files).") var format: String
    @Argument(help: "The file or folder.") var path: String
    @Flag(help: "Report what would happen and change nothing.") var rehearse = false
    @Option(help: "Write the report to this file: JSON, or a page that can be printed when its name ends in .html.")
    var report: String?
    @Option(help: "What names of the older system mean here (YAML). Default: mapping.yaml in the folder, when it is there.")
    var mapping: String?
    @Option(help: "Write every name of the older system with what it means here to this file, ready to edit.")
    var writeMapping: String?

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
        let city = installation.city
        let mapping = try readMapping(city.pack)
        let progress = ProgressLine()
        let result: ImportReport
        do {
            result = try await ImportRunner(city: city).run(format, path: path, rehearse: rehearse, mapping: mapping) {
                progress.say($0)
            }
        } catch let problem as ImportProblem {
            progress.end()
            throw Failure(problem.description)
        }
        progress.end()
        print(result.readable)
        if let report { try write(text(of: result, for: report, city), to: report, "report") }
        if let writeMapping { try write(result.mappingTable(city.pack), to: writeMapping, "mapping") }
        await city.db.close()
    }

    private func readMapping(_ pack: CityPack) throws -> ImportMapping {
        let beside = (path as NSString).appendingPathComponent("mapping.yaml")
        guard let file = mapping ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil) else {
            return ImportMapping()
        }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Failure("The mapping file \(file) cannot be read. It must be text in UTF-8; check the path.")
        }
        do { return try ImportMapping(reading: text, file: file, pack) } catch {
            throw Failure("The mapping file has problems. Correct them and start again:\n\(error)")
        }
    }

    private func text(of result: ImportReport, for file: String, _ city: CityContext) -> String {
        guard file.lowercased().hasSuffix(".html") else { return result.json.pretty + "\n" }
        return result.page(of: (path as NSString).lastPathComponent, city.voice(.english))
    }

    private func write(_ text: String, to file: String, _ what: String) throws {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: file)) } catch {
            throw Failure("The \(what) could not be written to \(file): \(error.localizedDescription)")
        }
    }
}
