internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Your collections": each with how many cases it holds, and the way to make one.
enum CollectionsPage {
    static let routes: [Route] = [
        .get(FollowingAddresses.collections, .account, show),
        .post(FollowingAddresses.collections, .account, form: CollectionForms.form, invalid: show, make),
        .post(FollowingAddresses.removeCollection, .account) { visit in
            try await change(visit) { writer, collection in
                try writer.remove(collection)
                return .init(FollowingAddresses.collections().with([(removed, collection.id.description)]))
            }
        },
        .post(FollowingAddresses.restoreCollection, .account) { visit in
            try await change(visit) { writer, collection in
                try writer.restore(collection)
                return .init(FollowingAddresses.collection(collection.id.description))
            }
        },
    ]

    /// The parameter that names one that was just removed, so that it can be put back.
    private static let removed = "removed"

    /// A change to one of this account's collections.
    static func change(
        _ visit: Visit, _ what: @escaping @Sendable (CollectionWriter, CaseCollection) throws -> Visit.Outcome
    ) async throws -> WebResponse {
        guard let account = visit.principal.account, let id = PublicID(visit.parameter("id")) else { throw NotFound() }
        return try await visit.change { change in
            guard let collection = try CaseCollection.find(id, of: account, change.conn) else { throw NotFound() }
            try change.countFollowing(account)
            return try what(CollectionWriter(change, for: account), collection)
        }
    }

    private static func make(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let title = try visit.submission[CollectionForms.title]
        return try await visit.change { change in
            try change.countFollowing(account)
            let writer = CollectionWriter(change, for: account)
            guard try !writer.isTaken(title) else {
                throw visit.submission.refusing(CollectionForms.title, "following.collections.taken")
            }
            let made = try writer.make(title)
            return .init(
                FollowingAddresses.collection(made.id.description),
                say: Phrase("following.collections.made", ["title": .text(title)]))
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let gone = PublicID(visit.query(removed))
        let (all, counts, last) = try await visit.read { conn in
            (
                try CaseCollection.all(of: account, conn),
                try CaseCollection.counts(of: account, visit.city, visit.principal, conn),
                try gone.flatMap { try CaseCollection.find($0, of: account, conn) }
            )
        }
        let t = visit.t
        return visit.page(t("following.collections.title"), crumbs: [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            pageHeading(t("following.collections.title"), lead: t("following.collections.lead"))
            if let last, last.until != nil { undo(last, visit) }
            if all.isEmpty {
                emptyState(t("following.collections.empty"))
            } else {
                listRows(all.map { row($0, counts[$0.key] ?? 0, visit) }, label: t("following.collections.title"))
            }
            h2 { t("following.collections.newTitle") }
            postForm(FollowingAddresses.collections(), once: visit.once) {
                visit.submission.view(CollectionForms.title, t)
                submitButton(t("following.collections.make"))
            }
            p { a(FollowingAddresses.list()) { t("following.list.title") } }
        }
    }

    private static func row(_ collection: CaseCollection, _ count: Int, _ visit: Visit) -> ListRow {
        let t = visit.t
        return ListRow(
            title: a(FollowingAddresses.collection(collection.id.description)) { collection.title },
            subtitle: t("following.collections.count", ["count": .number(count)]),
            action: postForm(
                FollowingAddresses.removeCollection(collection.id.description), once: "\(visit.once)\(collection.id)"
            ) {
                submitButton(
                    t("following.collections.remove"), quiet: true,
                    accessibleName: t("following.collections.removeNamed", ["title": .text(collection.title)]))
            })
    }

    private static func undo(_ collection: CaseCollection, _ visit: Visit) -> HTML {
        group {
            notice(
                Notice(
                    kind: .success, title: visit.t("following.collections.removed", ["title": .text(collection.title)])))
            postForm(FollowingAddresses.restoreCollection(collection.id.description), once: "\(visit.once)u") {
                submitButton(visit.t("following.collections.restore"), quiet: true)
            }
        }
    }
}
