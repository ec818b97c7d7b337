import Foundation
import Primitives
import TestSupport

/// A legacy export with every fault that real ones have, the same for a seed on every machine, and what must become of it.
struct DirtyExport {
    private(set) var files: [String: [UInt8]] = [:]
    var truth = DirtyTruth()
    var dice: Chance
    /// What later files name.
    var placeholders: [String] = []
    var caseOrder: [String] = []
    var refusedCases: [String] = []
    var hasHuge = false

    static let contactColumns = [
        "contact_id", "kind", "company_name", "first_name", "middle_name", "last_name", "title", "email", "other_email",
        "business_phone", "home_phone", "mobile_phone", "address", "unit", "city", "state", "zip", "parent_contact_id", "active",
        "created_on",
    ]

    init(contacts: Int, seed: UInt64 = 7) {
        dice = Chance(seed: seed)
        makeContacts(contacts)
        makeUsers()
        makeCases(contacts)
        makeParts()
        makeInvoices()
        makeInspections()
    }

    /// Writes the six files into a folder.
    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
    }

    mutating func begin(_ file: String, _ columns: [String], byteOrderMark: Bool = false) {
        files[file] = (byteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + Array((columns.joined(separator: ",") + "\r\n").utf8)
    }

    /// Adds a row; every other one ends as on Unix.
    mutating func add(
        _ file: String, _ columns: [String], _ row: [String: String], _ fate: DirtyTruth.Fate = .imported,
        repaired: [String] = [], fault: String? = nil
    ) {
        let line = columns.map { DirtyExport.quoted(row[$0] ?? "") }.joined(separator: ",")
        addRaw(file, Array(line.utf8) + (dice.happens(50) ? [13, 10] : [10]), fate, repaired: repaired, fault: fault)
    }

    mutating func addRaw(
        _ file: String, _ bytes: [UInt8], _ fate: DirtyTruth.Fate, repaired: [String] = [], fault: String? = nil
    ) {
        files[file]? += bytes
        truth.row(file, fate, repaired: repaired, fault: fault)
    }

    static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return field }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
