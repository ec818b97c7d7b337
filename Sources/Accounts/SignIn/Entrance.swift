internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What a right first step leads to: a session, or the second step when the account has one. Every way in goes through here, so that
/// a new password or a link in a mail never gets around the second step.
enum Entrance: Sendable {
    case open(isStaff: Bool)
    case half

    /// So long after the first step the second one may take.
    static let lifetime = Span.minutes(10)
    static let cookieName = "step"

    /// How somebody showed who they are, as the session keeps it.
    enum Method: String, Sendable {
        case password, link, reset, passkey
        case passwordAndApp = "password+app"
        case passwordAndRecovery = "password+recovery"
        /// By the city's sign-in service, which says that it asked for more than a password, or does not say so.
        case directoryAndMore = "directory+"
        case directory

        /// Whether somebody showed that they have the account's second step.
        var hasSecondStep: Bool {
            switch self {
            case .passkey, .passwordAndApp, .passwordAndRecovery: true
            case .password, .link, .reset, .directory, .directoryAndMore: false
            }
        }

        /// Whether staff who came in this way have to add a second step first. The link that whoever runs the portal hands over is the
        /// first way in of an account that has no other yet.
        var isOneStep: Bool { !isWhole && self != .link }

        /// Whether nothing more is asked for: two steps were shown, here or at the city's sign-in service.
        var isWhole: Bool { hasSecondStep || self == .directoryAndMore }
    }

    /// - Parameters:
    ///   - token: becomes the session's, or stands for the half-done sign-in.
    ///   - wanted: where the person was on the way to.
    static func admit(
        _ account: AccountID, by method: Method, _ token: SecretToken, wanted: Link?, on visit: Visit, _ change: Change
    ) throws -> Entrance {
        guard try !method.isWhole && Factors.of(account, change.conn).needsSecondStep else {
            return .open(isStaff: try Sessions.begin(account, token, by: method, on: visit, change))
        }
        try change.conn.run(
            """
            INSERT INTO sign_in_step (token_hash, account_id, method, wanted, expires_at)
            VALUES (\(token.hash), \(account), \(method.rawValue), \(wanted?.description ?? ""), \(change.now + lifetime))
            """)
        return .half
    }

    /// The place to go to.
    func destination(_ accounts: AccountsFeature) -> Link {
        switch self {
        case .open(let isStaff): accounts.home(isStaff: isStaff)
        case .half: AccountAddresses.secondStep()
        }
    }

    /// Gives the browser its token: for a session, or for the second step when that is where it is sent.
    static func handing(_ token: SecretToken, to response: WebResponse, on visit: Visit) -> WebResponse {
        guard response.header("location") == AccountAddresses.secondStep().description else {
            return response.setting(Sessions.cookie(token)).setting(KnownBrowser.cookie(visit, token))
                .setting(.removing(cookieName))
        }
        return response.setting(Cookie(cookieName, token.text, maxAge: Int(lifetime.seconds)))
    }
}

/// A sign-in whose first step was right.
struct HalfSignIn: Sendable {
    let token: SecretToken
    let account: AccountID
    let wanted: Link?
    let method: Entrance.Method

    /// nil when this browser has none, or not any more.
    static func of(_ visit: Visit, _ conn: Connection) throws -> HalfSignIn? {
        guard let token = visit.request.cookies[Entrance.cookieName].flatMap(SecretToken.init(presented:)),
            let row = try conn.row(
                """
                SELECT account_id, method, wanted FROM sign_in_step
                WHERE token_hash = \(token.hash) AND used_at IS NULL AND expires_at > \(visit.now)
                """)
        else { return nil }
        let wanted: String = try row["wanted"]
        return HalfSignIn(
            token: token, account: try row["account_id"], wanted: Link(local: wanted),
            method: Entrance.Method(rawValue: try row["method"]) ?? .password)
    }

    /// Only one of two presses gets in.
    func use(_ change: Change) throws -> Bool {
        try change.conn.run(
            """
            UPDATE sign_in_step SET used_at = \(change.now)
            WHERE token_hash = \(token.hash) AND used_at IS NULL AND expires_at > \(change.now)
            """) > 0
    }
}
