internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Which of one's collections hold a case: boxes to tick, and a name for one more.
enum CollectCase {
    static let routes: [Route] = [
        .get(FollowingAddresses.collect, .account, show),
        .post(FollowingAddresses.collect, .account, form: CollectionForms.boxes, invalid: show, save),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let (number, kept) = try await visit.read { conn in
            let seen = try SeenCase.find(number: visit.parameter("number"), visit, conn)
            return (seen.number, try Kept.find(account, seen.record.id, conn))
        }
        let t = visit.t
        let title = t("following.collect.title", ["number": .text(number)])
        return visit.page(title, crumbs: [Crumb(title: number, link: CaseAddresses.show(number))]) {
            visit.submission.summary(t)
            pageHeading(title, lead: t("following.collect.lead"))
            postForm(FollowingAddresses.collect(number), once: visit.once) {
                input(
                    .type("hidden"), .name(CollectionForms.shown.definition.name),
                    .value(kept.collections.map(\.id.description).joined(separator: " ")))
                if !kept.collections.isEmpty {
                    fieldset(.class("field")) {
                        legend { t("following.collections.title") }
                        for shelf in kept.collections { box(shelf, visit) }
                    }
                }
                visit.submission.view(CollectionForms.another, t, marksOptional: false)
                submitButton(t("following.collections.save"))
            }
            p { a(FollowingAddresses.collections()) { t("following.collect.all") } }
        }
    }

    private static func box(_ shelf: Kept.Shelf, _ visit: Visit) -> HTML {
        let name = CollectionForms.box(shelf.id.description)
        let isTicked = visit.request.method == .get ? shelf.holds : visit.request.fields[name] != nil
        return field(FieldModel(id: name, name: name, label: shelf.title, kind: .checkbox, value: isTicked ? "yes" : ""))
    }

    private static func save(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let submission = visit.submission
        let title = try submission[CollectionForms.another]
        let shown = try submission[CollectionForms.shown].split(separator: " ").prefix(CaseCollection.most)
            .compactMap { PublicID(String($0)) }
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), visit, change.conn)
            try change.countFollowing(account)
            let writer = CollectionWriter(change, for: account)
            for id in shown {
                guard let collection = try CaseCollection.find(id, of: account, change.conn), collection.until == nil else {
                    continue
                }
                if visit.request.fields[CollectionForms.box(id.description)] != nil {
                    try writer.add(seen.record.id, to: collection)
                } else {
                    try writer.takeOut(seen.record.id, of: collection)
                }
            }
            if !title.isEmpty {
                guard try !writer.isTaken(title) else {
                    throw submission.refusing(CollectionForms.another, "following.collections.taken")
                }
                try writer.add(seen.record.id, to: writer.make(title))
            }
            return .init(CaseAddresses.show(seen.number), say: Phrase("following.collect.saved"))
        }
    }
}
