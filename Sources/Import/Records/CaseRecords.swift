internal import Cases
internal import CityPack
internal import Core
internal import Database
internal import Places
internal import Primitives

/// Writes imported cases: new ones through `CaseWriter`, changed ones field by field with what changed on record.
enum CaseRecords {
    /// A number that the city uses for a case made otherwise is refused: two cases cannot share one.
    static func problems(_ numbers: [String], _ conn: Connection) throws -> [String?] {
        let taken: [String] = try conn.rows("SELECT number FROM case_record WHERE number IN \(list: numbers)").map {
            try $0["number"]
        }
        let known = Set(taken)
        return numbers.map { number in
            guard known.contains(number) else { return nil }
            return
                "The number \(number) belongs to a case that did not come from this import. Compare the two and correct the row."
        }
    }

    /// Whether a number can stand in an address and be keyed on a phone.
    static func isUsable(_ number: String) -> Bool {
        let bytes = number.utf8
        guard (3...40).contains(bytes.count), let first = bytes.first else { return false }
        return isLetter(first) && bytes.allSatisfy { isLetter($0) || (48...57).contains($0) || "-._".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
    }

    /// - Parameter saysContractor: whether the row itself says who the contractor is. Where another file does, what that one said
    ///   stays.
    static func update(_ new: NewCase, _ id: CaseID, saysContractor: Bool, _ change: Change) throws {
        try CaseWriter(change).setStatus(new.status, of: id)
        let before = try state(id, change.conn)
        let contractor = saysContractor ? new.contractorState?.rawValue ?? "" : before["contractor_state"]?.string ?? ""
        let active = [new.applied, new.issued, new.finalized].compactMap(\.self).max() ?? change.today
        try change.conn.run(
            """
            UPDATE case_record
            SET module = \(change.city.pack.caseType(new.type)?.module.rawValue ?? ""), type = \(new.type),
                work_class = \(new.workClass), description = \(new.description), project = \(new.project),
                valuation_cents = \(new.valuation), applied = \(new.applied), issued = \(new.issued), expires = \(new.expires),
                finalized = \(new.finalized), active_on = \(active),
                contractor_state = \(contractor)
            WHERE id = \(id)
            """)
        try locate(id, new, change.conn)
        let after = try state(id, change.conn)
        let changed = after.filter { before[$0.key] != $0.value }.keys.sorted()
        guard !changed.isEmpty else { return }
        try change.record(
            NewFact(
                .caseCorrected, about: .case(id), ["fields": .array(changed.map(JSON.string))],
                before: .object(before.filter { changed.contains($0.key) }),
                after: .object(after.filter { changed.contains($0.key) })))
    }

    private static func locate(_ id: CaseID, _ new: NewCase, _ conn: Connection) throws {
        guard let place = new.place, !place.street.isEmpty || !new.parcel.isEmpty else { return }
        let address = try PlaceRegister.address(place, conn)
        let parcel = try PlaceRegister.parcel(new.parcel, conn)
        let touched = try conn.run(
            """
            UPDATE case_location SET typed = \(place.line), address_id = \(address), parcel_id = \(parcel)
            WHERE case_id = \(id) AND is_primary = 1
            """)
        guard touched == 0 else { return }
        try conn.run(
            """
            INSERT INTO case_location (case_id, typed, address_id, parcel_id, confidence, is_primary)
            VALUES (\(id), \(place.line), \(address), \(parcel), 'typed', 1)
            """)
    }

    private static func state(_ id: CaseID, _ conn: Connection) throws -> [String: JSON] {
        let row = try conn.row(
            """
            SELECT c.type, c.work_class, c.description, c.project, c.valuation_cents, c.applied, c.issued, c.expires, c.finalized,
                   c.contractor_state, l.typed AS address, p.number AS parcel
            FROM case_record c
            LEFT JOIN case_location l ON l.case_id = c.id AND l.is_primary = 1
            LEFT JOIN parcel p ON p.id = l.parcel_id
            WHERE c.id = \(id)
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

    static func find(_ number: String, _ conn: Connection) throws -> CaseID? {
        try conn.value("SELECT id FROM case_record WHERE number = \(number)")
    }
}
