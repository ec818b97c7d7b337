internal import CityPack
internal import Primitives
internal import Yams

/// The conformance report as data: OpenACR 0.1.0, catalog "VPAT 2.5 WCAG Edition" for WCAG 2.2 (github.com/GSA/openacr).
struct OpenACR {
    let criteria: [Criterion]
    let city: City
    let version: String

    private static let methods = """
        Automated tests of every release: axe-core and the Nu HTML checker over one page of each kind, for every role, in both \
        languages and at two widths; scripted checks of focus, targets, reflow, text spacing, keyboard order and error messages; journeys by keyboard \
        alone and without scripts. No person who uses a screen reader has tested it yet.
        """

    func yaml() throws -> String {
        let chapters = Criterion.Level.allCases.map { level in (chapter(level), criteria.filter { $0.level == level }) }
        let report = object([
            ("title", text("Groundwork accessibility conformance report")),
            ("product", object([("name", text("Groundwork")), ("version", text(version)), ("description", text(description))])),
            ("author", object([("name", text(city.name)), ("email", text(city.email)), ("phone", text(city.phone))])),
            ("vendor", object([("company_name", text(city.name)), ("email", text(city.email))])),
            ("report_date", text(Criterion.judged.description)), ("last_modified_date", text(Criterion.judged.description)),
            ("version", 1),
            ("catalog", text("2.5-edition-wcag-2.2-en")), ("evaluation_methods_used", text(OpenACR.methods)),
            ("chapters", object(chapters.map { ($0, object([("criteria", Node($1.map(entry)))])) })),
        ])
        return try Yams.serialize(node: report, width: -1, allowUnicode: true)
    }

    private var description: String {
        "Permits, plans, licenses and cases of the \(city.name): what the public sees, and what staff see."
    }

    private func chapter(_ level: Criterion.Level) -> String { "success_criteria_level_\(level.rawValue.lowercased())" }

    private func entry(_ criterion: Criterion) -> Node {
        let tests = criterion.evidence.isEmpty ? "" : " Tests: \(criterion.evidence.joined(separator: ", "))."
        let adherence = object([
            ("level", text(criterion.result.rawValue)), ("notes", text(criterion.remarks(.english) + tests)),
        ])
        return object([
            ("num", text(criterion.number)),
            ("components", Node([object([("name", text("web")), ("adherence", adherence)])])),
        ])
    }

    private func object(_ members: [(String, Node)]) -> Node { Node(members.map { (Node($0), $1) }) }

    /// In quotes, so that `1.10` stays a text.
    private func text(_ text: String) -> Node { Node(text, .implicit, .doubleQuoted) }
}
