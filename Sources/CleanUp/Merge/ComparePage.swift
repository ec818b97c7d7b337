internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/contacts/{id}/merge/{other}`: two records side by side, and merging them (B9). What somebody would gain by it is listed and
/// given only where it is ticked.
struct ComparePage: Sendable {
    /// The public id of the contact whose record keeps its address and its name, unless parts of it are chosen from the other.
    static let keep = Field<String>.choice(
        "keep", radios: true, label: "cleanUp.merge.keep", missing: "cleanUp.merge.keepMissing")
    static let evidence = Field<String>.text(
        "evidence", kind: .multiline, label: "cleanUp.merge.evidence", hint: "cleanUp.merge.evidenceHint", maxLength: 1000,
        missing: "cleanUp.merge.evidenceMissing")
    /// What the page showed: nobody merges records that changed meanwhile.
    static let seen = Field<String>.hidden("seen")
    static let form = Form(keep, evidence, seen)

    let desk: Link

    struct Model: Sendable {
        let one: FullContact
        let other: FullContact
        let gains: [MergeGain]
        let counts: [String: Int]

        var isSameKind: Bool { one.kind == other.kind }
        var both: [FullContact] { [one, other] }
        var records: [FullContact.Record] { one.records + other.records }
        func side(of contact: ContactID) -> FullContact { one.record(contact) != nil ? one : other }

        /// Changes with everything that the page shows and that a merge depends on.
        var fingerprint: String {
            let faces = records.map { record in
                ([record.id.description] + FaceField.allCases.map { record.own[$0] }).joined(separator: "\u{1F}")
            }
            let gained = gains.map { "\($0.key)|\($0.contacts)|\($0.way)|\($0.proof?.description ?? "")" }
            return String(sha256((faces + gained).joined(separator: "\n")).prefix(20))
        }
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let model = try await visit.read { conn in try ComparePage.load(visit, conn) }
        guard let model else {
            return visit.redirect(.init(CleanUpAddresses.contact(visit.parameter("id")), say: Phrase("cleanUp.merge.alreadyOne")))
        }
        let t = visit.t
        let crumbs = contactCrumbs(t, desk) + [Crumb(title: model.one.name, link: CleanUpAddresses.contact(model.one.publicID))]
        return visit.page(t("cleanUp.merge.title"), crumbs: crumbs) {
            visit.submission.summary(t)
            CompareView(visit: visit, model: model).content
        }
    }

    /// nil when the two are one already.
    static func load(_ visit: Visit, _ conn: Connection) throws -> Model? {
        let found = try FullContact.find([visit.parameter("id"), visit.parameter("other")], conn)
        guard let one = found.first else { throw NotFound() }
        guard found.count == 2 else {
            guard one.records.contains(where: { $0.publicID == visit.parameter("other") }) else { throw NotFound() }
            return nil
        }
        let gains = try MergeGain.all(between: one.records.map(\.id), and: found[1].records.map(\.id), conn)
        return Model(one: one, other: found[1], gains: gains, counts: try GainedCaseCounts.of(gains, conn))
    }

    static func box(_ gain: MergeGain) -> String { "gain-\(gain.key)" }
    static func choice(_ field: FaceField) -> String { "from-\(field.rawValue)" }

    /// POST
    func merge(_ visit: Visit) async throws -> WebResponse {
        let submission = visit.submission
        let (keep, evidence, seen) = (
            try submission[ComparePage.keep], try submission[ComparePage.evidence], try submission[ComparePage.seen]
        )
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                guard let model = try ComparePage.load(visit, change.conn) else {
                    return .init(CleanUpAddresses.contact(visit.parameter("id")), say: Phrase("cleanUp.merge.alreadyOne"))
                }
                guard model.fingerprint == seen else { throw submission.refusing("cleanUp.merge.changed") }
                guard let kept = model.both.first(where: { $0.publicID == keep }),
                    let other = model.both.first(where: { $0.publicID != keep })
                else { throw submission.refusing(ComparePage.keep, "cleanUp.merge.keepMissing") }
                let writer = ContactWriter(change)
                let edge = try writer.merge(
                    other.survivor, into: kept.survivor, chosen: ComparePage.chosen(visit, model, kept), evidence: evidence)
                let given = model.gains.filter { visit.request.fields[ComparePage.box($0)] != nil }
                for gain in given {
                    let why = gain.proof.map { "proved \($0), which is on the record; " } ?? ""
                    try writer.give(gain, by: edge, evidence: why + evidence)
                }
                let words: [String: WordArgument] = [
                    "name": .text(other.name), "kept": .text(kept.name), "count": .number(given.count),
                ]
                return .init(
                    CleanUpAddresses.contact(kept.publicID),
                    say: given.isEmpty ? Phrase("cleanUp.merge.doneAlone", words) : Phrase("cleanUp.merge.done", words))
            }
        }
    }

    /// The parts of the name that shall come from another record than the one that is kept.
    private static func chosen(_ visit: Visit, _ model: Model, _ kept: FullContact) -> [FaceField: ContactID] {
        var chosen: [FaceField: ContactID] = [:]
        for field in FaceField.of(kept.kind) {
            guard let id = visit.request.fields[choice(field)].flatMap({ Int64($0) }).map({ ContactID($0) }),
                model.records.contains(where: { $0.id == id })
            else { continue }
            // What is shown already need not be chosen again.
            if model.records.first(where: { $0.id == id })?.own[field] != kept.face[field] { chosen[field] = id }
        }
        return chosen
    }
}
