internal import CityPack
public import Core
internal import Database
internal import Places
public import Primitives

extension CaseWriter {
    /// Makes many cases at once, exactly as `create` would one after the other.
    public func create(all new: [NewCase]) throws -> [CaseID] {
        let kinds = try new.map { one -> (type: CaseType, status: Status) in
            guard let type = pack.caseType(one.type), let status = pack.status(one.status) else {
                throw Refusal("cases.problem.unknownType", ["type": .text(one.type), "status": .text(one.status)])
            }
            return (type, status)
        }
        try CaseNumbers.raise(toInclude: new.map(\.number), change.conn)
        let keys = try change.conn.newKeys(new.count, of: "case_record")
        try change.conn.load(
            table: "case_record", columns: CaseWriter.columns,
            rows: zip(keys, zip(new, kinds)).lazy.map { key, one in values(key, one.0, one.1.type, one.1.status) })
        let ids = keys.map { CaseID($0) }
        try locate(Array(zip(ids, new)))
        try change.conn.load(
            table: "case_attention", columns: ["case_id", "reason", "since"],
            rows: zip(keys, kinds).filter { $1.status.bucket == .attention }.map {
                [.integer($0.0), .text(CaseWriter.statusReason), change.now.sqlValue]
            })
        try change.record(
            all: zip(ids, new).map { id, one in
                TimedFact(
                    NewFact(.caseCreated, about: .case(id), ["number": .string(one.number), "type": .string(one.type)]),
                    at: one.applied.map { change.city.cityClock.start(of: $0) })
            }, areFirst: true)
        return ids
    }

    private static let columns = [
        "id", "public_id", "number", "module", "type", "work_class", "status", "bucket", "pack_hash", "description", "project",
        "valuation_cents", "applied", "issued", "expires", "finalized", "active_on", "parent_id", "confidential", "submitted",
        "contractor_state", "created_at",
    ]

    private func values(_ key: Int64, _ new: NewCase, _ type: CaseType, _ status: Status) -> [SQLValue] {
        let bucket: Bucket = new.isSubmitted ? status.bucket : .draft
        return [
            .integer(key), change.publicID().sqlValue, .text(new.number), .text(type.module.rawValue), .text(type.key),
            .text(new.workClass), .text(status.key), .text(bucket.rawValue), .text(pack.hash), .text(new.description),
            .text(new.project), new.valuation.sqlValue, new.applied.sqlValue, new.issued.sqlValue, new.expires.sqlValue,
            new.finalized.sqlValue, (new.activeOn ?? change.today).sqlValue, new.parent.sqlValue, new.isConfidential.sqlValue,
            new.isSubmitted.sqlValue, .text(new.contractorState?.rawValue ?? ""), change.now.sqlValue,
        ]
    }

    private func locate(_ new: [(id: CaseID, new: NewCase)]) throws {
        let located = new.compactMap { id, one in
            one.place.flatMap { $0.street.isEmpty && one.parcel.isEmpty ? nil : (id: id, place: $0, parcel: one.parcel) }
        }
        let addresses = try PlaceRegister.addresses(located.map(\.place), change.conn)
        let parcels = try PlaceRegister.parcels(located.map(\.parcel), change.conn)
        try change.conn.load(
            table: "case_location", columns: ["case_id", "typed", "address_id", "parcel_id", "confidence", "is_primary"],
            rows: located.lazy.map { one in
                [
                    one.id.sqlValue, .text(one.place.line), addresses[one.place.folded].sqlValue, parcels[one.parcel].sqlValue,
                    .text("typed"), .integer(1),
                ]
            })
    }
}
