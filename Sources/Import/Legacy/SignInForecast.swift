internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Who of the older portal's people finds everything at the first sign-in, and who needs help (A5, K6): the decision of C1 itself,
/// asked beforehand for every email. Works from the files and the database together, so that a rehearsal knows it too.
struct SignInForecast {
    let engine: RowEngine

    /// A contact of the files that has the email, as the import leaves it.
    private struct Filed: Sendable {
        let legacyID: String
        let kind: Contact.Kind
        let hasParent: Bool
    }

    private struct Question: Sendable {
        let user: LegacyPortalUser
        let filed: [Filed]
        let isShared: Bool
        /// What to say when nobody has the email.
        let nobody: String
    }

    /// - Returns: how many emails are connected at once, and the others with the reason, in the order of the file.
    func of(_ state: LegacyState) async throws -> (can: Int, cannot: [CannotSignIn]) {
        let questions = questions(state)
        let files = state.contacts.accepted.mapValues { Set($0.isActive ? $0.emails : []) }
        var can = 0
        var cannot = state.refusedEmails
        var rest = questions[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(200))
            rest = rest.dropFirst(200)
            let answers: [String?] = try await engine.city.db.read { conn in try batch.map { try reason($0, files, conn) } }
            for (question, reason) in zip(batch, answers) {
                if let reason { cannot.append(.init(email: question.user.typed, reason: reason)) } else { can += 1 }
            }
        }
        return (can, cannot)
    }

    private func questions(_ state: LegacyState) -> [Question] {
        let contacts = state.contacts
        var filed: [FoldedEmail: [Filed]] = [:]
        var inactive: Set<FoldedEmail> = []
        let wanted = Set(state.portalUsers.map(\.email))
        for (id, contact) in contacts.accepted.sorted(by: { $0.value.row < $1.value.row }) {
            for email in contact.emails where wanted.contains(email) {
                guard contact.isActive else { inactive.insert(email); continue }
                let hasParent = contacts.accepted[contact.parent] != nil && !contacts.comesBackToItself(id)
                filed[email, default: []].append(Filed(legacyID: id, kind: contact.kind, hasParent: hasParent))
            }
        }
        var seen: Set<FoldedEmail> = []
        return state.portalUsers.filter { seen.insert($0.email).inserted }.map { user in
            Question(
                user: user, filed: filed[user.email] ?? [],
                isShared: filed[user.email] != nil && contacts.mailboxes.isShared(user.email),
                nobody: nobody(user, state, isInactive: inactive.contains(user.email)))
        }
    }

    private func nobody(_ user: LegacyPortalUser, _ state: LegacyState, isInactive: Bool) -> String {
        if isInactive {
            return "The contact with this email is not active any more. If that is wrong, make it active and import again."
        }
        if let row = state.common.contacts.refused[user.contact] {
            return "The contact \(user.contact) of this user was refused in row \(row) of contacts.csv. Correct that row."
        }
        if state.contacts.accepted[user.contact] != nil {
            return "The contact \(user.contact) of this user does not have this email on file. Ask the person, then add it there."
        }
        return "No contact has this email. The person can prove a case by evidence or ask the help desk."
    }

    /// nil when C1 would connect the email at once.
    private func reason(_ question: Question, _ files: [String: Set<FoldedEmail>], _ conn: Connection) throws -> String? {
        let email = question.user.email
        let account: AccountID? = try conn.value("SELECT account_id FROM account_email WHERE folded = \(email) AND until IS NULL")
        var candidates: [ContactID: ClaimCandidate] = [:]
        var order: [ContactID] = []
        func add(_ id: ContactID, _ kind: Contact.Kind, hasParent: Bool, isStored: Bool) throws {
            let survivor = isStored ? try Contact.survivor(of: id, conn) : id
            guard candidates[survivor] == nil else { return }
            var candidate = ClaimCandidate(survivor, kind, isPrimary: kind == .company && !hasParent)
            if isStored { try ask(&candidate, account, conn) }
            candidates[survivor] = candidate
            order.append(survivor)
        }
        for filed in question.filed {
            let stored: ContactID? = try conn.value("SELECT id FROM contact WHERE legacy_id = \(filed.legacyID)")
            try add(
                stored ?? ContactID(Int64(-1 - order.count)), filed.kind, hasParent: filed.hasParent, isStored: stored != nil)
        }
        for contact in try Contact.all(email: email, conn) {
            let row = try conn.row("SELECT legacy_id, parent_id FROM contact WHERE id = \(contact.id)")
            let legacy: String? = try row?["legacy_id"] ?? nil
            // What the files say of their own contacts counts, also in a rehearsal.
            if let legacy, let emails = files[legacy], !emails.contains(email) { continue }
            let parent: ContactID? = try row?["parent_id"] ?? nil
            try add(contact.id, contact.kind, hasParent: parent != nil, isStored: true)
        }
        let isShared =
            try question.isShared
            || conn.exists(
                "SELECT 1 FROM contact_email WHERE folded = \(email) AND shared_mailbox = 1 AND until IS NULL LIMIT 1")
        let decision = ClaimDecision.decide(order.compactMap { candidates[$0] }, isShared: isShared)
        switch decision.outcome {
        case .linkPerson, .firstOwner, .alreadyYours: return nil
        case .nothing: return question.nobody
        case .joinRequest: return "The company with this email has an owner here already, who will be asked."
        case .undecided: return SignInForecast.sentence(decision.reason ?? .severalContacts, candidates.count)
        }
    }

    private func ask(_ candidate: inout ClaimCandidate, _ account: AccountID?, _ conn: Connection) throws {
        let cluster: SQL = "(SELECT contact_id FROM contact_cluster WHERE survivor_id = \(candidate.contact))"
        candidate.hasOwner = try conn.exists(
            "SELECT 1 FROM membership WHERE organization_id IN \(cluster) AND role = 'owner' AND until IS NULL LIMIT 1")
        for row in try conn.rows("SELECT account_id FROM contact_link WHERE contact_id IN \(cluster) AND until IS NULL") {
            let who: AccountID = try row["account_id"]
            if who == account { candidate.isMine = true } else { candidate.isTaken = true }
        }
        guard let account else { return }
        let isMember = try conn.exists(
            "SELECT 1 FROM membership WHERE organization_id IN \(cluster) AND account_id = \(account) AND until IS NULL LIMIT 1")
        if isMember { candidate.isMine = true }
    }

    private static func sentence(_ reason: UndecidedReason, _ count: Int) -> String {
        switch reason {
        case .severalContacts: "\(count) contacts have this email. A steward must say which of them is meant."
        case .linkedToAnother: "The contact with this email belongs to another account already. A steward must look at it."
        case .sharedMailbox: "Several people read this mailbox, so it proves nobody. A steward must link the person."
        case .endedBefore: "This account was taken off the contact before. A steward must look at it."
        case .takenBack, .onTheCase: "The contact was shown by paper. A steward must look at it."
        }
    }
}
