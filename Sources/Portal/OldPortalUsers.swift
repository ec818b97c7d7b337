internal import Core
internal import Database
internal import Primitives

/// People of the older portal, as the import left them (A5).
enum OldPortalUsers {
    @Sendable static func contains(_ email: FoldedEmail, _ conn: Connection) throws -> Bool {
        try conn.exists("SELECT 1 FROM legacy_portal_user WHERE folded = \(email) LIMIT 1")
    }
}
