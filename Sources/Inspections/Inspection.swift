public import Core
public import Database
public import Primitives

public enum InspectionSubject: Sendable {}
public typealias InspectionID = ID<InspectionSubject>

/// One look of the city at the work: asked for, planned, done, with what came of it (G1, G5).
public struct Inspection: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable, SQLConvertible { case requested, scheduled, completed, cancelled }

    public enum Result: String, Sendable, CaseIterable, SQLConvertible {
        case pass, partial, fail
        case noAccess = "no-access"
        case cancelled
    }

    public let id: InspectionID
    public let number: String
    public let type: String
    public let state: State
    public let result: Result?
    public let requestedFor: CivilDate?
    public let scheduledFor: CivilDate?
    public let completedOn: CivilDate?
    public let inspector: String

    /// Of a case, the newest first.
    static func all(of id: CaseID, _ conn: Connection) throws -> [Inspection] {
        try conn.rows(
            """
            SELECT id, number, type, state, result, requested_for, scheduled_for, completed_on, inspector FROM inspection
            WHERE case_id = \(id)
            ORDER BY COALESCE(completed_on, scheduled_for, requested_for, '') DESC, id DESC LIMIT 500
            """
        ).map(Inspection.init)
    }

    private init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        number = try row["number"]
        type = try row["type"]
        state = try row["state"]
        result = try row["result"]
        requestedFor = try row["requested_for"]
        scheduledFor = try row["scheduled_for"]
        completedOn = try row["completed_on"]
        inspector = try row["inspector"]
    }
}

extension FactKind {
    /// In the case's chain. Arguments: the same; `before` and `after` hold what changed.
    public static let inspectionCorrected: FactKind = "inspection.corrected"
}
