internal import CityPack
internal import Core
internal import Foundation
internal import Primitives

/// One of the files that make contacts and cases; the files about cases belong to the features (`Importer`).
struct LegacyFile: Sendable {
    let name: String
    /// Contacts before the cases that name them.
    let order: Int
    let take: @Sendable (RowEngine, _ path: String, inout LegacyState) async throws -> FileReport
}

/// What one file's rows need to know of the files before.
struct LegacyState: Sendable {
    /// What every importer may know.
    var common = ImportState()
    var contacts = LegacyContacts()
    var portalUsers: [LegacyPortalUser] = []
    /// Users whose email is none.
    var refusedEmails: [CannotSignIn] = []
    var cases = Parents()
    var casesRefused: Set<String> = []
    /// Cases that have a primary contact of a type: `ELE2015-00012|applicant`.
    var primaries: Set<String> = []
    var parents = ParentsReport()

    /// What the files about people brought, with what the cases read beside them brought.
    func with(cases other: LegacyState) -> LegacyState {
        var both = self
        both.common.add(names: other.common)
        both.common.cases = other.common.cases
        both.cases = other.cases
        both.casesRefused = other.casesRefused
        both.parents = other.parents
        return both
    }
}

/// What files said of themselves, and what later ones need of them.
private typealias LegacyRead = (files: [FileReport], state: LegacyState)

/// A folder of CSV files from an older portal (`contract.md` 4).
struct LegacyExport {
    let engine: RowEngine
    /// Bytes of `cases.csv` from which people and cases are read side by side.
    let sideBySideFrom: Int

    private static let own: [LegacyFile] = [contactsFile, portalUsersFile, casesFile, caseContactsFile]

    /// Every file that can be read, in the order of reading: these four and those of the features.
    private var files: [LegacyFile] {
        let features = engine.city.features.flatMap(\.importers).map { importer in
            LegacyFile(name: importer.file, order: importer.order) { engine, path, state in
                try await importer.read(engine, path, &state.common)
            }
        }
        return (LegacyExport.own + features).sorted { ($0.order, $0.name) < ($1.order, $1.name) }
    }

    func run(_ folder: String) async throws -> ImportReport {
        let present: [String]
        do { present = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw ImportProblem("\(folder) cannot be read as a folder. `legacy` wants the folder that holds the CSV files.")
        }
        let known = files.filter { present.contains($0.name) }
        if known.isEmpty {
            throw ImportProblem(
                "\(folder) holds none of \(files.map(\.name).joined(separator: ", ")). Check the path.")
        }
        let people = known.filter { $0.order < casesFile.order }
        let both = try await take(people, besideThem: known.filter { $0.order == casesFile.order }, from: folder)
        let rest = try await take(known.filter { $0.order > casesFile.order }, from: folder, both.state)
        let state = rest.state
        var report = ImportReport(isRehearsal: engine.isRehearsal)
        report.files = both.files + rest.files
        if known.contains(where: { $0.name == portalUsersFile.name }) {
            (report.canSignIn, report.cannotSignIn) = try await SignInForecast(engine: engine).of(state)
        }
        report.names = state.common.names
        report.parents = state.parents
        let taken = Set(known.map(\.name))
        report.notRead = present.filter { $0.lowercased().hasSuffix(".csv") && !taken.contains($0) }.sorted()
        return report
    }

    /// Cases say nothing about people, nor people about cases; what ties them together comes after both. So they are read side by side,
    /// except into SQLite, which has one writer, and for small files, where only their writes would clash.
    private func take(
        _ people: [LegacyFile], besideThem cases: [LegacyFile], from folder: String
    ) async throws -> LegacyRead {
        guard engine.city.db.dialect == .postgres, size(of: cases, in: folder) >= sideBySideFrom else {
            return try await take(people + cases, from: folder, LegacyState())
        }
        // Whichever fails first stops the other between two batches.
        return try await withThrowingTaskGroup { group in
            group.addTask { (isCases: false, read: try await take(people, from: folder, LegacyState())) }
            group.addTask { (isCases: true, read: try await take(cases, from: folder, LegacyState())) }
            let none: LegacyRead = ([], LegacyState())
            var (contacts, others) = (none, none)
            for try await (isCases, read) in group { if isCases { others = read } else { contacts = read } }
            return (contacts.files + others.files, contacts.state.with(cases: others.state))
        }
    }

    private func size(of files: [LegacyFile], in folder: String) -> Int {
        let sizes = files.map { file -> Int in
            let path = (folder as NSString).appendingPathComponent(file.name)
            return ((try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? NSNumber)?.intValue ?? 0
        }
        return sizes.reduce(0, +)
    }

    /// One file after the other.
    private func take(
        _ files: [LegacyFile], from folder: String, _ state: LegacyState
    ) async throws -> LegacyRead {
        var state = state
        var reports: [FileReport] = []
        for file in files {
            reports.append(try await file.take(engine, (folder as NSString).appendingPathComponent(file.name), &state))
        }
        return (reports, state)
    }
}
