public import Core
internal import Database
public import Primitives

/// For whom somebody acts in this session, when they belong to several organizations or do something for themselves.
public enum ActingFor {
    /// What the session keeps of somebody who acts for nobody else.
    static let nobody: Int64 = 0

    /// - Parameter organization: one that the account belongs to, which the caller has asked; nil for nobody else.
    public static func choose(_ organization: ContactID?, on visit: Visit, _ change: Change) throws {
        guard let session = visit.identity.sessionHash else { return }
        try change.conn.run(
            """
            UPDATE session SET acting_for = \(organization?.value ?? nobody) WHERE token_hash = \(session) AND ended_at IS NULL
            """)
    }
}
