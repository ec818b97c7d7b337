import HTML
import Testing

private let attack = "\"><script>alert('x')</script>&"
private let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"
private let item = NavigationItem(title: attack, link: place())

/// A component, every text slot filled with an attack, and how often the attack must come out, harmless.
struct Attacked: Sendable, CustomTestStringConvertible {
    let name: String
    let count: Int
    let html: HTML
    var testDescription: String { name }

    init(_ name: String, _ count: Int, @HTMLBuilder _ html: () -> HTML) {
        self.name = name
        self.count = count
        self.html = html()
    }
}

private func attackedField(_ kind: FieldModel.Kind) -> HTML {
    field(
        FieldModel(
            id: "f", name: attack, label: attack, hint: attack, error: attack, kind: kind, value: attack, optionalMark: attack,
            autocomplete: attack, inputmode: attack))
}

private let attacked: [Attacked] = [
    Attacked("text field", 7) { attackedField(.text) },
    Attacked("password", 5) { attackedField(.newPassword) },
    Attacked("several lines", 6) { attackedField(.multiline(rows: 3)) },
    Attacked("choice", 7) { attackedField(.choice([Choice(value: attack, title: attack)])) },
    Attacked("radios", 7) { attackedField(.radios([Choice(value: attack, title: attack, hint: attack)])) },
    Attacked("checkbox", 4) { attackedField(.checkbox) },
    Attacked("hidden", 2) { attackedField(.hidden) },
    Attacked("buttons", 7) {
        submitButton(attack, accessibleName: attack, name: attack, value: attack)
        linkButton(attack, place(), accessibleName: attack)
        starButton(accessibleName: attack, isOn: true)
    },
    Attacked("error summary", 3) {
        errorSummary(title: attack, problems: [FieldProblem(message: attack), FieldProblem(fieldID: "f", message: attack)])
    },
    Attacked("notice", 1) { notice(Notice(kind: .warning, title: attack)) },
    Attacked("tag and hidden text", 2) {
        tag(attack, .good)
        visuallyHidden(attack)
    },
    Attacked("tabs", 2) { tabs(label: attack, [Tab(title: attack, count: 1, link: place())]) },
    Attacked("steps", 4) { steps(label: attack, [Step(title: attack, note: attack, state: .now, stateLabel: attack)]) },
    Attacked("panels", 6) {
        turnPanel(title: attack, tone: .waiting) { attack }
        panel(title: attack, id: "p") { attack }
        emptyState(attack)
    },
    Attacked("table", 6) {
        dataTable(
            caption: attack, columns: [TableColumn(title: attack), TableColumn(title: attack)],
            rows: [TableRow(cells: [HTML(attack), HTML(attack)])])
    },
    Attacked("description list", 2) { descriptionList([Detail(term: attack, value: HTML(attack))]) },
    Attacked("rows", 4) {
        listRows([ListRow(title: HTML(attack), subtitle: attack, note: attack)], label: attack)
    },
    Attacked("counted heading", 2) { countedHeading(attack, count: attack) },
    Attacked("filters", 2) { filters(isOpen: true, title: attack) { attack } },
    Attacked("pagination", 4) { pagination(Pagination(label: attack, previous: item, next: item, position: attack)) },
    Attacked("home", 7) {
        hero(title: attack, lead: attack) { attack }
        tasks([TaskLink(item, note: attack)])
        pageHeading(attack, lead: attack)
    },
    Attacked("why not", 4) {
        whyNot([ActionItem(title: attack, link: place()), ActionItem(title: attack, reasons: [HTML(attack)])], notYet: attack)
    },
]

@Suite struct EscapingTests {
    @Test(arguments: attacked)
    func aComponentShowsAnAttackAsText(_ component: Attacked) {
        let text = component.html.text
        #expect(!text.contains("<script"))
        #expect(text.components(of: escaped) == component.count)
        #expect(Markup(component.html).faults.filter { !$0.contains("refers to nothing") } == [])
    }

    @Test func aDocumentShowsAnAttackAsText() {
        let text = document(
            Page(
                language: attack, title: attack, cityLine: attack, siteName: attack, home: place(), navigation: [item],
                navigationLabel: attack, skipLabel: attack,
                languageSwitch: LanguageSwitch(title: attack, language: attack, link: place()), help: item,
                account: AccountMenu(title: attack, shortTitle: attack, name: attack, items: [item], signOut: .empty),
                crumbs: [Crumb(title: attack)], crumbsLabel: attack, notices: [Notice(kind: .success, title: attack)],
                content: HTML(attack), footer: HTML(attack), stylesheet: place()))
        #expect(!text.contains("<script"))
        #expect(text.components(of: escaped) == 20)
        #expect(Markup(text).faults == [])
    }

    @Test func plainTextIsNotTouched() {
        #expect(HTML("Rosa Martínez · 3½ baths").text == "Rosa Martínez · 3½ baths")
        #expect(HTML("a\u{0301}<").text == "a\u{0301}&lt;")
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
