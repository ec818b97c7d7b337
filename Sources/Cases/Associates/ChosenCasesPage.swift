internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Which of the organization's cases one of its members sees: all of them, or those ticked here (B3).
enum ChosenCasesPage {
    static let perPage = 25

    private static let text = Field<String>.text("q", kind: .search, label: "cases.chosen.search", isRequired: false)
    private static let pageNumber = Field<String>.hidden("page", isRequired: false)
    private static let searchForm = Form(text, pageNumber)

    private static let scope = Field<String>.choice("scope", radios: true, label: "cases.chosen.which")
    /// Numbers of the cases on the page. The boxes are called `case-` and the number.
    private static let shown = Field<String>.hidden("shown", isRequired: false)
    private static let form = Form(scope, shown, text, pageNumber)

    static let routes: [Route] = [
        .get(ContactAddresses.personCases, .account, form: searchForm, show),
        .post(ContactAddresses.personCases, .account, form: form, invalid: show, save),
    ]

    struct Model: Sendable {
        let person: LookedAfter
        let cases: [CaseSummary]
        let chosen: Set<CaseID>
        let count: Int
        let pages: Int
        let page: Int
        let text: String
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let model = try await visit.read { conn in try load(visit, conn) }
        let t = visit.t
        let crumbs = [
            myAccountCrumb(t), Crumb(title: model.person.organization.name, link: model.person.organizationLink),
        ]
        return visit.page(t("cases.chosen.title", ["name": .text(model.person.name)]), crumbs: crumbs) {
            visit.submission.summary(t)
            ChosenCasesView(model: model, visit: visit, scope: scope, text: text).content
        }
    }

    private static func load(_ visit: Visit, _ conn: Connection) throws -> Model {
        let person = try LookedAfter.find(visit, conn)
        let typed = tidied(visit.submission.values["q"] ?? "")
        let page = max(1, Int(visit.submission.values["page"] ?? "") ?? 1)
        let listing = listing(of: person, containing: typed, visit, offset: (page - 1) * perPage)
        let rows = try conn.rows(listing)
        var chosen: Set<CaseID> = []
        var ids: [CaseID] = []
        for row in rows {
            ids.append(try row["id"])
            if try row["is_chosen"] { chosen.insert(try row["id"]) }
        }
        let count: Int = try rows.first?["total"] ?? 0
        return Model(
            person: person, cases: try CaseSummary.find(ids, for: .party, visit.city, conn), chosen: chosen, count: count,
            pages: max(1, (count + perPage - 1) / perPage), page: page, text: typed)
    }

    /// The organization's cases, chosen ones first, then the newest; read from its grants.
    static func listing(of person: LookedAfter, containing text: String, _ visit: Visit, offset: Int) -> SQL {
        var filter: SQL = ""
        if !text.isEmpty {
            let plain = text.filter { !"%_\\".contains($0) }.lowercased()
            let (part, number) = ("%\(plain)%", "%\(plain.uppercased())%")
            filter = """
                AND (c.number LIKE \(number) OR EXISTS (
                    SELECT 1 FROM case_location l WHERE l.case_id = c.id AND LOWER(l.typed) LIKE \(part)))
                """
        }
        return """
            WITH theirs (case_id, is_chosen) AS (
                SELECT g.case_id, MAX(CASE WHEN a.id IS NULL THEN 0 ELSE 1 END)
                FROM case_grant g
                    LEFT JOIN case_associate a ON a.grant_id = g.id AND a.membership_id = \(person.membership.id) AND a.until IS NULL
                WHERE g.contact_id = \(person.organization.id) AND g.until IS NULL AND g.may_view = 1
                GROUP BY g.case_id)
            SELECT c.id, theirs.is_chosen, COUNT(*) OVER () AS total
            FROM theirs CROSS JOIN case_record c
            WHERE c.id = theirs.case_id AND \(visit.city.access.visible("case.party-view", to: visit.principal, alias: "c")) \(filter)
            ORDER BY theirs.is_chosen DESC, c.active_on DESC, c.id DESC LIMIT \(perPage) OFFSET \(offset)
            """
    }

    private static func save(_ visit: Visit) async throws -> WebResponse {
        let submission = visit.submission
        guard let wanted = Membership.Scope(rawValue: try submission[scope]) else {
            throw submission.refusing(scope, "form.choose")
        }
        let numbers = try submission[shown].split(separator: " ").prefix(perPage).map(String.init)
        let ticked = Set(numbers.filter { visit.request.fields[box($0)] != nil })
        let back = ContactAddresses.personCases(visit.parameter("id"), visit.parameter("account"))
            .with([("q", try submission[text]), ("page", try submission[pageNumber])])
        _ = try await visit.read { conn in try LookedAfter.find(visit, conn) }
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let person = try LookedAfter.find(visit, change.conn)
                let organization = person.organization.id
                let account = person.membership.account
                try ContactWriter(change).setScope(wanted, of: account, organization: organization)
                let names: [String: WordArgument] = ["name": .text(person.name), "company": .text(person.organization.name)]
                guard wanted == .chosen, let member = try Membership.find(account, in: organization, change.conn) else {
                    return .init(back, say: Phrase("cases.chosen.savedAll", names))
                }
                try Associates(change).choose(ticked, of: numbers, for: member, called: person.name)
                return .init(back, say: Phrase("cases.chosen.saved", names))
            }
        }
    }

    static func box(_ number: String) -> String { "case-\(number)" }
}
