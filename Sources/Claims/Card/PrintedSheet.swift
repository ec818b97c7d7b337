internal import Cases
internal import Core
internal import HTML
internal import Primitives

/// What goes on paper. Whoever gets it may read either language, so both stand there.
enum PrintedSheet {
    static func card(_ seen: SeenCase, _ code: String, _ visit: Visit) -> HTML {
        let kind: (Voice) -> String = { t in seen.type.map { t($0.name) } ?? seen.record.type }
        return section(.class("sheet")) {
            h1 { visit.t("claims.cards.title", ["number": .text(seen.number)]) }
            p {
                visit.city.pack.city.name
                br()
                kind(visit.t)
            }
            printed(code, visit)
            inBoth(visit) { t in
                p {
                    t(
                        "claims.cards.text",
                        ["number": .text(seen.number), "address": .text(visit.city.url(ClaimAddresses.claim()))])
                }
                p { t("claims.cards.keep") }
            }
        }
    }

    static func letter(_ letter: MailedCode, _ code: String, until: CivilDate, _ visit: Visit) -> HTML {
        let city = visit.city.pack.city
        return section(.class("sheet")) {
            p(.class("lines")) { ([city.name] + city.mailAddress).joined(separator: "\n") }
            p(.class("lines window")) { "\(letter.recipient)\n\(letter.address)" }
            h2 { visit.t("claims.letters.heading", ["name": .text(letter.recipient)]) }
            printed(code, visit)
            inBoth(visit) { t in
                p {
                    t(
                        "claims.letters.text",
                        [
                            "person": .text(letter.person), "date": .date(until),
                            "address": .text(visit.city.url(ClaimAddresses.code())),
                        ])
                }
                p { t("claims.letters.notYou", ["phone": .text(city.phone)]) }
            }
        }
    }

    private static func printed(_ text: String, _ visit: Visit) -> HTML {
        p(.class("stamp")) {
            visit.t("claims.cards.code")
            " "
            code { PrintedCode.grouped(text) }
        }
    }

    /// First the language of whoever prints.
    private static func inBoth(_ visit: Visit, @HTMLBuilder _ words: (Voice) -> HTML) -> HTML {
        let other: Language = visit.language == .english ? .spanish : .english
        return group {
            words(visit.t)
            div(.lang(other.rawValue)) { words(visit.city.voice(other)) }
        }
    }
}
