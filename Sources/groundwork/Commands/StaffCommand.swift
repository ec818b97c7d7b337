import Accounts
import ArgumentParser
import Core
import Primitives

struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "People on the city's side.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give somebody a role and print a one-time sign-in link.")
        @Argument(help: "The person's email address.") var email: String
        @Option(help: "contact-steward, intake, reviewer, inspector, cashier, code-officer, supervisor or administrator.")
        var role: String

        func run() async throws {
            guard let role = StaffRole(rawValue: role) else {
                throw ValidationError(
                    "\(self.role) is no role. Use one of: \(StaffRole.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            guard let folded = FoldedEmail(email) else { throw ValidationError("\(email) is not an email address.") }
            let installation = try await Installation.open()
            let typed = TypedAddress(typed: email, folded: folded)
            let token = try await installation.city.write(as: .job("staff create")) { change in
                try StaffLinks.create(change, email: typed, role: role)
            }
            print(StaffLinks.url(token, installation.city))
            await installation.city.db.close()
        }
    }
}
