import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct CorrectionTests {
    /// Somebody whose record says "Bettly" and the wrong phone.
    private struct Scene {
        let city: TestCity
        let contact: ContactID
        let address: String
        let person: Browser

        init() async throws {
            city = try await TestCity.make()
            contact = try await city.person("Betty", "Bettly", email: "betty@example.org")
            person = try await city.visitor(try await city.account("Betty", "Bettley", email: "betty@example.org"))
            let (id, city) = (contact, city)
            let publicID = try await city.read { try Contact.find(id, $0)?.publicID.description }
            address = "/account/contacts/\(publicID ?? "")/correct"
        }

        var filled: [String: String] { ["first_name": "Betty", "last_name": "Bettly", "mobile_phone": ""] }
    }

    @Test func `B10 a person asks for a correction, a steward applies it, and the record says so`() async throws {
        let scene = try await Scene()
        let city = scene.city
        #expect(await scene.person.get("/help/correct").text.contains("Betty Bettly"))
        let form = await scene.person.get(scene.address).text
        #expect(form.contains("value=\"Bettly\"") && form.contains("betty@example.org"))
        let sent = await scene.person.follow(
            await scene.person.post(
                scene.address, scene.filled.merging(["last_name": "Bettley", "mobile_phone": "303-555-0142"]) { $1 }))
        #expect(sent.text.contains("Request received") && sent.text.contains("HD-00001"))
        #expect(sent.text.contains("Bettley") && sent.text.contains("303-555-0142"), "they see what they asked for")
        let before = try await city.read { [contact = scene.contact] in try Contact.find(contact, $0)?.name }
        #expect(before == "Betty Bettly", "nothing changes before a steward looked")

        let desk = try await city.desk()
        let page = await desk.get("/staff/desk/access-requests/HD-00001").text
        for text in ["Last name", "Bettly", "Bettley", "303-555-0142", "Correct the record"] { #expect(page.contains(text)) }
        await desk.post("/staff/desk/access-requests/HD-00001/correct", ["seen": "0"])
        let (contact, details) = try await city.read { [contact = scene.contact] conn in
            (try Contact.find(contact, conn), try ContactDetails.find(contact, conn))
        }
        #expect(contact?.name == "Betty Bettley" && details.phones.map(\.typed) == ["303-555-0142"])
        #expect(try await city.request("HD-00001").state == .ended)
        #expect(try await city.mails(to: "betty@example.org").first?.text.contains("We corrected the record") == true)
        #expect(await desk.post("/staff/desk/access-requests/HD-00001/correct", ["seen": "0"]).status == 409)
    }

    @Test func `a correction that changes nothing is told so`() async throws {
        let scene = try await Scene()
        let answer = await scene.person.post(scene.address, scene.filled)
        #expect(answer.status == 422 && answer.text.contains("Change at least one of the fields"))
        let nameless = await scene.person.post(scene.address, scene.filled.merging(["last_name": " "]) { $1 })
        #expect(nameless.status == 422 && nameless.text.contains("A record needs this name"))
        let homeless = await scene.person.post(scene.address, scene.filled.merging(["street": "", "city": "Boulder"]) { $1 })
        #expect(homeless.status == 422 && homeless.text.contains("An address needs its street"))
    }

    @Test func `nobody corrects somebody else's record`() async throws {
        let scene = try await Scene()
        let other = try await scene.city.visitor(try await scene.city.account("Lee", "Moss", email: "lee@example.org"))
        #expect(await other.get(scene.address).status == 404)
        #expect(await other.post(scene.address, ["last_name": "Taken"]).status == 404)
        #expect(!(await other.get("/help/correct").text.contains("Bettly")))
    }

    @Test func `who may not correct cannot apply`() async throws {
        let scene = try await Scene()
        await scene.person.post(scene.address, scene.filled.merging(["last_name": "Bettley"]) { $1 })
        let intake = try await scene.city.desk(.intake, email: "intake@city.example")
        #expect(!(await intake.get("/staff/desk/access-requests/HD-00001").text.contains("Correct the record")))
        #expect(await intake.post("/staff/desk/access-requests/HD-00001/correct", ["seen": "0"]).status == 403)
    }
}
