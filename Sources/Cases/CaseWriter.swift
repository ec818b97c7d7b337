public import CityPack
public import Core
public import Places
public import Primitives

/// A case before it is stored.
public struct NewCase: Sendable {
    public var number: String
    public var type: String
    public var workClass = ""
    public var status: String
    public var description = ""
    public var project = ""
    public var valuation: Money?
    public var applied: CivilDate?
    public var issued: CivilDate?
    public var expires: CivilDate?
    public var finalized: CivilDate?
    public var parent: CaseID?
    public var isConfidential = false
    /// False for a draft.
    public var isSubmitted = true
    public var contractorState: ContractorState?
    public var place: PlaceAddress?
    public var parcel = ""

    public init(number: String, type: String, status: String) {
        self.number = number
        self.type = type
        self.status = status
    }

    var activeOn: CivilDate? { [applied, issued, finalized].compactMap(\.self).max() }
}

/// Makes and changes cases. Whatever puts a case in front of somebody (attention, bucket) is kept in the same transaction.
public struct CaseWriter {
    let change: Change
    let pack: CityPack
    public init(_ change: Change) {
        self.change = change
        pack = change.city.pack
    }

    public func create(_ new: NewCase) throws -> CaseID {
        guard let type = pack.caseType(new.type), let status = pack.status(new.status) else {
            throw Refusal("cases.problem.unknownType", ["type": .text(new.type), "status": .text(new.status)])
        }
        let bucket: Bucket = new.isSubmitted ? status.bucket : .draft
        let id = CaseID(
            try change.conn.insert(
                """
                INSERT INTO case_record (public_id, number, module, type, work_class, status, bucket, pack_hash, description, project,
                                         valuation_cents, applied, issued, expires, finalized, active_on, parent_id, confidential,
                                         submitted, contractor_state, created_at)
                VALUES (\(change.publicID()), \(new.number), \(type.module.rawValue), \(type.key), \(new.workClass), \(status.key),
                        \(bucket.rawValue), \(pack.hash), \(new.description), \(new.project), \(new.valuation), \(new.applied),
                        \(new.issued), \(new.expires), \(new.finalized), \(new.activeOn ?? change.today), \(new.parent),
                        \(new.isConfidential), \(new.isSubmitted), \(new.contractorState?.rawValue ?? ""), \(change.now))
                RETURNING id
                """))
        try locate(id, new.place, parcel: new.parcel)
        try keepAttention(of: id, status)
        try CaseNumbers.raise(toInclude: new.number, change.conn)
        try change.record(
            NewFact(.caseCreated, about: .case(id), ["number": .string(new.number), "type": .string(type.key)]),
            at: new.applied.map { change.city.cityClock.start(of: $0) })
        return id
    }

    /// A location keeps what was typed, the matched address and parcel, and how sure we are (`model.md` 6).
    private func locate(_ id: CaseID, _ place: PlaceAddress?, parcel: String) throws {
        guard let place, !place.street.isEmpty || !parcel.isEmpty else { return }
        let address = try PlaceRegister.address(place, change.conn)
        let parcelID = try PlaceRegister.parcel(parcel, change.conn)
        try change.conn.run(
            """
            INSERT INTO case_location (case_id, typed, address_id, parcel_id, confidence, is_primary)
            VALUES (\(id), \(place.line), \(address), \(parcelID), 'typed', 1)
            """)
    }

    public func setStatus(_ key: String, of id: CaseID) throws {
        guard let status = pack.status(key), let row = try change.conn.row("SELECT status FROM case_record WHERE id = \(id)")
        else {
            throw NotFound()
        }
        let before: String = try row["status"]
        guard before != key else { return }
        try change.conn.run(
            """
            UPDATE case_record SET status = \(key), bucket = \(status.bucket.rawValue), active_on = \(change.today)
            WHERE id = \(id)
            """)
        try keepAttention(of: id, status)
        try change.record(NewFact(.statusChanged, about: .case(id), ["from": .string(before), "to": .string(key)]))
    }

    public func setParent(_ parent: CaseID, of id: CaseID) throws {
        try change.conn.run("UPDATE case_record SET parent_id = \(parent) WHERE id = \(id)")
        try change.record(NewFact(.parentLinked, about: .case(id), and: [.case(parent)], ["parent": .integer(parent.value)]))
    }

    private func keepAttention(of id: CaseID, _ status: Status) throws {
        try setAttention(CaseWriter.statusReason, status.bucket == .attention, of: id)
    }

    static let statusReason = "status"

    /// Attention reasons are rows, so that the dashboard is an index read.
    /// - Parameter reason: an `AttentionReason.key` of the feature that knows it.
    public func setAttention(_ reason: String, _ isOn: Bool, of id: CaseID) throws {
        if isOn {
            try change.conn.run(
                """
                INSERT INTO case_attention (case_id, reason, since) VALUES (\(id), \(reason), \(change.now))
                ON CONFLICT DO NOTHING
                """)
        } else {
            try change.conn.run(
                "UPDATE case_attention SET until = \(change.now) WHERE case_id = \(id) AND reason = \(reason) AND until IS NULL")
        }
    }
}
