import ArgumentParser
import Claims
import Import
import Primitives

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a city of invented people and cases, or say who to sign in as.")
    @Option(help: "How many cases: 0 for none yet, otherwise a few more than asked for when not everything would have one.")
    var cases = 400
    @Option(help: "The same seed makes the same city.") var seed: UInt64 = 1
    @Flag(help: "Only say who to sign in as.") var accounts = false
    @Flag(help: "With --accounts: as JSON.") var json = false

    func validate() throws {
        if cases < 0 { throw ValidationError("--cases is a number from 0 on.") }
    }

    func run() async throws {
        let installation = try await Installation.open(isDemo: true, schema: accounts ? .untouched : .migrated)
        let city = installation.city
        if !accounts {
            let demo = DemoCity(
                city: city, hasher: installation.composition.hasher, additions: installation.composition.demoAdditions)
            let progress = ProgressLine()
            try await demo.make(cases: cases, seed: seed) { progress.say($0) }
            progress.end()
            let card = try await DemoCity.accounts(city: city).first { $0.role == DemoCard.role }?.cases.first
            if let card { try await city.write(as: .job("demo"), origin: .demo) { try DemoCard.print(for: card, $0) } }
        } else {
            let list = try await DemoCity.accounts(city: city)
            if json {
                print(JSON.array(list.map(\.json)).pretty)
            } else {
                for account in list { print(account.line) }
            }
        }
        await city.db.close()
    }
}
