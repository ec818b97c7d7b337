internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What happened with a contact: its own facts, and those of cases that name it.
struct ContactHistory: Sendable {
    struct Entry: Sendable {
        let fact: Fact
        let sentence: HTML
        let actor: String
    }

    let entries: [Entry]

    /// - Parameter facts: of any subject; those that staff are not told of are left out.
    init(_ facts: [Fact], _ visit: Visit, _ conn: Connection) throws {
        let (numbers, names) = try ContactHistory.called(facts, visit, conn)
        let t = visit.t
        entries = facts.compactMap { fact in
            guard let sentence = ContactHistory.sentence(fact, numbers, visit) else { return nil }
            let id = Int64(fact.actor.split(separator: ":").last ?? "")
            let actor: String =
                switch fact.actor.split(separator: ":").first {
                case "staff": id.flatMap { names[$0] } ?? t("cleanUp.history.staff")
                case "account": t("cleanUp.history.person")
                case "import": t("cleanUp.history.import")
                default: t("cleanUp.history.system")
                }
            return Entry(fact: fact, sentence: sentence, actor: actor)
        }
    }

    /// What the cases that the visitor may see and the city's people are called. One statement.
    private static func called(
        _ facts: [Fact], _ visit: Visit, _ conn: Connection
    ) throws -> (numbers: [Int64: String], names: [Int64: String]) {
        let visible = visit.city.access.visible("case.view", to: visit.principal, alias: "c")
        let cases = Set(facts.filter { $0.subject.kind == .case }.map(\.subject.id)).sorted()
        let staff = Set(
            facts.compactMap { $0.actor.hasPrefix("staff:") ? Int64($0.actor.dropFirst("staff:".count)) : nil }
        ).sorted()
        guard !cases.isEmpty || !staff.isEmpty else { return ([:], [:]) }
        var (numbers, names): ([Int64: String], [Int64: String]) = ([:], [:])
        for row in try conn.rows(
            """
            SELECT 'case' AS what, c.id, c.number AS name FROM case_record c WHERE c.id IN \(list: cases) AND \(visible)
            UNION ALL SELECT 'staff', id, first_name || ' ' || last_name FROM account WHERE id IN \(list: staff)
            """)
        {
            if try row["what"] == "case" {
                numbers[try row["id"]] = try row["name"]
            } else {
                names[try row["id"]] = try row["name"]
            }
        }
        return (numbers, names)
    }

    private static func sentence(_ fact: Fact, _ numbers: [Int64: String], _ visit: Visit) -> HTML? {
        let t = visit.t
        guard fact.subject.kind == .case else {
            return visit.city.sentence(of: fact, for: .staff, t).map { HTML($0) }
        }
        // A draft is nobody's business but that of those who write it.
        guard let number = numbers[fact.subject.id] else { return nil }
        let type = visit.city.pack.contactType(fact.text("type")).map { t($0.name) } ?? fact.text("type")
        let words: [String: WordArgument] = ["name": .text(fact.text("name")), "type": .text(type)]
        let sentence: String? =
            switch fact.kind {
            case .contactAdded: t("cleanUp.history.added", words)
            case .contactRemoved: t("cleanUp.history.removed", words)
            default: visit.city.sentence(of: fact, for: .staff, t)
            }
        return group {
            a(CaseAddresses.show(number), .class("whole")) { number }
            ": "
            sentence ?? t("cleanUp.history.changed")
        }
    }

    func view(_ visit: Visit, label: String) -> HTML {
        guard !entries.isEmpty else { return emptyState(visit.t("cleanUp.history.nothing")) }
        return listRows(
            entries.map { entry in
                ListRow(
                    title: entry.sentence,
                    subtitle: [visit.t("cleanUp.history.when", visit.moment(cityTime: entry.fact.at)), entry.actor].joined(
                        separator: " · "),
                    note: entry.fact.why.map { HTML(visit.t("cleanUp.history.why", ["why": .text($0)])) } ?? .empty)
            }, label: label)
    }
}
