import ArgumentParser
import CityPack
import Foundation

struct CityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city", abstract: "Look after a city pack.", subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every problem of a city pack with its file and line.")
        @Argument(help: "The folder of the pack.") var directory: String

        func run() throws {
            let problems = CityPack.check(directory: directory)
            guard problems.isEmpty else {
                throw Failure(problems.map { "\(directory)/\($0)" }.joined(separator: "\n"))
            }
            let pack = try Installation.load(pack: directory)
            print(
                "\(pack.city.name): no problems. \(pack.caseTypes.count) case types, \(pack.statuses.count) statuses, \(pack.contactTypes.count) contact types."
            )
            if !pack.samples.isEmpty {
                print("\(pack.samples.count) values are marked as samples; replace them before the city opens.")
            }
        }
    }
}
