internal import CityPack
internal import Core
internal import Foundation
internal import Primitives

/// One file of an older portal's export: what it is called, when its turn is, and how its rows are taken.
struct LegacyFile: Sendable {
    let name: String
    /// Contacts before the cases that name them.
    let order: Int
    let take: @Sendable (RowEngine, _ path: String, inout LegacyState) async throws -> FileReport
}

/// What one file's rows need to know of the files before.
struct LegacyState: Sendable {
    let pack: CityPack
    var types = NamesSeen()
    var statuses = NamesSeen()
    var contactTypes = NamesSeen()
    var contacts = LegacyContacts()
    var portalUsers: [LegacyPortalUser] = []
    /// Users whose email is none.
    var refusedEmails: [CannotSignIn] = []
    var cases = Parents()
    var casesRefused: Set<String> = []
    /// Cases that have a primary contact of a type: `ELE2015-00012|applicant`.
    var primaries: Set<String> = []
    var parents = ParentsReport()
}

/// A folder of CSV files from an older portal (`contract.md` 4).
struct LegacyExport {
    let engine: RowEngine

    static let files: [LegacyFile] = [contactsFile, portalUsersFile, casesFile, caseContactsFile].sorted { $0.order < $1.order }

    func run(_ folder: String) async throws -> ImportReport {
        let present: [String]
        do { present = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw ImportProblem("\(folder) cannot be read as a folder. `legacy` wants the folder that holds the CSV files.")
        }
        let known = LegacyExport.files.filter { present.contains($0.name) }
        if known.isEmpty {
            throw ImportProblem(
                "\(folder) holds none of \(LegacyExport.files.map(\.name).joined(separator: ", ")). Check the path.")
        }
        var state = LegacyState(pack: engine.city.pack)
        var report = ImportReport(isRehearsal: engine.isRehearsal)
        for file in known {
            report.files.append(try await file.take(engine, (folder as NSString).appendingPathComponent(file.name), &state))
        }
        if known.contains(where: { $0.name == portalUsersFile.name }) {
            (report.canSignIn, report.cannotSignIn) = try await SignInForecast(engine: engine).of(state)
        }
        report.types = state.types
        report.statuses = state.statuses
        report.contactTypes = state.contactTypes
        report.parents = state.parents
        let taken = Set(known.map(\.name))
        report.notRead = present.filter { $0.lowercased().hasSuffix(".csv") && !taken.contains($0) }.sorted()
        return report
    }
}
