import Accounts
import Contacts
import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

/// What somebody can prepare who knows a person's email address and does not have their mailbox: five traps, laid before each of six
/// things that the person may then do. In the end the attacker has nothing (A1, A2, A6, C1).
@Suite struct PreHijackTests {
    enum Trap: String, CaseIterable {
        case unfinishedRegistration = "registers with the address and cannot finish"
        case openSession = "stays signed in, with the address pending on an account of their own"
        case trojanIdentifier = "lets the victim open the link that adds the address to the attacker's account"
        case oldEmailChange = "keeps a link that adds the address, and uses it after the victim"
        case unprovenAddress = "asserts the address to the help desk, on a record of their own"
    }

    enum Flow: String, CaseIterable {
        case register, reset, claim, invitation
        case emailChange = "email change"
        case passkey = "adding a passkey"
    }

    private static let email = "victim@example.org"
    private static let password = "four sandstone arches at noon"

    @Test(
        "B-01 Whoever lays a trap before somebody proves their address ends with nothing", arguments: Trap.allCases, Flow.allCases
    )
    func endsWithNothing(trap: Trap, flow: Flow) async throws {
        let city = try await TestCity.make()
        let record = try await city.person("Rosa", "Quimby", email: Self.email)
        let id = try await city.aCase(confidential: true)
        try await city.grant(record, on: id)
        let number = try await city.number(of: id)
        // Some things are done from an account that is there already.
        var account: AccountID?
        if flow == .reset { account = try await city.account("Rosa", "Quimby", email: Self.email, password: Self.password) }
        if flow == .emailChange {
            account = try await city.account("Rosa", "Quimby", email: "rosa.two@example.org", password: Self.password)
        }

        let attackers = try await city.account("Mallory", "Vane", email: "mallory@example.org", password: Self.password)
        let attacker = city.browser()
        try await attacker.signIn(attackers)
        let stolen = try await lay(trap, by: attacker, city)

        let victim = city.browser()
        if trap == .trojanIdentifier, let stolen { await victim.get(stolen) }
        let owner = try await run(flow, by: victim, account, city)

        // The attacker tries what is left of the trap.
        if let stolen {
            await attacker.get(stolen)
            await attacker.post("/account/emails/confirm", ["token": PreHijackTests.token(stolen)])
            await attacker.post("/register/confirm", ["token": PreHijackTests.token(stolen)])
            await attacker.post("/register/finish", PreHijackTests.answers)
        }
        try await attacker.signIn(attackers)
        #expect(await !attacker.get("/dashboard").text.contains(number))
        #expect(await attacker.get("/cases/\(number)").status == 404)
        #expect(await !attacker.get("/account/records.json").text.contains(number))
        #expect(try await city.emails(of: attackers) == ["mallory@example.org"])
        #expect(
            try await city.count(
                "SELECT COUNT(*) FROM contact_link WHERE account_id = \(attackers) AND contact_id = \(record) AND until IS NULL")
                == 0)

        // The victim has everything, and nobody is in their account but them.
        let addresses = try await city.emails(of: owner)
        #expect(addresses.contains(Self.email) && !addresses.contains("mallory@example.org"))
        let back = city.browser()
        try await back.signIn(owner)
        #expect(await back.get("/dashboard").text.contains(number))
        #expect(await back.get("/cases/\(number)").status == 200)
    }

    /// - Returns: the link that the attacker's doing sent to the victim, where there is one.
    private func lay(_ trap: Trap, by attacker: Browser, _ city: TestCity) async throws -> String? {
        switch trap {
        case .unfinishedRegistration:
            let stranger = city.browser()
            await stranger.post("/register", ["email": Self.email])
            await stranger.post("/register/finish", Self.answers)
        case .openSession, .trojanIdentifier, .oldEmailChange:
            #expect(await attacker.post("/account/emails", ["email": Self.email]).status == 303)
        case .unprovenAddress:
            await attacker.post(
                "/access-request",
                ["case": "1195 Bear Mountain Dr", "part": "I am Rosa Quimby", "name": "Rosa Quimby", "email": Self.email])
        }
        return try await city.read { try Outbox.newest(50, $0).first { $0.to == Self.email && $0.link != nil }?.link }
    }

    /// - Returns: the victim's account.
    private func run(_ flow: Flow, by victim: Browser, _ account: AccountID?, _ city: TestCity) async throws -> AccountID {
        switch flow {
        case .register, .claim, .invitation, .passkey:
            if flow == .invitation {
                let other = try await city.person("Ida", "Holm", email: "ida@example.org")
                let second = try await city.aCase()
                try await city.grant(other, on: second)
                let ida = city.browser()
                try await ida.signIn(try await city.account("Ida", "Holm", email: "ida@example.org"))
                let number = try await city.number(of: second)
                await ida.post("/cases/\(number)/contacts/add-email", ["as": "contact", "email": Self.email])
            }
            await victim.post("/register", ["email": Self.email])
            let link = try await city.newestLink(to: Self.email, holding: "/register/confirm")
            await victim.post("/register/confirm", ["token": PreHijackTests.token(link)])
            #expect(await victim.post("/register/finish", Self.answers).status == 303)
            let owner = try #require(try await city.owner(of: Self.email))
            if flow == .passkey { #expect(await victim.post("/account/security/passkeys/begin").status == 303) }
            return owner
        case .reset:
            await victim.post("/reset", ["email": Self.email])
            let link = try await city.newestLink(to: Self.email, holding: "/reset/choose")
            let answer = await victim.post(
                "/reset/choose", ["token": PreHijackTests.token(link), "password": "nine copper kettles at dawn"])
            #expect(answer.status == 303)
            return try #require(account)
        case .emailChange:
            let owner = try #require(account)
            try await victim.signIn(owner)
            #expect(await victim.post("/account/emails", ["email": Self.email]).status == 303)
            let link = try await city.newestLink(to: Self.email, holding: "/account/emails/confirm")
            #expect(await victim.post("/account/emails/confirm", ["token": PreHijackTests.token(link)]).status == 303)
            return owner
        }
    }

    private static func token(_ link: String) -> String { link.split(separator: "=").last.map(String.init) ?? "" }
    private static let answers = [
        "first_name": "Rosa", "last_name": "Quimby", "phone": "303-555-0142", "language": "en", "password": password,
    ]
}

extension TestCity {
    fileprivate func count(_ sql: SQL) async throws -> Int { try await read { try $0.value(sql) } ?? 0 }
    fileprivate func emails(of account: AccountID) async throws -> [String] {
        try await read { try Account.emails(of: account, $0).map(\.typed).sorted() }
    }
    fileprivate func owner(of email: String) async throws -> AccountID? {
        guard let folded = FoldedEmail(email) else { return nil }
        return try await read { try Account.find(email: folded, $0)?.id }
    }
    fileprivate func newestLink(to email: String, holding path: String) async throws -> String {
        try #require(
            try await read { try Outbox.newest(50, $0).first { $0.to == email && $0.link?.contains(path) == true }?.link })
    }
}
