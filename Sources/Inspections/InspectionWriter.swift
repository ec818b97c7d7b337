internal import Cases
public import Core
internal import Database
public import Primitives

/// An inspection before it is stored.
public struct NewInspection: Sendable {
    public let number: String
    public let caseID: CaseID
    public let type: String
    public let state: Inspection.State
    public let result: Inspection.Result?
    public let requestedFor: CivilDate?
    public let scheduledFor: CivilDate?
    public let completedOn: CivilDate?
    public let inspector: String

    public init(
        number: String, caseID: CaseID, type: String, state: Inspection.State, result: Inspection.Result?,
        requestedFor: CivilDate?, scheduledFor: CivilDate?, completedOn: CivilDate?, inspector: String
    ) {
        self.number = number
        self.caseID = caseID
        self.type = type
        self.state = state
        self.result = result
        self.requestedFor = requestedFor
        self.scheduledFor = scheduledFor
        self.completedOn = completedOn
        self.inspector = inspector
    }

    var arguments: [String: JSON] {
        [
            "number": .string(number), "type": .string(type), "state": .string(state.rawValue),
            "result": .string(result?.rawValue ?? ""),
        ]
    }
}

/// Records inspections. Whether a case needs attention because one failed is kept in the same transaction.
public struct InspectionWriter {
    private let change: Change
    public init(_ change: Change) { self.change = change }

    /// The key in `case_attention`.
    static let failed = "inspection-failed"

    /// Records many at once.
    @discardableResult
    public func create(all new: [NewInspection]) throws -> [InspectionID] {
        let keys = try change.conn.newKeys(new.count, of: "inspection")
        try change.conn.load(
            table: "inspection",
            columns: [
                "id", "number", "case_id", "type", "state", "result", "requested_for", "scheduled_for", "completed_on",
                "inspector", "created_at",
            ],
            rows: zip(keys, new).lazy.map { key, one in
                [
                    .integer(key), .text(one.number), one.caseID.sqlValue, .text(one.type), one.state.sqlValue,
                    one.result.sqlValue, one.requestedFor.sqlValue, one.scheduledFor.sqlValue, one.completedOn.sqlValue,
                    .text(one.inspector), change.now.sqlValue,
                ]
            })
        try change.record(
            all: new.map { one in
                TimedFact(
                    NewFact(.inspectionRecorded, about: .case(one.caseID), one.arguments),
                    at: one.completedOn.map { change.city.cityClock.start(of: $0) })
            })
        try keepAttention(of: Set(new.filter { $0.result == .fail }.map(\.caseID)).sorted())
        return keys.map { InspectionID($0) }
    }

    public func correct(_ id: InspectionID, to new: NewInspection) throws {
        let before = try state(id)
        let earlier: CaseID? = try change.conn.value("SELECT case_id FROM inspection WHERE id = \(id)")
        try change.conn.run(
            """
            UPDATE inspection
            SET number = \(new.number), case_id = \(new.caseID), type = \(new.type), state = \(new.state),
                result = \(new.result), requested_for = \(new.requestedFor), scheduled_for = \(new.scheduledFor),
                completed_on = \(new.completedOn), inspector = \(new.inspector)
            WHERE id = \(id)
            """)
        let after = try state(id)
        guard before != after else { return }
        try change.record(
            NewFact(
                .inspectionCorrected, about: .case(new.caseID), new.arguments, before: .object(before), after: .object(after)))
        try keepAttention(of: Set([earlier, new.caseID].compactMap(\.self)).sorted())
    }

    private func state(_ id: InspectionID) throws -> [String: JSON] {
        let row = try change.conn.row(
            """
            SELECT number, case_id, type, state, result, requested_for, scheduled_for, completed_on, inspector
            FROM inspection WHERE id = \(id)
            """)
        var state: [String: JSON] = [:]
        for (name, value) in row?.all ?? [] {
            switch value {
            case .integer(let number): state[name] = .integer(number)
            case .text(let text): state[name] = .string(text)
            default: state[name] = .null
            }
        }
        return state
    }

    /// A case is put in front of people while the last word on some type of inspection is that it failed (D4).
    private func keepAttention(of ids: [CaseID]) throws {
        for id in ids {
            let hasFailed = try change.conn.exists(
                """
                SELECT 1 FROM inspection i
                WHERE i.case_id = \(id) AND i.result = 'fail' AND NOT EXISTS (
                    SELECT 1 FROM inspection n
                    WHERE n.case_id = i.case_id AND n.type = i.type AND n.result IN ('pass', 'partial')
                        AND (COALESCE(n.completed_on, ''), n.id) > (COALESCE(i.completed_on, ''), i.id))
                LIMIT 1
                """)
            try CaseWriter(change).setAttention(InspectionWriter.failed, hasFailed, of: id)
        }
    }
}
