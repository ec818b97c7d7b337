import ArgumentParser
import Core
import Hummingbird
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the portal and the staff's system.")
    @Option(help: "The name or address to listen on.") var hostname = "localhost"
    @Option(help: "The port to listen on.") var port = 8080
    @Flag(help: "A demo city: mail is kept and shown at /demo/mail.") var demo = false

    func run() async throws {
        let installation = try await Installation.open(isDemo: demo, hostname: hostname, port: port)
        let city = installation.city
        let dispatcher = Dispatcher(city)
        let server = WebServer(isSecure: city.settings.isSecure) { await dispatcher.respond(to: $0) }
        let application = Application(
            responder: server, configuration: ApplicationConfiguration(address: .hostname(hostname, port: port)), logger: city.log
        )
        print("Groundwork serves \(city.pack.city.name) at \(city.settings.baseURL)")
        try await application.runService()
        await city.db.close()
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to date.")
    func run() async throws {
        let installation = try await Installation.open(isDemo: false)
        print("The schema is up to date.")
        await installation.city.db.close()
    }
}
