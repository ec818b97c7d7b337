import ArgumentParser
import Core
import Foundation
import HelpDesk
import Mail

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "What comes back to the portal.", subcommands: [Receive.self])

    /// For a mail server's alias of the sender's address: `permits: "|/usr/bin/groundwork mail receive"`.
    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a mail that came back from standard input.",
            discussion: "A bounce is recorded, an answer to the help desk goes to its request, anything else is passed over.",
            aliases: ["bounce"])
        private static let longest = 4 << 20

        func run() async throws {
            let message = [UInt8](FileHandle.standardInput.readData(ofLength: Receive.longest))
            let report = BounceReport(message)
            guard report == nil || report?.action == .failed else { return }
            do {
                let installation = try await Installation.open(schema: .untouched)
                let city = installation.city
                if let report { print(try await record(report, city)) } else { print(try await answer(MailReply(message), city)) }
                await installation.city.db.close()
            } catch {
                // The mail is good, we are not: the mail server keeps it and comes again (`EX_TEMPFAIL` of sysexits.h).
                let reason = (error as? Failure)?.sentence ?? "\(error)"
                FileHandle.standardError.write(Data("\(reason)\n".utf8))
                throw ExitCode(75)
            }
        }

        private func record(_ report: BounceReport, _ city: CityContext) async throws -> String {
            guard let id = report.originalMessageID else { return "The bounce does not say which mail it is about." }
            let now = city.clock.now
            let reply = [report.status, report.diagnostic].compactMap(\.self).joined(separator: " ")
            let left = String(id.prefix { $0 != "@" })
            let isOurs = try await city.db.write { conn in
                try Outbox.markBounced(messageID: left, reply: reply, at: now, conn)
            }
            return isOurs ? "Recorded." : "The mail is none of this city's."
        }

        private func answer(_ reply: MailReply, _ city: CityContext) async throws -> String {
            switch try await InboundMail.take(reply, in: city) {
            case .taken(let number): "Added to \(number)."
            case .noted(let number): "Noted on \(number): it came from another address."
            case .passedOver: "Passed over."
            case .repeated: "It was delivered before."
            }
        }
    }
}

enum MailCheck {
    /// - Returns: nil when the mail server answers as it must.
    static func run(_ settings: Settings.MailSettings) async -> String? {
        await MailTransport.smtp(settings.server, from: settings.from).check()
    }
}
