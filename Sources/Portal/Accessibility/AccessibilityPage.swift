internal import Core
internal import HelpDesk
internal import HTML
internal import Web

/// The accessibility statement (L1): what was done, how, and whom to tell about a barrier.
enum AccessibilityPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let city = visit.city.pack.city
        return visit.page(t("portal.accessible.title"), isIndexed: true) {
            prose {
                h1 { t("portal.accessible.title") }
                p { t("portal.accessible.goal") }
                p { t("portal.accessible.how") }
                p { t("portal.accessible.notYet") }
                p { a(PortalAddresses.conformance()) { t("portal.conformance.title") } }
                h2 { t("portal.accessible.tellTitle") }
                p { t("portal.accessible.tell", ["days": .number(city.responseWorkingDays)]) }
                ul {
                    li { a(Link.telephone(city.phone)) { city.phone } }
                    li { a(Link.mail(city.email)) { city.email } }
                    li { a(HelpDeskAddresses.help()) { t("portal.help") } }
                }
            }
        }
    }
}
