internal import Accounts
internal import CityPack
internal import HTML
internal import Primitives

/// Why an older case may be missing, and the phone line that works without it (C4).
enum CutOver {
    static func view(_ t: Voice, _ city: City) -> HTML {
        group {
            p { t("helpDesk.cutOver.text", ["date": .date(city.cutOver)]) }
            p {
                t("helpDesk.cutOver.line")
                " "
                a(Link.telephone(city.inspectionLine)) { city.inspectionLine }
                "."
            }
        }
    }
}

/// What happens with a request that waits: its place, the day of the answer, and older cases.
enum NextSteps {
    /// - Parameters:
    ///   - place: 1 is answered next; 0 when it does not wait.
    ///   - isGuest: whoever asked has no account that we know of; what is connected needs one.
    static func view(_ t: Voice, _ city: City, place: Int, due: CivilDate, kind: Ticket.Kind = .asked, isGuest: Bool) -> HTML {
        prose {
            h2 { t("helpDesk.next.title") }
            ul {
                if place > 0 { li { t("helpDesk.next.place", ["count": .number(place)]) } }
                li { t("helpDesk.next.by", ["date": .date(due)]) }
                if kind.queue == .access { li { t("helpDesk.next.connected") } }
                if isGuest, kind == .asked {
                    li {
                        t("helpDesk.next.account")
                        " "
                        a(AccountAddresses.register()) { t("helpDesk.next.register") }
                    }
                }
            }
            if kind.queue == .access {
                h2 { t("helpDesk.cutOver.title") }
                CutOver.view(t, city)
            }
        }
    }
}
