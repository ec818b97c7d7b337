import ArgumentParser
import Core
import Database
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import HummingbirdTLS
import Jobs
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the portal and the staff's system, and do the work in the background.")
    @Option(help: "The name or address to listen on.") var hostname = "localhost"
    @Option(help: "The port to listen on; 0 lets the system choose.") var port = 8080
    @Flag(help: "A demo city: mail is kept and shown at /demo/mail.") var demo = false
    @Flag(inversion: .prefixedNo, help: "Also do the work of the queue: mail, schedules. Without, run `groundwork worker`.")
    var worker = true

    func run() async throws {
        if !demo { try await Settings.load().insistOnTLS(listeningOn: hostname) }
        let installation = try await Installation.open(isDemo: demo, address: "\(hostname):\(port)")
        let (city, settings) = (installation.city, installation.settings)
        for name in settings.unused { city.log.notice("a setting is not used by this version", metadata: ["setting": "\(name)"]) }
        let dispatcher = Dispatcher(city)
        let responder = WebServer(isSecure: city.settings.isSecure, proxies: settings.proxies) {
            await dispatcher.respond(to: $0)
        }
        let application = Application(
            responder: responder, server: try server(settings),
            configuration: ApplicationConfiguration(address: .hostname(hostname, port: port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                say("Groundwork serves \(city.pack.city.name) at \(city.settings.baseURL) (port \(port))")
            },
            logger: city.log)
        installation.noteFolder()
        if worker { try await city.queueBackfills() }
        try await Services.run([application, city.followLivePack] + (worker ? [city.worker()] : []), city.log)
        await city.db.close()
    }

    /// HTTP/2 and TLS where a certificate is set; else HTTP/1.1, for a proxy in front. A connection that says nothing for a minute
    /// is closed. A line may be as long as ten thousand letters of any script in an address, so that they get an answer.
    private func server(_ settings: Settings) throws -> HTTPServerBuilder {
        let headers = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 128 << 10, maxHeaderListSize: 160 << 10, maxHeaderFieldCount: 100)
        let plain = HTTP1Channel.Configuration(idleTimeout: .seconds(60), httpDecoderConfiguration: headers)
        guard let files = settings.tls else { return .http1(configuration: plain) }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { NIOSSLCertificateSource.certificate($0) }
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            // Of TLS 1.2 only what keeps yesterday's talk secret when the key is lost, and shows every changed byte; of 1.3 all is so.
            tls.cipherSuiteValues = [
                .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            ]
            return try .http2Upgrade(
                tlsConfiguration: tls, configuration: .init(idleTimeout: .seconds(60), streamConfiguration: plain))
        } catch {
            throw Failure("The certificate \(files.certificate) and its key cannot be used: \(error)")
        }
    }
}

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Do the work in the background, for servers that run with --no-worker.")
    @Flag(help: "For a demo city: mail is kept in the database.") var demo = false

    func run() async throws {
        if !demo { try await Settings.load().insistOnTLS(listeningOn: nil) }
        let installation = try await Installation.open(isDemo: demo)
        let city = installation.city
        try await city.queueBackfills()
        installation.noteFolder()
        say("Groundwork works for \(city.pack.city.name)")
        try await Services.run([city.worker(), city.followLivePack], city.log)
        await city.db.close()
    }
}

/// What runs until the process is asked to stop (SIGTERM, Ctrl-C): requests and jobs under way end, nothing new begins.
enum Services {
    /// Longer than any request may wait for the database.
    private static let drain = Duration.seconds(40)

    static func run(_ services: [any Service], _ log: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        configuration.maximumGracefulShutdownDuration = drain
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// A line for whoever started the program, at once even when nobody sits there.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
