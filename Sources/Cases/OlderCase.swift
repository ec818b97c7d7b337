public import CityPack
internal import Core
public import HTML
public import Primitives

/// Cases from before the city's cut-over that are still open (C4). Their people were known to the older system by other addresses, so
/// they may not be connected to an account yet. The mark is the same wherever a case stands.
///
/// People see it on their own cases too: they are connected, but others on the case may not be, and then somebody asks them why. On
/// the lines of "Recent" it would only be noise; the same case is marked above.
public enum OlderCase {
    public static func isOne(applied: CivilDate?, issued: CivilDate?, isOpen: Bool, in city: City) -> Bool {
        isOpen && (applied ?? issued).map { $0 < city.cutOver } ?? false
    }

    /// Stands beside the status.
    public static func mark(_ t: Voice) -> HTML { tag(t("cases.older.mark"), .calm) }

    /// On the case's own page: why people may be missing, and what to do about it.
    static func panel(_ seen: SeenCase, _ visit: Visit) -> HTML {
        let t = visit.t
        let city = visit.city.pack.city
        let title = t("cases.older.title", ["date": .date(city.cutOver)])
        switch seen.audience {
        case .staff:
            return notice(Notice(kind: .information, title: title, content: p { t("cases.older.staff") }))
        case .party:
            return notice(
                Notice(
                    kind: .information, title: title,
                    content: p {
                        t("cases.older.party")
                        " "
                        a(CaseAddresses.contacts(seen.number)) { t("cases.older.contacts") }
                    }))
        default:
            return notice(
                Notice(
                    kind: .information, title: title,
                    content: group {
                        p { t("cases.older.why") }
                        ul(.class("prose")) {
                            for way in visit.city.caseFeatures.flatMap(\.olderCaseWays).sorted(by: { $0.order < $1.order }) {
                                li { a(way.link(seen.number)) { t(way.title) } }
                            }
                            li {
                                t("cases.older.phone")
                                " "
                                a(Link.telephone(city.inspectionLine)) { city.inspectionLine }
                            }
                        }
                    }))
        }
    }
}
