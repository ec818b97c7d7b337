internal import Contacts
public import Core
public import Database
public import Primitives

/// What a file about cases names: cases and contacts of the files before, or of the database.
public enum ImportReferences {
    /// Why rows that name these cases cannot be taken, by number; nothing for those that are there.
    public static func missing(cases numbers: [String], _ state: ImportState, _ conn: Connection) throws -> [String: String] {
        let open = Set(numbers.filter { !state.cases.accepts($0) })
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
        let open = Set(ids.filter { !state.contacts.accepts($0) })
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

    /// The keys of cases by number. Those that this run made are known; the database is asked for others.
    public static func cases(_ numbers: [String], _ state: ImportState, _ conn: Connection) throws -> [String: CaseID] {
        try keys(numbers, state.cases) { others in
            try conn.rows("SELECT number AS name, id FROM case_record WHERE number IN \(list: others)")
        }
    }

    /// The same for contacts, by their number in the older system.
    public static func contacts(_ ids: [String], _ state: ImportState, _ conn: Connection) throws -> [String: ContactID] {
        try keys(ids, state.contacts) { others in
            try conn.rows("SELECT legacy_id AS name, id FROM contact WHERE legacy_id IN \(list: others)")
        }
    }

    private static func keys<Thing>(
        _ names: [String], _ seen: KeysSeen, others: ([String]) throws -> [Row]
    ) throws -> [String: ID<Thing>] {
        var found: [String: ID<Thing>] = [:]
        found.reserveCapacity(names.count)
        var unknown: Set<String> = []
        for name in names where found[name] == nil {
            if let known = seen.record(name) { found[name] = ID(known) } else { unknown.insert(name) }
        }
        guard !unknown.isEmpty else { return found }
        for row in try others(unknown.sorted()) { found[try row["name"]] = try row["id"] }
        return found
    }
}
