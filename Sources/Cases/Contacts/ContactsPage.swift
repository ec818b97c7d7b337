internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Who is on a case, and how somebody is added (B5).
enum ContactsPage {
    struct Model: Sendable {
        let parties: [Party]
        /// Everybody sees a contractor's name and trade; rights and days are for who may see the contacts.
        let showsRights: Bool
        /// Whether this visitor may add and take off.
        let mayAct: Bool
        let obstacles: [Obstacle]
        /// What "Add contact as" offers here, in the pack's order.
        let types: [ContactType]
        let chosen: ContactType?
        let search: Submission
        var found: ContactSearch.Result?
        /// What this visitor can give to somebody they invite.
        var own: Rights = []
        let favorites: [Favorites.Favorite]
        /// The people of organizations that this visitor looks after.
        let ownPeople: [OwnPeople]
        /// Whom this visitor can put back.
        let removals: [Removal]
    }

    static func routes(guide: Link) -> [Route] {
        let show: Route.Handler = { try await ContactsPage.show($0, guide: guide) }
        return [
            .get(CaseAddresses.contacts, .anyone, form: ContactForms.Search.form, show),
            .post(
                CaseAddresses.addContact, .account, form: ContactForms.Add.form, invalid: show, AddContact.byName),
            .post(CaseAddresses.addEmail, .account, form: ContactForms.AddEmail.form, invalid: show, AddContact.byEmail).even,
            .post(CaseAddresses.invite, .account, form: ContactForms.Invite.form, invalid: show, InviteContact.invite).even,
            .post(CaseAddresses.sendAgain, .account, form: ContactForms.Remove.form, invalid: show, InviteContact.sendAgain),
            .post(CaseAddresses.acceptHere, .account, form: ContactForms.Remove.form, invalid: show, InviteContact.accept),
            .post(CaseAddresses.removeContact, .account, form: ContactForms.Remove.form, invalid: show, RemoveContact.remove),
            .post(CaseAddresses.putBack, .account, form: ContactForms.PutBack.form, invalid: show, PutBackContact.putBack),
            .post(CaseAddresses.showMyName, .account, form: ContactForms.Remove.form, RemoveContact.showName),
            .post(CaseAddresses.favorite, .account, form: ContactForms.Favorite.form, StarContact.star),
        ]
    }

    static func show(_ visit: Visit, guide: Link) async throws -> WebResponse {
        let search = visit.request.method == .get ? visit.submission : ContactForms.Search.form.blank()
        let text = tidied(search.values["q"] ?? "")
        // Whoever searches has had a session: they sign in, and find what they typed.
        if visit.principal == .guest, !text.isEmpty {
            return .redirect(SignInAddresses.portal().with([("return", visit.request.address)]))
        }
        let (head, first): (CasePage.Head, Model) = try await visit.read { conn in
            let head = try CasePage.head(visit, conn)
            return (head, try load(head.seen, visit, search, conn))
        }
        if let elsewhere = CasePage.canonical(visit, head.seen, CaseAddresses.contacts) { return elsewhere }
        await head.seen.note(in: visit)
        var model = first
        if model.mayAct, model.obstacles.isEmpty, search.values["q"] != nil, search.isValid {
            let found = try await look(for: text, as: model.chosen, search, visit)
            if found.isEmail { model.own = try await visit.read { conn in try InviteContact.ownRights(head.seen, conn) } }
            model.found = found
        }
        let view = ContactsView(number: head.seen.number, model: model, pack: head.seen.pack, visit: visit, guide: guide)
        // Not inside the closure: the release build of Swift 6.3.1 stops with an ownership error there.
        let content = view.content
        return CasePage.frame(visit, head, current: "cases.tab.contacts", above: view.undo) { content }
    }

    private static func load(
        _ seen: SeenCase, _ visit: Visit, _ search: Submission, _ conn: Connection
    ) throws -> Model {
        let mayAct = try seen.may("case.act", conn)
        let types = mayAct ? (seen.type?.contactTypes ?? []).compactMap { seen.pack.contactType($0) } : []
        let obstacles = mayAct ? try visit.city.obstacles(to: AddContact.action, seen, conn) : []
        let removedSince = visit.city.cityClock.now - Removals.lifetime
        let people = try Parties.forTab(of: seen, mayAct: mayAct, at: visit.now, removedSince: removedSince, conn)
        return Model(
            parties: people.parties, showsRights: seen.shows("contacts"), mayAct: mayAct, obstacles: obstacles, types: types,
            chosen: types.first { $0.key == search.values["as"] }, search: search,
            favorites: people.favorites,
            ownPeople: people.ownPeople,
            removals: obstacles.isEmpty ? people.removals : [])
    }

    /// - Throws: `InvalidForm` that says at its field what to choose or to type.
    private static func look(
        for text: String, as type: ContactType?, _ search: Submission, _ visit: Visit
    ) async throws -> ContactSearch.Result {
        var refused: InvalidForm?
        if type == nil { refused = search.refusing(ContactForms.Search.type, "cases.contacts.chooseType") }
        if text.isEmpty {
            refused = (refused?.submission ?? search).refusing(ContactForms.Search.text, "cases.contacts.nothingTyped")
        }
        if let refused { throw refused }
        let isAllowed = try await visit.write { change in
            try change.allows(.peopleSearch, change.principal.actor)
        }
        guard isAllowed else { throw Refusal.tooMany }
        let found = try await visit.read { conn in try ContactSearch.search(text, conn) }
        switch found {
        case .tooShort: throw search.refusing(ContactForms.Search.text, "cases.contacts.tooShort")
        case .wildcard: throw search.refusing(ContactForms.Search.text, "cases.contacts.wildcard")
        case .found, .email: return found
        }
    }
}
