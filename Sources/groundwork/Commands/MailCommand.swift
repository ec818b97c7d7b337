import ArgumentParser
import Core
import Foundation
import Mail

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "What comes back to the portal.", subcommands: [Bounce.self])

    /// For a mail server's alias: `bounces: "|/usr/bin/groundwork mail bounce"`.
    struct Bounce: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a bounce from standard input and record that the mail did not arrive. Anything else is passed over.")
        private static let longest = 4 << 20

        func run() async throws {
            let message = [UInt8](FileHandle.standardInput.readData(ofLength: Bounce.longest))
            guard let report = BounceReport(message), report.action == .failed, let id = report.originalMessageID else { return }
            let installation = try await Installation.open(schema: .untouched)
            let city = installation.city
            let now = city.clock.now
            let reply = [report.status, report.diagnostic].compactMap(\.self).joined(separator: " ")
            let left = String(id.prefix { $0 != "@" })
            let isOurs = try await city.db.write { conn in
                try Outbox.markBounced(messageID: left, reply: reply, at: now, conn)
            }
            print(isOurs ? "Recorded." : "The mail is none of this city's.")
            await city.db.close()
        }
    }
}

enum MailCheck {
    /// - Returns: nil when the mail server answers as it must.
    static func run(_ settings: Settings.MailSettings) async -> String? {
        await MailTransport.smtp(settings.server, from: settings.from).check()
    }
}
