internal import Contacts
public import Core
public import Database
public import Primitives

/// What a file about cases names: cases and contacts of the files before, or of the database.
public enum ImportReferences {
    /// Why rows that name these cases cannot be taken, by number; nothing for those that are there.
    public static func missing(cases numbers: [String], _ state: ImportState, _ conn: Connection) throws -> [String: String] {
        let open = Set(numbers.filter { !state.cases.accepted.contains($0) })
        guard !open.isEmpty else { return [:] }
        let known = Set(
            try conn.rows("SELECT number FROM case_record WHERE number IN \(list: open.sorted())").map {
                try $0["number"] as String
            })
        return Dictionary(uniqueKeysWithValues: open.subtracting(known).map { ($0, reason(case: $0, state)) })
    }

    private static func reason(case number: String, _ state: ImportState) -> String {
        if let row = state.cases.refused[number] {
            return "The case \(number) was refused in row \(row) of cases.csv. Correct that row and import again."
        }
        return "There is no case \(number) in cases.csv. Add it, or correct the number, and import again."
    }

    /// The same for contacts, by `contact_id`.
    public static func missing(contacts ids: [String], _ state: ImportState, _ conn: Connection) throws -> [String: String] {
        let open = Set(ids.filter { !state.contacts.accepted.contains($0) })
        guard !open.isEmpty else { return [:] }
        let known = Set(
            try conn.rows("SELECT legacy_id FROM contact WHERE legacy_id IN \(list: open.sorted())").map {
                try $0["legacy_id"] as String
            })
        return Dictionary(uniqueKeysWithValues: open.subtracting(known).map { ($0, reason(contact: $0, state)) })
    }

    private static func reason(contact id: String, _ state: ImportState) -> String {
        if let row = state.contacts.refused[id] {
            return "The contact \(id) was refused in row \(row) of contacts.csv. Correct that row and import again."
        }
        return "There is no contact \(id) in contacts.csv. Add it and import again."
    }

    /// The keys of cases by number.
    public static func cases(_ numbers: [String], _ conn: Connection) throws -> [String: CaseID] {
        var found: [String: CaseID] = [:]
        for row in try conn.rows("SELECT number, id FROM case_record WHERE number IN \(list: Set(numbers).sorted())") {
            found[try row["number"]] = try row["id"]
        }
        return found
    }

    /// The keys of contacts by their number in the older system.
    public static func contacts(_ ids: [String], _ conn: Connection) throws -> [String: ContactID] {
        var found: [String: ContactID] = [:]
        for row in try conn.rows("SELECT legacy_id, id FROM contact WHERE legacy_id IN \(list: Set(ids).sorted())") {
            found[try row["legacy_id"]] = try row["id"]
        }
        return found
    }
}
