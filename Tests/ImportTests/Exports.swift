import Core
import Database
import Foundation
import Import
import Primitives
import TestSupport

/// Files of an export in a folder of their own.
struct Export {
    let folder = NSTemporaryDirectory() + "groundwork-export-" + SecretToken(randomness: .system).text

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Writes a file from rows of fields by column, the way a spreadsheet would.
    func write(_ name: String, columns: [String], _ rows: [[String: String]], byteOrderMark: Bool = false) throws {
        var text = byteOrderMark ? "\u{FEFF}" : ""
        text += columns.joined(separator: ",") + "\r\n"
        for row in rows { text += columns.map { Export.quoted(row[$0] ?? "") }.joined(separator: ",") + "\r\n" }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return field }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}

/// The city's permit export.
enum Permits {
    static let columns = [
        "PermitNum", "MasterPermitNum", "Description", "AppliedDate", "IssuedDate", "CompletedDate", "StatusCurrent",
        "OriginalAddress",
        "OriginalCity", "OriginalState", "OriginalZip", "PIN", "ProjectName", "PermitType", "PermitWorkType", "EstProjectCost",
        "EstPhotovoltaicCost", "EstSolarCost", "NewHousingUnits", "ExistingHousingUnits", "AffordableHousingUnits",
        "RemovedHousingUnits",
        "AddedSqFt", "RemodeledSqFt", "RemovedResSqFt", "RemovedNonResSqFt", "RemovedParkingStructureSqFt", "RemovedDescription",
        "PhotovoltaicKilowatt", "PhotovoltaicElecVehicleOffset", "ElecVehicleChargeStation", "SolarSystemDescription",
        "ContractorCompanyName", "ContractorTrade", "ObjectId",
    ]

    /// An issued electrical permit unless said otherwise.
    static func row(_ number: String, _ changes: [String: String] = [:]) -> [String: String] {
        [
            "PermitNum": number, "Description": "New panel", "AppliedDate": "3/19/2021", "IssuedDate": "3/22/2021",
            "StatusCurrent": "Issued", "OriginalAddress": "2716 COLUMBINE RIDGE AVE", "OriginalCity": "BOULDER",
            "OriginalState": "CO",
            "OriginalZip": "80304", "PIN": "157707012034", "PermitType": "Electrical Permit",
            "PermitWorkType": "Electrical Permit",
            "EstProjectCost": "6200", "ContractorCompanyName": "COPPERLEAF ELECTRIC, LLC",
            "ContractorTrade": "Contractor: Electrical",
            "ObjectId": "1",
        ].merging(changes, uniquingKeysWith: { _, changed in changed })
    }

    static let realFile = TestCity.root + "/../shared/data/boulder_construction_permits.csv"
    static var hasRealFile: Bool { FileManager.default.fileExists(atPath: realFile) }
}

extension TestCity {
    func imports(
        _ format: ImportFormat, _ path: String, rehearse: Bool = false,
        progress: @escaping @Sendable (String) throws -> Void = { _ in }
    ) async throws -> ImportReport {
        try await ImportRunner(city: context).run(format, path: path, rehearse: rehearse, progress: progress)
    }

    /// The permits of these rows, imported.
    func permits(_ rows: [[String: String]], rehearse: Bool = false) async throws -> ImportReport {
        let export = try Export()
        try export.write("permits.csv", columns: Permits.columns, rows, byteOrderMark: true)
        return try await imports(.boulderPermits, export.path("permits.csv"), rehearse: rehearse)
    }

    func count(_ sql: SQL) async throws -> Int { try await read { try $0.value(sql) ?? 0 } }
    func text(_ sql: SQL) async throws -> String? {
        try await read { conn in
            let value: String?? = try conn.value(sql)
            return value ?? nil
        }
    }

    /// Everything an import leaves behind, without keys and times: two cities that hold the same say the same.
    func contents() async throws -> [String] {
        try await read { conn in
            let queries: [SQL] = [
                """
                SELECT c.number, c.type, c.work_class, c.status, c.bucket, c.description, c.valuation_cents, c.applied, c.issued,
                       c.finalized, c.contractor_state, p.number AS parent, l.typed
                FROM case_record c LEFT JOIN case_record p ON p.id = c.parent_id LEFT JOIN case_location l ON l.case_id = c.id
                ORDER BY c.number
                """,
                """
                SELECT c.number, k.company_name, k.first_name, k.last_name, g.contact_type, g.is_primary
                FROM case_grant g JOIN case_record c ON c.id = g.case_id JOIN contact k ON k.id = g.contact_id
                WHERE g.until IS NULL ORDER BY c.number, g.contact_type, k.company_name, k.last_name
                """,
                "SELECT kind, company_name, first_name, last_name, legacy_id FROM contact ORDER BY kind, company_name, last_name, legacy_id",
                "SELECT folded, shared_mailbox FROM contact_email WHERE until IS NULL ORDER BY folded, contact_id",
                "SELECT number FROM parcel ORDER BY number",
                "SELECT format, file, key, content_hash FROM import_row ORDER BY format, file, key",
                "SELECT kind, COUNT(*) FROM fact GROUP BY kind ORDER BY kind",
                "SELECT prefix, year, last FROM case_number ORDER BY prefix, year",
            ]
            return try queries.flatMap {
                try conn.rows($0).map { $0.all.map { "\($0.name)=\($0.value)" }.joined(separator: "|") }
            }
        }
    }
}

extension ImportReport {
    /// The numbers of a file: read, imported, updated, unchanged, refused.
    func totals(_ file: String = "permits.csv") -> [Int64?] {
        let file = json["files"]?[file]
        return [
            file?["read"]?.integer, file?["imported"]?.integer, file?["updated"]?.integer, file?["unchanged"]?.integer,
            file?["refused"]?.array.map { Int64($0.count) },
        ]
    }

    func refusal(_ row: Int64, in file: String = "permits.csv") -> String? {
        json["files"]?[file]?["refused"]?.array?.first { $0["row"]?.integer == row }?["reason"]?.string
    }

    func repairs(_ field: String, in file: String = "permits.csv") -> [Int64] {
        (json["files"]?[file]?["repaired"]?.array ?? []).filter { $0["field"]?.string == field }.compactMap { $0["row"]?.integer }
    }
}
