import CityPack
import Core
import Foundation
import HTML
import Primitives
import TestSupport
import Testing

@testable import Portal

@Suite struct GuideSearchTests {
    private typealias Part = GuideSearch.Part

    private static let parts = [
        Part(
            guide: "Add a contact", heading: "", sentences: ["Open the case.", "Press \"Add\" beside the name."],
            link: GuideAddresses.addContact()),
        Part(
            guide: "Add a contact", heading: "Take somebody off", sentences: ["Press \"Remove\" beside the name."],
            link: GuideAddresses.addContact().with([], fragment: "remove")),
        Part(
            guide: "Our company", heading: "When somebody leaves",
            sentences: ["An owner presses \"Remove\".", "Companies keep all."],
            link: GuideAddresses.company().with([], fragment: "leaving")),
        Part(
            guide: "Staff", heading: "Companies", sentences: ["Set the address."], link: GuideAddresses.staff(), isForStaff: true),
    ]

    private func headings(_ question: String) -> [String] {
        GuideSearch(Self.parts, smallWords: "how do i the").find(question).map { "\($0.part.guide): \($0.part.heading)" }
    }

    @Test func `every word counts, wherever in a part it stands`() {
        #expect(headings("remove name") == ["Add a contact: Take somebody off"])
        #expect(headings("company remove") == ["Our company: When somebody leaves"])
    }

    @Test func `when no part has all words, the rare ones decide`() {
        #expect(headings("remove my owner") == ["Our company: When somebody leaves"])
        #expect(headings("elephant owner").first == "Our company: When somebody leaves")
    }

    @Test func `small words, accents, capitals and plurals do not matter`() {
        #expect(headings("How do I REMÓVE the names?") == ["Add a contact: Take somebody off"])
        #expect(headings("company") == headings("companies"))
        #expect(headings("the name") == headings("name") && !headings("name").isEmpty)
    }

    @Test func `the beginning of the last word is enough, of another word it is not`() {
        #expect(headings("name rem") == ["Add a contact: Take somebody off"])
        #expect(headings("rem elephant") == [])
    }

    @Test func `what is for staff comes after what is for everybody`() {
        #expect(headings("companies").last == "Staff: Companies")
    }

    @Test func `the sentence that fits is shown`() {
        #expect(GuideSearch(Self.parts).find("owner").map(\.sentence) == ["An owner presses \"Remove\"."])
    }

    @Test(arguments: ["", "   ", "?!", "elephant"])
    func `nothing is found for nothing`(question: String) {
        #expect(headings(question) == [])
    }

    @Test func `a text is cut where its sentences end`() {
        #expect(
            Guide.sentences(of: "Yes. Call 303-441-1880. Is it \"Done\"?") == ["Yes.", "Call 303-441-1880.", "Is it \"Done\"?"])
        #expect(Guide.sentences(of: "") == [])
    }

    @Test(arguments: [
        (Language.english, "How do I add my electrician?", "/guide/add-a-contact"),
        (.english, "I forgot my password", "/guide/questions#password"),
        (.english, "remove an employee", "/guide/company#leaving"),
        (.english, "my cases are missing", "/guide/missing-cases"),
        (.english, "which type for a plumber", "/guide/contact-types#contractor-plumbing"),
        (.english, "undo a link", "/guide/staff#undo"),
        (.spanish, "¿Cómo agrego a mi electricista?", "/guide/add-a-contact"),
        (.spanish, "OLVIDE MI CONTRASENA", "/guide/questions#password"),
        (.spanish, "¿Cómo quito a un empleado?", "/guide/company#leaving"),
        (.spanish, "faltan mis casos", "/guide/missing-cases"),
    ])
    func `what people ask leads to the right place`(language: Language, question: String, place: String) async throws {
        let city = try await TestCity.make()
        let hits = GuideSearch.of(city.context.pack, city.context.voice(language)).find(question)
        #expect(hits.first?.part.link.description == place)
    }
}

@Suite struct GuideListTests {
    @Test(arguments: Language.allCases)
    func `every guide is in the list, has a page whose anchors are there once, and ends no sentence open`(
        language: Language
    ) async throws {
        let city = try await TestCity.make()
        let browser = city.browser(language: language)
        let list = await browser.get("/guide").text
        for guide in Guide.all {
            let address = guide.address().description
            #expect(list.contains("<a href=\"\(address)\">"), "\(address)")
            let page = await browser.get(address)
            #expect(page.status == 200 && !page.text.contains("⟦"), "\(address)")
            let anchors = guide.sections.map(\.anchor)
            #expect(Set(anchors).count == anchors.count, "\(address)")
            for anchor in anchors {
                #expect(["h2", "h3"].contains { page.text.contains("<\($0) id=\"\(anchor)\">") }, "\(address)#\(anchor)")
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `every place that the search leads to is there`(language: Language) async throws {
        let city = try await TestCity.make()
        let t = city.context.voice(language)
        for guide in Guide.all {
            let page = await city.browser(language: language).get(guide.address().description).text
            for part in guide.parts(city.context.pack, t) {
                let pieces = part.link.description.split(separator: "#")
                if pieces.count == 2 { #expect(page.contains("id=\"\(pieces[1])\""), "\(part.link)") }
                #expect(!part.sentences.isEmpty, "\(part.link)")
                #expect(!part.sentences.contains { $0.contains("⟦") }, "\(part.link)")
            }
        }
    }

    @Test func `a question is shown as it was typed and never as markup`() async throws {
        let page = await (try await TestCity.make()).browser().get("/guide?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        #expect(page.status == 200)
        #expect(!page.text.contains("<script>alert"))
        #expect(page.text.contains("No guide says anything about"))
    }

    @Test func `the help page sends a question to the guides, and each topic names its guide`() async throws {
        let browser = try await TestCity.make().browser()
        let help = await browser.get("/help").text
        #expect(help.contains("action=\"/guide\"") && help.contains("What do you need help with?"))
        let topics = await browser.get("/help/ask").text
        for link in ["/guide/missing-cases", "/guide/company", "/guide/questions", "/guide/create-an-account"] {
            #expect(topics.contains("href=\"\(link)\""), "\(link)")
        }
    }

    @Test func `staff find their guide on the desk`() async throws {
        let city = try await TestCity.make()
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        #expect(await steward.get("/staff/desk").text.contains("href=\"/guide/staff\""))
    }
}
