internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Two records side by side: are they one? A person decides.
struct PairPage: Sendable {
    static let why = Field<String>.text(
        "why", kind: .multiline, label: "cleanUp.desk.why", hint: "cleanUp.desk.whyHint", isRequired: false, maxLength: 1000)
    static let form = Form(why)

    let desk: Link

    var routes: [Route] {
        [
            .get(DeskAddresses.pair, .staff("contact.merge"), show),
            .post(DeskAddresses.different, .staff("contact.merge"), form: PairPage.form, invalid: show) { visit in
                let why = try visit.submission[PairPage.why]
                return try await PairPage.decide(.different, visit, why: why)
            },
            .post(DeskAddresses.later, .staff("contact.merge")) { try await PairPage.decide(.later, $0) },
            .post(DeskAddresses.undo, .staff("contact.merge")) { try await PairPage.undo($0) },
        ]
    }

    struct Model: Sendable {
        let pair: ContactPair
        let sides: [ContactSide]
        let previous: ContactPair?
        let next: ContactPair?
        let model: StoredModel?
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let visible = visit.city.access.visible("case.view", to: visit.principal, alias: "c")
        let model = try await visit.read { conn in
            let pair = try PairPage.find(visit, conn)
            let (previous, next) = try PairTab(pair).neighbors(of: pair, conn)
            return Model(
                pair: pair, sides: try ContactSide.find([pair.key.a, pair.key.b], visible: visible, conn), previous: previous,
                next: next, model: pair.state == .open ? try StoredModel.last(conn) : nil)
        }
        let title = PairListPage.title(model.pair, visit.t)
        return visit.page(title, crumbs: PairListPage.crumbs(desk, visit.t), scripts: ["desk.js"]) {
            PairView(visit: visit, model: model, title: title).content
        }
    }

    private static func find(_ visit: Visit, _ conn: Connection) throws -> ContactPair {
        guard let pair = try ContactPair.find(visit.parameter("a"), visit.parameter("b"), conn) else { throw NotFound() }
        return pair
    }

    /// The decision, and on to the next pair of the list.
    private static func decide(_ decision: PairState, _ visit: Visit, why: String = "") async throws -> WebResponse {
        try await visit.change { change in
            let pair = try find(visit, change.conn)
            guard pair.isLive, !pair.state.isDecided else { throw Refusal("cleanUp.desk.refused.changed") }
            let tab = PairTab(pair)
            let (previous, next) = try tab.neighbors(of: pair, change.conn)
            try PairDecision(change).decide(pair, decision, why: why)
            let names: [String: WordArgument] = ["name": .text(pair.names.a), "other": .text(pair.names.b)]
            let said =
                decision == .different ? Phrase("cleanUp.desk.said.different", names) : Phrase("cleanUp.desk.said.later", names)
            let link = (next ?? previous).map { DeskAddresses.pair($0) } ?? PairListPage.link(tab)
            return .init(link, say: said)
        }
    }

    private static func undo(_ visit: Visit) async throws -> WebResponse {
        try await visit.change { change in
            let pair = try find(visit, change.conn)
            guard pair.isLive, pair.state != .open else { throw Refusal("cleanUp.desk.refused.changed") }
            try PairDecision(change).decide(pair, .open)
            return .init(DeskAddresses.pair(pair), say: Phrase("cleanUp.desk.said.open"))
        }
    }
}
