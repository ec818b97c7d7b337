internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Every browser that is signed in to this account, and the button that ends it (A4).
enum SessionPanel {
    static let routes: [Route] = [
        .get(AccountAddresses.stay, .anyone, stay),
        .post(AccountAddresses.endSession, .account, endOne),
        .post(AccountAddresses.endOtherSessions, .account, endOthers),
    ]

    static func view(_ visit: Visit) async throws -> HTML {
        guard let id = visit.principal.account else { return .empty }
        let now = visit.now
        let sessions = try await visit.read { conn in try Session.open(of: id, at: now, conn) }
        let t = visit.t
        return panel(title: t("accounts.sessions.title")) {
            if sessions.count > 1 {
                p {
                    t("accounts.sessions.lead")
                    " "
                    a(AccountAddresses.changePassword()) { t("accounts.account.password") }
                }
            }
            listRows(sessions.map { row($0, visit) }, label: t("accounts.sessions.title"))
            if sessions.count > 1 {
                postForm(AccountAddresses.endOtherSessions(), once: visit.once) {
                    submitButton(t("accounts.sessions.endOthers"), quiet: true)
                }
            }
        }
    }

    private static func row(_ session: Session, _ visit: Visit) -> ListRow {
        let t = visit.t
        let device = session.device.isEmpty ? t("accounts.sessions.unknownDevice") : session.device
        let since = visit.moment(session.createdAt)
        let isThis = session.hash == visit.identity.sessionHash
        return ListRow(
            title: HTML(device), subtitle: t("accounts.sessions.since", since),
            status: isThis ? tag(t("accounts.sessions.this"), .good) : .empty,
            action: isThis
                ? .empty
                : postForm(AccountAddresses.endSession(session.hash), once: visit.once) {
                    submitButton(
                        t("accounts.sessions.end"), quiet: true,
                        accessibleName: t("accounts.sessions.endNamed", since.merging(["device": .text(device)]) { $1 }))
                })
    }

    /// Being asked for is enough: the session was seen.
    private static func stay(_ visit: Visit) async throws -> WebResponse {
        WebResponse(status: visit.identity.sessionHash == nil ? 401 : 204)
    }

    private static func endOne(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let hash = visit.parameter("session")
        return try await Reauthenticate.first(visit, from: AccountAddresses.account()) {
            try await visit.change { change in
                guard try change.conn.exists("SELECT 1 FROM session WHERE token_hash = \(hash) AND account_id = \(id)") else {
                    throw NotFound()
                }
                try Sessions.end(hash, change)
                try change.record(NewFact(.sessionsEnded, about: .account(id), ["count": .integer(1)]))
                return .init(AccountAddresses.account(), say: Phrase("accounts.sessions.ended", ["count": 1]))
            }
        }
    }

    private static func endOthers(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let kept = visit.identity.sessionHash
        return try await Reauthenticate.first(visit, from: AccountAddresses.account()) {
            try await visit.change { change in
                let count = try Sessions.endAll(of: id, except: kept, change)
                if count > 0 {
                    try change.record(NewFact(.sessionsEnded, about: .account(id), ["count": .integer(Int64(count))]))
                }
                return .init(AccountAddresses.account(), say: Phrase("accounts.sessions.ended", ["count": .number(count)]))
            }
        }
    }
}
