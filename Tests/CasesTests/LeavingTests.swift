import Contacts
import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

@testable import Cases

/// Who takes whom off a case, and who cannot.
extension ContactsTabTests {
    @Test("B7 Whoever answers for a company takes it off a case that it may only see")
    func companyLeaves() async throws {
        let scene = try await Scene.make()
        let company = try await scene.city.company("Larkspur Roofing")
        let (owner, member) = (scene.city.browser(), scene.city.browser())
        let ada = try await scene.city.account("Ada", "Ow", email: "ada@larkspur.example")
        let mo = try await scene.city.account("Mo", "Em", email: "mo@larkspur.example")
        try await scene.city.write { change in
            let writer = ContactWriter(change)
            try writer.join(ada, organization: company, as: .owner, evidence: "test")
            try writer.join(mo, organization: company, as: .member, evidence: "test")
        }
        try await owner.signIn(ada)
        try await member.signIn(mo)
        _ = try await scene.add(company, as: "contact")
        let key = await scene.key(ofRowWith: "Larkspur")
        #expect(!(await member.get(scene.contacts).text.contains("Remove Larkspur")))
        #expect(await member.post("\(scene.contacts)/remove", ["party": key]).status == 403)
        #expect(await owner.get(scene.contacts).text.contains("Remove Larkspur"))
        let left = await owner.post("\(scene.contacts)/remove", ["party": key])
        #expect(await owner.follow(left).text.contains("You left the case"))
        #expect(!(await member.get("/dashboard").text.contains(scene.number)))
    }

    @Test("B5 The last one who can act stays until somebody else can")
    func lastActor() async throws {
        let scene = try await Scene.make()
        let key = await scene.key(ofRowWith: "Northfork")
        let refused = await scene.contractor.post("\(scene.contacts)/remove", ["party": key])
        #expect(refused.status == 422)
        #expect(refused.text.contains("Somebody must be able to act on this case"))
        #expect(try await scene.liveGrants() == 1)
        _ = try await scene.add(try await scene.city.person("Rosa", "Quimby", findable: true), as: "applicant")
        #expect(await scene.contractor.post("\(scene.contacts)/remove", ["party": key]).status == 303)
    }
}
