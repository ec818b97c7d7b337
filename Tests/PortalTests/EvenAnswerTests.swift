import Core
import Portal
import TestSupport
import Testing

/// The time of an answer must not tell whether an address has an account (A2); `script/bench equal` measures it.
@Suite struct EvenAnswerTests {
    @Test("A2 Whatever takes an address of somebody else is answered evenly")
    func takesAnAddress() {
        let even = Set(Composition(isDemo: false).features.flatMap(\.routes).filter(\.isEven).map(\.template))
        #expect(
            even == [
                "/register", "/reset", "/sign-in", "/staff/sign-in", "/access-request", "/cases/{number}/contacts/add-email",
                "/cases/{number}/contacts/invite", "/account/organization/{id}/invite",
            ])
    }

    @Test("A2 An even answer is given no sooner than the city says")
    func waits() async throws {
        let city = try await TestCity.make(
            settings: CitySettings(baseURL: Browser.origin, isDemo: true, evenAnswer: .milliseconds(150)))
        let begun = ContinuousClock.now
        #expect(await city.browser().post("/reset", ["email": "nobody@example.org"]).status == 303)
        #expect(ContinuousClock.now - begun >= .milliseconds(150))
    }
}
