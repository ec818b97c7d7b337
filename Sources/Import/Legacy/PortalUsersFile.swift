internal import Core
internal import Database
internal import Primitives

/// A row of portal_users.csv: somebody who could sign in to the older portal. No password comes along (A5).
struct LegacyPortalUser: Sendable {
    let userID: String
    let typed: String
    let email: FoldedEmail
    let contact: String
    let lastSignIn: String
}

let portalUsersFile = LegacyFile(name: "portal_users.csv", order: 20) { engine, path, state in
    try await engine.run(LegacyPortalUser.rows, path: path, state: &state)
}

extension LegacyPortalUser {
    static var rows: RowKind<LegacyState, LegacyPortalUser> {
        RowKind(
            file: "portal_users", required: ["user_id", "email"], columns: ["user_id", "email", "contact_id", "last_sign_in"],
            read: { notes, state in
                let id = notes.text("user_id")
                guard !id.isEmpty else { throw RowRefusal("The row has no user_id. Fill it in and import again.") }
                let typed = notes.email("email")
                guard let email = FoldedEmail(typed) else {
                    let reason =
                        typed.isEmpty
                        ? "The user has no email, so nobody can sign in again." : "“\(typed)” is not an email address."
                    state.refusedEmails.append(.init(email: typed, reason: reason))
                    throw RowRefusal("\(reason) Ask the person for theirs and add it to their contact.")
                }
                let contact = notes.text("contact_id")
                if !contact.isEmpty, state.contacts.accepted[contact] == nil {
                    notes.repair("contact_id", was: contact, "There is no such contact. Signing in goes by the email alone.")
                }
                let user = LegacyPortalUser(
                    userID: id, typed: typed, email: email, contact: contact,
                    lastSignIn: notes.day("last_sign_in", isPast: true)?.description ?? "")
                return Keyed(key: id, label: "user_id \(id)", row: user)
            },
            create: { user, change in
                try change.conn.insert(
                    """
                    INSERT INTO legacy_portal_user (user_id, email, folded, contact_legacy_id, last_sign_in)
                    VALUES (\(user.userID), \(user.typed), \(user.email), \(user.contact), \(user.lastSignIn))
                    RETURNING id
                    """)
            },
            createAll: LegacyPortalUser.create,
            update: { user, _, change in
                try change.conn.run(
                    """
                    UPDATE legacy_portal_user
                    SET email = \(user.typed), folded = \(user.email), contact_legacy_id = \(user.contact), last_sign_in = \(user.lastSignIn)
                    WHERE user_id = \(user.userID)
                    """)
            },
            settled: { keyed, _, _, state in state.portalUsers.append(keyed.row) })
    }

    private static let create: @Sendable ([LegacyPortalUser], Change) throws -> [Int64?] = { users, change in
        let ids = try change.conn.newKeys(users.count, of: "legacy_portal_user")
        try change.conn.load(
            table: "legacy_portal_user",
            columns: ["id", "user_id", "email", "folded", "contact_legacy_id", "last_sign_in"],
            rows: zip(ids, users).map { id, user in
                [
                    .integer(id), .text(user.userID), .text(user.typed), user.email.sqlValue, .text(user.contact),
                    .text(user.lastSignIn),
                ]
            })
        return ids
    }
}
