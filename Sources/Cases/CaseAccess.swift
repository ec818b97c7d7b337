internal import Contacts
internal import Core
internal import Database

/// Who sees a case (`model.md` 3): a live grant to a contact that the account is linked to, or to an organization it is a member
/// of, all of whose cases or chosen ones are open to it (B3); staff by role; the public view. A merge by itself gives nothing: its links carry their edge.
enum CaseAccess {
    static let rules: [AccessRule] = [
        AccessRule("case.public-view", on: "case_record", when: publicView),
        AccessRule("case.party-view", on: "case_record", when: party()),
        AccessRule("case.view", on: "case_record", when: .any([publicView, party(), submitted(.staff("case.view")), .program])),
        AccessRule("case.staff-view", on: "case_record", when: .any([submitted(.staff("case.view")), .program])),
        // Money: those whose part in the case carries it, and staff (B4).
        AccessRule("case.bill", on: "case_record", when: .any([party("may_bill"), submitted(.staff("case.view")), .program])),
        AccessRule("case.act", on: "case_record", when: .any([party("may_act"), .program])),
        AccessRule(
            "case.request-inspection", on: "case_record", when: .any([party("may_request_inspection"), .program])),
    ]

    private static let publicView = Condition.all([
        .column("confidential", equals: .integer(0)), .column("submitted", equals: .integer(1)),
    ])

    /// A draft belongs to those who write it; the city sees what was submitted.
    private static func submitted(_ condition: Condition) -> Condition {
        .all([condition, .column("submitted", equals: .integer(1))])
    }

    /// Who would see a case if it had no other grants than these.
    static func partyView(within grants: [Int64]) -> AccessTable {
        let own = Relation.Filter("id", in: grants.map(SQLValue.integer))
        return AccessTable([AccessRule("case.party-view", on: "case_record", when: party(also: [own]))]) { _, _ in false }
    }

    /// A live grant that lets one see the case, and does whatever else is asked for: no right goes without seeing.
    private static func party(_ rights: String..., also others: [Relation.Filter] = []) -> Condition {
        let filters = (["may_view"] + rights).map { Relation.Filter($0, in: [.integer(1)]) } + others
        let grant = Relation("case_grant", from: "contact_id", to: "case_id", filters: filters)
        return .any([
            .reached(by: [Relation("contact_link", from: "account_id", to: "contact_id"), grant]),
            .reached(by: [membership(.all, to: "organization_id"), grant]),
            .reached(by: [
                membership(.chosen, to: "id"), Relation("case_associate", from: "membership_id", to: "grant_id"),
                Relation("case_grant", from: "id", to: "case_id", filters: filters),
            ]),
        ])
    }

    private static func membership(_ scope: Membership.Scope, to column: String) -> Relation {
        Relation(
            "membership", from: "account_id", to: column, filters: [.init("scope", in: [.text(scope.rawValue)])])
    }
}
