internal import Core
internal import Database
public import HTML
internal import Primitives
internal import Web

public enum PortalAddresses {
    public static let home = PlainAddress("/")
    static let language = Address<String>("/language/{code}")
    static let accessibility = PlainAddress("/accessibility")
    static let conformance = PlainAddress("/accessibility/conformance")
    static let conformanceData = PlainAddress("/accessibility/conformance.yaml")
}

/// What belongs to no record: home, guide, language, the mail of a demo city.
struct PortalFeature: Feature {
    let isDemo: Bool
    let name = "Portal"
    var words: WordSource? { portalWords }

    var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "portal.staff.title", explanation: "portal.staff.lead", link: GuideAddresses.staff(), action: "desk.open")
        ]
    }

    var routes: [Route] {
        var routes: [Route] = [
            .get(PortalAddresses.home, .anyone, HomePage.show),
            .get(PortalAddresses.language, .anyone, LanguageChoice.choose),
            .get(PortalAddresses.accessibility, .anyone, AccessibilityPage.show),
            .get(PortalAddresses.conformance, .anyone, ConformancePage.show),
            .get(PortalAddresses.conformanceData, .anyone, ConformancePage.data),
        ]
        routes += Guide.routes
        if isDemo { routes += DemoMail.routes + DemoPage.routes }
        return routes
    }
}

/// A link that changes the language of this browser, and nothing else.
enum LanguageChoice {
    static func choose(_ visit: Visit) async throws -> WebResponse {
        guard let language = Language(rawValue: visit.parameter("code")) else { throw NotFound() }
        let back = Link(local: visit.query("return")) ?? PortalAddresses.home()
        return WebResponse.redirect(back).setting(Cookie("language", language.rawValue, maxAge: 31_536_000))
    }
}
