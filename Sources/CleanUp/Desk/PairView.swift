internal import Contacts
internal import Core
internal import HTML
internal import Matching
internal import Primitives
internal import Web

struct PairView {
    let visit: Visit
    let model: PairPage.Model
    let title: String
    private var t: Voice { visit.t }
    private var pair: ContactPair { model.pair }
    private var ids: (a: String, b: String) { pair.publicIDs }

    init(visit: Visit, model: PairPage.Model, title: String) {
        self.visit = visit
        self.model = model
        self.title = title
    }

    var content: HTML {
        group {
            visit.submission.summary(t)
            pageHeading(title, lead: BandWords(t).meaning(pair), status: BandWords(t).state(pair))
            columns(
                main: group {
                    h2 { t("cleanUp.desk.sides") }
                    if model.sides.count == 2 { sides(model.sides[0], model.sides[1]) } else { p { t("cleanUp.desk.areOne") } }
                    h2 { t("cleanUp.desk.reasons") }
                    reasons
                    if let expected = BandWords(t).expected(PairTab(pair), model.model, visit) { p(.class("soft")) { expected } }
                },
                aside: group {
                    panel(title: t("cleanUp.desk.decide")) { decide }
                    neighbors
                    keySwitch(t, t("cleanUp.desk.keysPair"))
                })
        }
    }

    // MARK: The two records

    private func sides(_ a: ContactSide, _ b: ContactSide) -> HTML {
        let rows: [(WordKey, HTML, HTML)] = [
            ("cleanUp.desk.kind", HTML(kind(a)), HTML(kind(b))),
            ("cleanUp.desk.company", HTML(a.companyName), HTML(b.companyName)),
            ("cleanUp.desk.jobTitle", HTML(a.title), HTML(b.title)),
            ("cleanUp.desk.email", emails(a), emails(b)),
            ("cleanUp.desk.phone", lines(a.phones), lines(b.phones)),
            ("cleanUp.desk.address", lines(a.addresses.map(\.line)), lines(b.addresses.map(\.line))),
            ("cleanUp.desk.cases", HTML(grouped(a.cases)), HTML(grouped(b.cases))),
            ("cleanUp.desk.accounts", lines(a.accounts), lines(b.accounts)),
            ("cleanUp.desk.since", HTML(day(a.since)), HTML(day(b.since))),
        ]
        let none = HTML(t("cleanUp.desk.none"))
        return dataTable(
            caption: t("cleanUp.desk.sides"), captionHidden: true,
            columns: [TableColumn(title: t("cleanUp.desk.field")), column(a), column(b)],
            rows: rows.filter { !$0.1.isEmpty || !$0.2.isEmpty }.map { row in
                TableRow(cells: [HTML(t(row.0)), row.1.isEmpty ? none : row.1, row.2.isEmpty ? none : row.2])
            })
    }

    private func column(_ side: ContactSide) -> TableColumn {
        TableColumn(
            title: t("cleanUp.desk.record", ["name": .text(side.name), "number": .text(side.id.description)]))
    }

    private func kind(_ side: ContactSide) -> String {
        switch side.kind {
        case .person: t("cleanUp.desk.person")
        case .company: t("cleanUp.desk.companyKind")
        }
    }

    private func emails(_ side: ContactSide) -> HTML {
        lines(
            side.emails.map { email in
                email.isShared ? t("cleanUp.desk.shared", ["email": .text(email.typed)]) : email.typed
            })
    }

    private func lines(_ texts: [String]) -> HTML {
        group {
            for (place, text) in texts.enumerated() {
                if place > 0 { br() }
                breakable(text)
            }
        }
    }

    private func day(_ instant: Instant) -> String { visit.city.cityClock.date(of: instant).long(in: t.language) }

    // MARK: Why

    /// The weights add up to the sum on the last row.
    private var reasons: HTML {
        let words = PairWords(t)
        let weights = pair.weights.map { words.reasons($0) } ?? []
        return dataTable(
            caption: t("cleanUp.desk.reasons"), captionHidden: true,
            columns: [
                TableColumn(title: t("cleanUp.desk.reason")), TableColumn(title: t("cleanUp.desk.points"), isNumber: true),
            ],
            rows: weights.map { reason in
                TableRow(cells: [HTML(reason.sentence), HTML(PairWords.points(reason.tenths, signed: true))])
            } + [TableRow(cells: [strong { t("cleanUp.desk.score") }, strong { PairWords.points(pair.tenths) }])])
    }

    // MARK: What can be decided

    @HTMLBuilder
    private var decide: HTML {
        if !pair.isLive {
            p { t("cleanUp.desk.areOne") }
        } else if pair.state.isDecided {
            decided
            undo
        } else {
            if pair.canBeOne {
                p {
                    a(CleanUpAddresses.compare(ids.a, ids.b), .class("button"), .data("key", "Enter")) { t("cleanUp.desk.merge") }
                }
            } else {
                p { t("cleanUp.desk.twoKinds") }
            }
            postForm(DeskAddresses.different(ids.a, ids.b), once: visit.once) {
                visit.submission.view(PairPage.why, t)
                keyButton(differentTitle, "d")
            }
            if pair.state == .later {
                decided
                undo
            } else {
                postForm(DeskAddresses.later(ids.a, ids.b), once: visit.once) { keyButton(t("cleanUp.desk.putOff"), "l") }
            }
        }
    }

    private var differentTitle: String {
        if pair.arePeople { return t("cleanUp.desk.differentPeople") }
        return pair.areCompanies ? t("cleanUp.desk.differentCompanies") : t("cleanUp.desk.differentRecords")
    }

    private func keyButton(_ title: String, _ key: String) -> HTML {
        button(.type("submit"), .class("button quiet"), .data("key", key)) { title }
    }

    @HTMLBuilder
    private var decided: HTML {
        if let at = pair.decidedAt {
            p {
                pair.decidedBy.map {
                    t("cleanUp.desk.decidedBy", ["name": .text($0), "date": .text(day(visit.city.cityClock.shown(at)))])
                }
                    ?? t("cleanUp.desk.decidedOn", ["date": .text(day(visit.city.cityClock.shown(at)))])
            }
        }
        if !pair.why.isEmpty { p(.class("lines")) { pair.why } }
    }

    private var undo: HTML {
        postForm(DeskAddresses.undo(ids.a, ids.b), once: visit.once) { submitButton(t("cleanUp.desk.undo"), quiet: true) }
    }

    private var neighbors: HTML {
        let both: [(ContactPair, WordKey, String)] =
            [
                model.previous.map { ($0, "cleanUp.desk.previousPair", "k") },
                model.next.map { ($0, "cleanUp.desk.nextPair", "j") },
            ]
            .compactMap(\.self)
        guard !both.isEmpty else { return .empty }
        return nav(.class("actions"), .aria("label", t("cleanUp.desk.otherPairs"))) {
            for (other, title, key) in both {
                a(DeskAddresses.pair(other), .class("button quiet"), .data("key", key)) { t(title) }
            }
        }
    }
}
