public import Core
internal import Database
internal import Primitives
public import Web

extension AccountsFeature {
    /// Who a request comes from. A session that ended, idled out or lost its staff roles is a guest's, from the next request on.
    public func identify(_ request: WebRequest, _ city: CityContext) async throws -> Identity {
        guard let text = request.cookies[Sessions.cookieName], let token = SecretToken(presented: text) else { return .guest }
        let now = city.clock.now
        // A language chosen in this browser comes before the one of the account.
        let hasChosen = request.cookies[languageCookieName].flatMap(Language.init(rawValue:)) != nil
        let device = Device.name(request.header("user-agent"))
        let asksSecondStep = city.settings.staffNeedSecondStep
        let found: (identity: Identity?, session: Session)? = try await city.db.read { [actingFor] conn in
            let row = try conn.row(
                """
                SELECT \(Session.columns), a.first_name, a.last_name, a.language, o.organization_id, o.organization_name, s.acting_for,
                    CASE WHEN s.is_staff = 1 THEN (\(AccountsFeature.rolesInOne(of: "s.account_id"))) END AS roles
                FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN (\(actingFor)) o ON o.account_id = a.id
                WHERE s.token_hash = \(token.hash) AND s.ended_at IS NULL AND a.closed_at IS NULL
                ORDER BY CASE WHEN o.organization_id = s.acting_for THEN 0 ELSE 1 END, o.place LIMIT 1
                """)
            guard let row else { return nil }
            let session = try Session(row: row)
            guard session.isLive(at: now) else { return nil }
            let chosen: Int64? = try row["acting_for"]
            let organization: ContactID? =
                session.isStaff || chosen == ActingFor.nobody ? nil : try row["organization_id"]
            let principal: Principal
            var needsSecondStep = false
            if session.isStaff {
                guard session.isIn(device) else { return (nil, session) }
                let roles = AccountsFeature.roles(inOne: try row["roles"])
                guard !roles.isEmpty else { return nil }
                needsSecondStep =
                    try asksSecondStep && session.method.isOneStep && !Factors.of(session.account, conn).needsSecondStep
                principal = .staff(session.account, roles: roles)
            } else {
                principal = .account(session.account, actingFor: organization)
            }
            let firstName: String = try row["first_name"]
            let lastName: String = try row["last_name"]
            let language: Language = try row["language"]
            let organizationName: String? = try row["organization_name"]
            let identity = Identity(
                principal: principal, name: "\(firstName) \(lastName)",
                organization: organization.flatMap { _ in organizationName },
                language: hasChosen ? nil : language, sessionHash: token.hash, sessionLasts: session.lasts(from: now),
                needsSecondStep: needsSecondStep)
            return (identity, session)
        }
        guard let found else { return .guest }
        guard let identity = found.identity else {
            await city.keep(SecurityEvent(.otherBrowser, account: found.session.account), from: request)
            return .guest
        }
        // An open page that keeps itself up to date is nobody at the keyboard.
        let isWatching = request.header("accept") == "text/event-stream" || request.header("x-live") != nil
        if !isWatching, found.session.lastSeenAt + SessionLimits.seenEvery <= now { note(found.session, seenAt: now, city) }
        return identity
    }

    static func roles(of account: AccountID, _ conn: Connection) throws -> Set<StaffRole> {
        roles(inOne: try conn.value(rolesInOne(of: "\(account)")) ?? nil)
    }

    /// The same as a statement of one text.
    private static func rolesInOne(of account: SQL) -> SQL {
        """
        SELECT \(sqlite: "group_concat(r.role, ' ')", postgres: "string_agg(r.role, ' ')") FROM staff_role r
        WHERE r.account_id = \(account) AND r.until IS NULL
        """
    }

    private static func roles(inOne text: String?) -> Set<StaffRole> {
        Set((text ?? "").split(separator: " ").map { StaffRole(rawValue: String($0)) })
    }

    /// Outside the request's path: nobody waits for this write.
    private func note(_ session: Session, seenAt now: Instant, _ city: CityContext) {
        Task {
            do {
                try await city.db.write { conn in
                    try conn.run(
                        """
                        UPDATE session SET last_seen_at = \(now)
                        WHERE token_hash = \(session.hash) AND last_seen_at < \(now)
                        """)
                }
            } catch {
                city.log.warning("last seen was not written", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Holds the language chosen in this browser.
let languageCookieName = "language"
