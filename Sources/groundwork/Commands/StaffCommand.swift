import Accounts
import ArgumentParser
import CityPack
import Core
import Primitives

struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "People on the city's side.", subcommands: [Create.self, List.self, End.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give somebody a role and print a one-time sign-in link.")
        @Argument(help: "The person's email address.") var email: String
        @Option(help: "A role of the live city pack, for example contact-steward.")
        var role: String
        @Option(help: "Who the person is at the city's sign-in service (the subject there): no link is needed then.")
        var subject: String?

        func run() async throws {
            guard let folded = FoldedEmail(email) else { throw ValidationError("\(email) is not an email address.") }
            let installation = try await Installation.open()
            let pack = installation.city.pack
            guard pack.role(role) != nil else {
                await installation.city.db.close()
                let known = pack.roles.map(\.key)
                throw ValidationError(
                    "\(role) is no role of \(pack.city.name)\(Suggestion.clause(for: role, among: known)). The roles are: \(known.joined(separator: ", "))."
                )
            }
            let provider = installation.settings.provider
            if subject != nil, provider == nil {
                await installation.city.db.close()
                throw ValidationError("No sign-in service of the city is set. Set GROUNDWORK_OIDC_ISSUER first.")
            }
            let given = StaffRole(rawValue: role)
            let typed = TypedAddress(typed: email, folded: folded)
            let token: SecretToken
            do {
                token = try await installation.city.write(as: .job("staff create")) { [subject] change in
                    let connected = subject.flatMap { subject in provider.map { ($0.issuer, subject) } }
                    return try StaffLinks.create(change, email: typed, role: given, at: connected)
                }
            } catch let refusal as Refusal {
                await installation.city.db.close()
                throw ValidationError(installation.city.voice(.english)(refusal.phrase))
            }
            print(StaffLinks.url(token, installation.city))
            await installation.city.db.close()
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who has which role since when.")

        func run() async throws {
            let installation = try await Installation.open(schema: .untouched)
            let staff = try await installation.city.db.read { conn in try StaffMember.all(conn) }
            for one in staff { print("\(one.email)\t\(one.role.rawValue)\t\(one.since)") }
            if staff.isEmpty { print("Nobody has a role. `groundwork staff create EMAIL --role R` gives one.") }
            await installation.city.db.close()
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a role away from somebody; it ends at the person's next request.")
        @Argument(help: "The person's email address.") var email: String
        @Option(help: "The role; without it, every role of the person ends.") var role: String?

        func run() async throws {
            guard let folded = FoldedEmail(email) else { throw ValidationError("\(email) is not an email address.") }
            let installation = try await Installation.open()
            let ended = try await installation.city.write(as: .job("staff end")) { [role] change in
                try StaffMember.end(role.map(StaffRole.init(rawValue:)), of: folded, change)
            }
            await installation.city.db.close()
            guard !ended.isEmpty else {
                throw ValidationError(
                    "\(email) has no role\(role.map { " \($0)" } ?? ""). `groundwork staff list` shows who has which.")
            }
            for role in ended { print("\(email) is no longer \(role.rawValue).") }
        }
    }
}
