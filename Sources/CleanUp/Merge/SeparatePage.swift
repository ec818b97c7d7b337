internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/contacts/{id}/apart/{edge}`: taking a merge back. What was given by it ends; what happened since waits for a decision.
struct SeparatePage: Sendable {
    private static let why = Field<String>.text(
        "why", kind: .multiline, label: "cleanUp.separate.why", hint: "cleanUp.separate.whyHint", maxLength: 1000,
        missing: "cleanUp.separate.whyMissing")
    static let form = Form(why)

    let desk: Link

    struct Model: Sendable {
        let contact: FullContact
        let edge: IdentityEdge
        let from: FullContact.Record
        let into: FullContact.Record
        /// Who has access by this merge, and has it no more without it.
        let losing: [String]
        /// How much was recorded since about any of the records.
        let since: Int
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let found = try await visit.read { conn in try SeparatePage.load(visit, conn) }
        guard let model = found else { throw NotFound() }
        let t = visit.t
        let names: [String: WordArgument] = ["name": .text(model.from.name), "other": .text(model.into.name)]
        let crumbs =
            contactCrumbs(t, desk) + [Crumb(title: model.contact.name, link: CleanUpAddresses.contact(model.contact.publicID))]
        return visit.page(t("cleanUp.separate.title"), crumbs: crumbs) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.separate.title"), lead: t("cleanUp.separate.lead", names))
            descriptionList([
                Detail(term: t("cleanUp.separate.evidence"), value: HTML(model.edge.evidence)),
                Detail(term: t("cleanUp.separate.on"), value: visit.momentCell(model.edge.since)),
            ])
            h2 { t("cleanUp.separate.happens") }
            ul {
                li { t("cleanUp.separate.faces", names) }
                li {
                    model.losing.isEmpty
                        ? t("cleanUp.separate.nobodyLoses")
                        : t("cleanUp.separate.lose", ["people": .text(model.losing.joined(separator: ", "))])
                }
                li {
                    model.since == 0
                        ? t("cleanUp.separate.nothingSince") : t("cleanUp.separate.since", ["count": .number(model.since)])
                }
            }
            postForm(CleanUpAddresses.separate(visit.parameter("id"), visit.parameter("edge")), once: visit.once) {
                visit.submission.view(SeparatePage.why, t)
                actions {
                    submitButton(t("cleanUp.separate.button"))
                    linkButton(t("cleanUp.separate.not"), CleanUpAddresses.contact(model.contact.publicID), quiet: true)
                }
            }
        }
    }

    private static func load(_ visit: Visit, _ conn: Connection) throws -> Model? {
        guard let contact = try FullContact.find([visit.parameter("id")], conn).first,
            let id = Int64(visit.parameter("edge")), let edge = try IdentityEdge.find(id, conn), edge.until == nil,
            let from = contact.record(edge.from), let into = contact.record(edge.into)
        else { return nil }
        let ending = try MergeGiven.ending(with: edge, conn)
        let losing = contact.holders.filter { holder in
            ending.contains { $0.account == holder.account && $0.contact == holder.record }
        }
        return Model(
            contact: contact, edge: edge, from: from, into: into, losing: Set(losing.map(\.name)).sorted(),
            since: try MergedTime(edge: edge, members: contact.records.map(\.id)).count(conn))
    }

    /// POST
    func separate(_ visit: Visit) async throws -> WebResponse {
        let why = try visit.submission[SeparatePage.why]
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                guard let model = try SeparatePage.load(visit, change.conn) else { throw Refusal("contacts.merge.alreadyApart") }
                try ContactWriter(change).separate(model.edge, why: why)
                let waiting = try SinceMerge.count(of: model.edge.id, change.conn)
                let names: [String: WordArgument] = [
                    "name": .text(model.from.name), "other": .text(model.into.name), "count": .number(waiting),
                ]
                return waiting == 0
                    ? .init(CleanUpAddresses.contact(model.into.publicID), say: Phrase("cleanUp.separate.done", names))
                    : .init(
                        CleanUpAddresses.undone(model.edge.id.description), say: Phrase("cleanUp.separate.doneWaiting", names))
            }
        }
    }
}
