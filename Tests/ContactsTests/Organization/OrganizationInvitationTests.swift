import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Contacts

/// Inviting by exact email, roles, handing over (B2).
@Suite struct OrganizationInvitationTests {
    struct Shop {
        let city: TestCity
        let company: ContactID
        let owner: AccountID
        let boss: Browser
        let permit: CaseID
        let page: String

        func invite(
            _ email: String, as role: String = "member", by browser: Browser? = nil, days: String = "7", scope: String = "all"
        ) async
            -> Browser.Answer
        {
            await (browser ?? boss).post("\(page)/invite", ["email": email, "role": role, "scope": scope, "days": days])
        }

        /// The path of the link in the newest email to the address.
        func link(_ email: String) async throws -> String {
            (try await city.mails(to: email).first?.link ?? "").replacing(Browser.origin, with: "")
        }

        /// Somebody who belongs to it with that role, signed in.
        func colleague(_ first: String, _ role: Membership.Role) async throws -> (AccountID, Browser) {
            let account = try await city.account(first, "Crew", email: "\(first.lowercased())@crew.example")
            _ = try await city.write { try ContactWriter($0).join(account, organization: company, as: role) }
            let browser = city.browser()
            try await browser.signIn(account)
            return (account, browser)
        }

        func state(_ email: String) async throws -> String? {
            try await city.read {
                try $0.value("SELECT state FROM organization_invitation WHERE typed = \(email) ORDER BY id DESC LIMIT 1")
            }
        }

        /// Where the first form of the page leads whose address ends so.
        func action(_ ending: String) async -> String {
            await boss.get(page).text.matches(of: /action="([^"]*)"/).map { String($0.output.1) }.first { $0.hasSuffix(ending) }
                ?? ""
        }
    }

    func shop() async throws -> Shop {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "jo@fr.example")
        let permit = try await city.aCase()
        try await city.grant(company, on: permit, as: "contractor-electrical")
        let owner = try await city.account("Jo", "Avery", email: "jo@fr.example")
        let boss = city.browser()
        try await boss.signIn(owner)
        return Shop(
            city: city, company: company, owner: owner, boss: boss, permit: permit, page: try await city.page(of: company))
    }

    @Test("B2 Whoever was invited joins by accepting with exactly that address, and not before")
    func accepts() async throws {
        let shop = try await shop()
        let known = try await shop.city.account("Bo", "Crew", email: "bo@crew.example")
        let sent = await shop.boss.follow(await shop.invite("Bo@Crew.example", as: "manager"))
        #expect(sent.text.contains("We sent an invitation to Bo@Crew.example.") && sent.text.contains("No answer yet"))
        // No one joins an organization without a yes of their own (D.3 13).
        #expect(try await shop.city.role(known, in: shop.company) == nil)
        let link = try await shop.link("Bo@Crew.example")
        let guest = shop.city.browser()
        for _ in 0..<3 {
            let page = await guest.get(link).text
            #expect(page.contains("Jo Avery asks you to act for Front Range Electric LLC") && page.contains("Manager"))
        }
        #expect(try await shop.state("Bo@Crew.example") == "waiting")
        let led = await guest.post("\(link)/accept")
        #expect(led.location == "/sign-in" && guest.cookie("next") == link)
        // Another account with the link gets nothing.
        let other = shop.city.browser()
        let stranger = try await shop.city.account("Otto", "Ther", email: "otto@example.org")
        try await other.signIn(stranger)
        await other.post("\(link)/accept")
        #expect(try await shop.city.role(stranger, in: shop.company) == nil)
        #expect(await other.get(link).text.contains("this invitation is for Bo@Crew.example"))

        let bo = shop.city.browser()
        try await bo.signIn(known)
        let joined = await bo.follow(await bo.post("\(link)/accept", ["role": "owner"]))
        #expect(joined.text.contains("You now act for Front Range Electric LLC."))
        #expect(try await shop.city.role(known, in: shop.company) == .manager, "a role in the form raises nothing")
        #expect(try await shop.city.sees(known, shop.permit))
        #expect(
            try await shop.city.mails(to: "jo@fr.example").first?.subject
                == "Bo@Crew.example now acts for Front Range Electric LLC")
        // Used once: after being removed, the link does not lead back.
        await shop.boss.post("\(shop.page)/remove/\(try await shop.city.publicID(of: known))")
        await bo.post("\(link)/accept")
        #expect(try await shop.city.role(known, in: shop.company) == nil)
        let kinds = try await shop.city.read { try FactLog.timeline(of: .contact(shop.company), limit: 50, $0) }.map(\.kind)
        for kind: FactKind in [.memberInvited, .memberInvitationAnswered, .memberJoined, .memberLeft] {
            #expect(kinds.contains(kind))
        }
    }

    @Test("A2 The answer, the row, the mail and the page of the link are the same for a known and an unknown address")
    func sameAnswer() async throws {
        let shop = try await shop()
        try await shop.city.account("Kim", "Known", email: "known@example.org")
        var seen: [String: Set<String>] = [:]
        for email in ["known@example.org", "nobody@example.org"] {
            let name = String(email.prefix { $0 != "@" })
            func bare(_ text: String) -> String {
                text.replacing(/[a-z2-7]{32}/, with: "TOKEN").replacing(/[0-9a-z]{32}[^"]*/, with: "TOKEN").replacing(
                    name, with: "NAME"
                )
                .replacing(/invitations\/[-0-9a-zA-Z]+/, with: "ID")
            }
            let answer = await shop.invite(email)
            seen["answer", default: []].insert(bare("\(answer.status) \(answer.location ?? "")"))
            let page = await shop.boss.follow(answer).text
            seen["notice", default: []].insert(
                bare(page.firstMatch(of: /<strong>([^<]*)<\/strong>/).map { String($0.output.1) } ?? ""))
            let again = await shop.boss.follow(await shop.invite(email)).text
            seen["again", default: []].insert(
                bare(again.firstMatch(of: /<strong>([^<]*)<\/strong>/).map { String($0.output.1) } ?? ""))
            let row = page.matches(of: /<li>(.*?)<\/li>/.dotMatchesNewlines()).map { String($0.output.1) }.first {
                $0.contains(email)
            }
            seen["row", default: []].insert(bare((row ?? "").replacing(/name="once" value="[^"]*"/, with: "")))
            let mails = try await shop.city.mails(to: email)
            #expect(mails.count == 1)
            seen["mail", default: []].insert(bare("\(mails.first?.subject ?? "") \(mails.first?.text ?? "")"))
            let link = try await shop.link(email)
            let text = await shop.city.browser().get(link).text
            seen["page", default: []].insert(bare(text))
        }
        for (what, set) in seen { #expect(set.count == 1, "\(what): \(set)") }
    }

    @Test("B2 Declining needs no account, and the inviter is told")
    func declines() async throws {
        let shop = try await shop()
        _ = await shop.invite("nova@example.org")
        let link = try await shop.link("nova@example.org")
        let guest = shop.city.browser()
        #expect(await guest.follow(await guest.post("\(link)/decline")).text.contains("You declined"))
        #expect(try await shop.state("nova@example.org") == "declined")
        #expect(await shop.boss.get(shop.page).text.contains("They said no on"))
        #expect(try await shop.city.mails(to: "jo@fr.example").first?.subject.hasPrefix("nova@example.org does not join") == true)
        let nova = shop.city.browser()
        let account = try await shop.city.account("Nova", "Quist", email: "nova@example.org")
        try await nova.signIn(account)
        await nova.post("\(link)/accept")
        #expect(try await shop.city.role(account, in: shop.company) == nil)
        // She can be asked again.
        #expect(await shop.boss.follow(await shop.invite("nova@example.org")).text.contains("We sent an invitation"))
    }

    @Test("B2 Sent again the old link is dead; taken back no link works; after its time nobody can accept")
    func endings() async throws {
        let shop = try await shop()
        _ = await shop.invite("nova@example.org")
        let first = try await shop.link("nova@example.org")
        await shop.boss.post(await shop.action("/send-again"))
        let second = try await shop.link("nova@example.org")
        let guest = shop.city.browser()
        #expect(first != second)
        #expect(await guest.get(first).status == 410)
        #expect(await guest.get(second).status == 200)
        await shop.boss.post(await shop.action("/withdraw"))
        #expect(await guest.get(second).status == 410)
        #expect(try await shop.state("nova@example.org") == "withdrawn")

        _ = await shop.invite("late@example.org")
        let link = try await shop.link("late@example.org")
        shop.city.clock.advance(.days(8))
        #expect(try await shop.city.write { try ContactWriter($0).expireInvitations(limit: 10) } == 1)
        #expect(try await shop.state("late@example.org") == "expired")
        let late = shop.city.browser()
        let account = try await shop.city.account("La", "Te", email: "late@example.org")
        try await late.signIn(account)
        #expect(await late.get(link).text.contains("This invitation has ended"))
        await late.post("\(link)/accept")
        #expect(try await shop.city.role(account, in: shop.company) == nil)
    }

    @Test("B2 A manager invites and removes members, never owners or managers, and cannot raise anybody (D.3 13, 14)")
    func manager() async throws {
        let shop = try await shop()
        let (_, manager) = try await shop.colleague("Max", .manager)
        let (member, _) = try await shop.colleague("Mia", .member)
        let (other, _) = try await shop.colleague("Mo", .manager)
        #expect(await shop.invite("m@example.org", by: manager).status == 303)
        for role in ["manager", "owner", "administrator", ""] {
            #expect(await shop.invite("n@example.org", as: role, by: manager).status == 422, "\(role)")
        }
        #expect(try await shop.state("n@example.org") == nil)
        func id(_ account: AccountID) async throws -> String { try await shop.city.publicID(of: account) }
        #expect(await manager.post("\(shop.page)/people/\(try await id(member))", ["role": "owner"]).status == 404)
        #expect(await manager.post("\(shop.page)/remove/\(try await id(other))").status == 404)
        #expect(await manager.post("\(shop.page)/remove/\(try await id(shop.owner))").status == 404)
        #expect(await manager.post("\(shop.page)/hand-over", ["heir": try await id(member)]).status == 404)
        #expect(await manager.post("\(shop.page)/remove/\(try await id(member))").status == 303)
        #expect(try await shop.city.role(member, in: shop.company) == nil)
        #expect(try await shop.city.role(other, in: shop.company) == .manager)
    }

    @Test("B2 A member invites nobody, and a stranger finds nothing")
    func strangers() async throws {
        let shop = try await shop()
        let (_, member) = try await shop.colleague("Mia", .member)
        let page = await member.get(shop.page).text
        #expect(!page.contains("Invite somebody") && !page.contains("If you leave"))
        #expect(await member.get("\(shop.page)/invite").status == 404)
        #expect(await shop.invite("x@example.org", by: member).status == 404)
        let stranger = shop.city.browser()
        try await stranger.signIn(shop.city.account("Otto", "Ther", email: "otto@example.org"))
        #expect(await stranger.get("\(shop.page)/invite").status == 404)
        #expect(await shop.invite("x@example.org", by: stranger).status == 404)
        #expect(try await shop.state("x@example.org") == nil)
    }

    @Test("B2 What somebody asked of others is taken back when they are removed or may no longer ask it")
    func removedInviter() async throws {
        let shop = try await shop()
        let (max, manager) = try await shop.colleague("Max", .manager)
        _ = await shop.invite("second.mailbox@example.org", by: manager)
        await shop.boss.post("\(shop.page)/people/\(try await shop.city.publicID(of: max))", ["role": "member"])
        #expect(try await shop.city.role(max, in: shop.company) == .member)
        #expect(try await shop.state("second.mailbox@example.org") == "withdrawn")
        #expect(try await shop.city.mails(to: "max@crew.example").first?.subject == "Your role at Front Range Electric LLC")
    }

    @Test("B2 Handing over and leaving is one act; the last owner cannot go without (B-08)")
    func handsOver() async throws {
        let shop = try await shop()
        let (mia, _) = try await shop.colleague("Mia", .member)
        let ownerID = try await shop.city.publicID(of: shop.owner)
        #expect(await shop.boss.post("\(shop.page)/people/\(ownerID)", ["role": "member"]).status == 409)
        #expect(await shop.boss.post("\(shop.page)/hand-over", ["heir": ""]).status == 422)
        #expect(await shop.boss.post("\(shop.page)/hand-over", ["heir": ownerID]).status == 422)
        #expect(try await shop.city.role(shop.owner, in: shop.company) == .owner)
        let done = await shop.boss.follow(
            await shop.boss.post("\(shop.page)/hand-over", ["heir": try await shop.city.publicID(of: mia)]))
        #expect(done.text.contains("Mia Crew is now an owner of Front Range Electric LLC, and you no longer act for it."))
        #expect(try await shop.city.role(mia, in: shop.company) == .owner)
        #expect(try await shop.city.role(shop.owner, in: shop.company) == nil)
        #expect(try await shop.city.sees(mia, shop.permit))
        #expect(try await !shop.city.sees(shop.owner, shop.permit))
        let mails = try await shop.city.mails(to: "mia@crew.example").map(\.subject)
        #expect(mails.contains("Your role at Front Range Electric LLC"))
        #expect(mails.contains("Jo Avery no longer acts for Front Range Electric LLC"))
    }

    @Test("A4 Changes to an organization ask for the password again when it was not asked for lately")
    func stepUp() async throws {
        let shop = try await shop()
        let (mia, _) = try await shop.colleague("Mia", .member)
        let id = try await shop.city.publicID(of: mia)
        _ = await shop.invite("nova@example.org")
        let steps = [await shop.action("/send-again"), await shop.action("/withdraw"), "\(shop.page)/remove/\(id)"]
        shop.city.clock.advance(.minutes(20))
        for step in steps {
            #expect(await shop.boss.post(step).location?.hasPrefix("/account/confirm-password") == true, "\(step)")
        }
        for (step, fields) in [
            ("people/\(id)", ["role": "owner"]), ("hand-over", ["heir": id]),
            ("invite", ["email": "x@example.org", "role": "member", "scope": "all", "days": "7"]),
        ] {
            #expect(
                await shop.boss.post("\(shop.page)/\(step)", fields).location?.hasPrefix("/account/confirm-password") == true,
                "\(step)")
        }
        #expect(try await shop.city.role(mia, in: shop.company) == .member)
        #expect(try await shop.state("x@example.org") == nil)
        #expect(try await shop.state("nova@example.org") == "waiting")
    }

    @Test("P2 The lists of invitations are read by an index")
    func indexed() async throws {
        let shop = try await shop()
        let plans = try await shop.city.read { conn in
            try [
                QueryPlan(OrganizationInvitation.listing(shop.company, since: Instant(seconds: 1)), conn),
                QueryPlan("SELECT id FROM organization_invitation WHERE token_hash = \("x")", conn),
                QueryPlan(
                    "SELECT id FROM organization_invitation WHERE until IS NULL AND expires_at <= 1 ORDER BY expires_at LIMIT 9",
                    conn),
            ]
        }
        for plan in plans { #expect(plan.whole("organization_invitation", as: "i").isEmpty, "\(plan)") }
        #expect(plans[0].uses(index: "organization_invitation_ended"))
        #expect(plans[1].uses(index: "organization_invitation_token") && plans[2].uses(index: "organization_invitation_ends"))
    }
}
