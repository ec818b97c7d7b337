internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// One collection: its cases, the way to take one out, another name, its end.
enum CollectionPage {
    /// The parameter that names a case that was just taken out.
    private static let out = "out"

    private struct Model: Sendable {
        let collection: CaseCollection
        let page: CaseCollection.Page
        let number: Int
        /// A case that was just taken out, if it may be seen and put back.
        let last: String?
    }

    static func routes(search: Link) -> [Route] {
        [
            .get(FollowingAddresses.collection, .account) { try await show($0, search: search) },
            .post(
                FollowingAddresses.collection, .account, form: CollectionForms.form,
                invalid: { try await show($0, search: search) }, rename),
            .post(FollowingAddresses.takeOut, .account) { visit in
                try await changeCase(visit) { writer, collection, seen in
                    try writer.takeOut(seen.record.id, of: collection)
                    return .init(FollowingAddresses.collection(collection.id.description).with([(out, seen.number)]))
                }
            },
            .post(FollowingAddresses.putBack, .account) { visit in
                try await changeCase(visit) { writer, collection, seen in
                    try writer.add(seen.record.id, to: collection)
                    return .init(FollowingAddresses.collection(collection.id.description))
                }
            },
        ]
    }

    private static func changeCase(
        _ visit: Visit, _ what: @escaping @Sendable (CollectionWriter, CaseCollection, SeenCase) throws -> Visit.Outcome
    ) async throws -> WebResponse {
        guard let account = visit.principal.account, let id = PublicID(visit.parameter("id")) else { throw NotFound() }
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), visit, change.conn)
            guard let collection = try CaseCollection.find(id, of: account, change.conn), collection.until == nil else {
                throw NotFound()
            }
            try change.countFollowing(account)
            return try what(CollectionWriter(change, for: account), collection, seen)
        }
    }

    private static func rename(_ visit: Visit) async throws -> WebResponse {
        let title = try visit.submission[CollectionForms.title]
        return try await CollectionsPage.change(visit) { writer, collection in
            guard try !writer.isTaken(title, but: collection) else {
                throw visit.submission.refusing(CollectionForms.title, "following.collections.taken")
            }
            try writer.rename(collection, to: title)
            return .init(
                FollowingAddresses.collection(collection.id.description),
                say: Phrase("following.collections.renamed", ["title": .text(title)]))
        }
    }

    // MARK: The page

    private static func show(_ visit: Visit, search: Link) async throws -> WebResponse {
        let model = try await visit.read { conn in try load(visit, conn) }
        let t = visit.t
        let crumbs = [
            myAccountCrumb(t), Crumb(title: t("following.collections.title"), link: FollowingAddresses.collections()),
        ]
        return visit.page(model.collection.title, crumbs: crumbs) {
            visit.submission.summary(t)
            pageHeading(
                model.collection.title, lead: t("following.collections.count", ["count": .number(model.page.count)]))
            if let last = model.last { undo(last, model, visit) }
            if model.page.cases.isEmpty {
                emptyState(t("following.collections.emptyOne"), action: linkButton(t("following.find"), search))
            } else {
                listRows(model.page.cases.map { row($0, model, visit) }, label: model.collection.title)
                pages(model, t)
            }
            rename(model, visit)
            remove(model, visit)
        }
    }

    private static func load(_ visit: Visit, _ conn: Connection) throws -> Model {
        guard let account = visit.principal.account, let id = PublicID(visit.parameter("id")),
            let collection = try CaseCollection.find(id, of: account, conn), collection.until == nil
        else { throw NotFound() }
        let number = max(1, min(Int(visit.query("page")) ?? 1, 1000))
        let page = try collection.page(number, visit.city, visit.principal, conn)
        let taken = visit.query(out)
        let isSeen =
            try !taken.isEmpty && !page.cases.contains { $0.number == taken }
            && conn.exists(
                """
                SELECT 1 FROM case_record c
                WHERE c.number = \(taken) AND \(visit.city.access.visible("case.view", to: visit.principal, alias: "c", isOne: true))
                """)
        return Model(collection: collection, page: page, number: number, last: isSeen ? taken : nil)
    }

    private static func row(_ summary: CaseSummary, _ model: Model, _ visit: Visit) -> ListRow {
        let t = visit.t
        return caseRow(
            summary, t,
            action: postForm(
                FollowingAddresses.takeOut(model.collection.id.description, summary.number),
                once: "\(visit.once)\(summary.number)"
            ) {
                submitButton(
                    t("following.collections.takeOut"), quiet: true,
                    accessibleName: t("following.collections.takeOutNamed", ["number": .text(summary.number)]))
            })
    }

    private static func undo(_ number: String, _ model: Model, _ visit: Visit) -> HTML {
        group {
            notice(
                Notice(
                    kind: .success, title: visit.t("following.collections.takenOut", ["number": .text(number)])))
            postForm(FollowingAddresses.putBack(model.collection.id.description, number), once: "\(visit.once)u") {
                submitButton(visit.t("following.collections.restore"), quiet: true)
            }
        }
    }

    private static func rename(_ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        let answers =
            visit.submission.isValid
            ? CollectionForms.form.blank([CollectionForms.title.definition.name: model.collection.title]) : visit.submission
        return details(.open(!visit.submission.isValid)) {
            summary { t("following.collections.rename") }
            postForm(FollowingAddresses.collection(model.collection.id.description), once: visit.once) {
                answers.view(CollectionForms.title, t)
                submitButton(t("following.collections.save"), quiet: true)
            }
        }
    }

    private static func remove(_ model: Model, _ visit: Visit) -> HTML {
        postForm(FollowingAddresses.removeCollection(model.collection.id.description), once: "\(visit.once)r") {
            submitButton(visit.t("following.collections.removeThis"), quiet: true, danger: true)
        }
    }

    private static func pages(_ model: Model, _ t: Voice) -> HTML {
        let (size, count) = (CaseCollection.perPage, model.page.count)
        guard count > size else { return .empty }
        func link(_ page: Int) -> Link {
            FollowingAddresses.collection(model.collection.id.description)
                .with([("page", page == 1 ? nil : String(page))])
        }
        let first = (model.number - 1) * size + 1
        let last = min(model.number * size, count)
        return pagination(
            Pagination(
                label: t("following.pages.label"),
                previous: model.number > 1
                    ? NavigationItem(title: t("following.pages.previous"), link: link(model.number - 1)) : nil,
                next: last < count ? NavigationItem(title: t("following.pages.next"), link: link(model.number + 1)) : nil,
                position: t(
                    "following.pages.position", ["first": .number(first), "last": .number(last), "total": .number(count)])))
    }
}
