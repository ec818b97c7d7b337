internal import Cases
internal import Core
internal import Database
internal import Primitives

/// A row of inspections.csv.
struct OldInspection: Sendable {
    let number: String
    let caseNumber: String
    let type: String
    let state: Inspection.State
    let result: Inspection.Result?
    let requestedFor: CivilDate?
    let scheduledFor: CivilDate?
    let completedOn: CivilDate?
    let inspector: String
}

enum InspectionsFile {
    static let importer = Importer(file: "inspections.csv", order: 60) { engine, path, state in
        try await engine.run(rows(state), path: path, state: &state)
    }

    private static func rows(_ before: ImportState) -> RowKind<ImportState, OldInspection> {
        RowKind(
            file: "inspections", required: ["inspection_number", "case_number", "type", "status"],
            columns: [
                "inspection_number", "case_number", "type", "status", "requested_for", "scheduled_for", "result",
                "completed_on", "inspector",
            ],
            read: { notes, _ in try read(&notes) },
            problems: { rows, conn in
                let missing = try ImportReferences.missing(cases: rows.map(\.caseNumber), before, conn)
                let taken = Set(
                    try conn.rows("SELECT number FROM inspection WHERE number IN \(list: rows.map(\.number))").map {
                        try $0["number"] as String
                    })
                return rows.map { row in
                    if taken.contains(row.number) {
                        return
                            "The inspection \(row.number) is here already and did not come from this import. Compare the two and correct the row."
                    }
                    return missing[row.caseNumber]
                }
            },
            create: { row, change in try create([row], before, change).first ?? nil },
            createAll: { rows, change in try create(rows, before, change) },
            update: { row, record, change in
                guard let record, let new = try stored([row], before, change.conn).first ?? nil else { return }
                try InspectionWriter(change).correct(InspectionID(record), to: new)
            })
    }

    private static func create(_ rows: [OldInspection], _ before: ImportState, _ change: Change) throws -> [Int64?] {
        let new = try stored(rows, before, change.conn)
        var ids = try InspectionWriter(change).create(all: new.compactMap(\.self)).makeIterator()
        return new.map { $0 == nil ? nil : ids.next()?.value }
    }

    private static func stored(_ rows: [OldInspection], _ before: ImportState, _ conn: Connection) throws -> [NewInspection?] {
        let cases = try ImportReferences.cases(rows.map(\.caseNumber), before, conn)
        return rows.map { row in
            cases[row.caseNumber].map { id in
                NewInspection(
                    number: row.number, caseID: id, type: row.type, state: row.state, result: row.result,
                    requestedFor: row.requestedFor, scheduledFor: row.scheduledFor, completedOn: row.completedOn,
                    inspector: row.inspector)
            }
        }
    }

    private static func read(_ notes: inout RowNotes) throws -> Keyed<OldInspection> {
        let (number, caseNumber) = (notes.text("inspection_number"), notes.text("case_number"))
        guard !number.isEmpty else { throw RowRefusal("The row has no inspection_number. Fill it in and import again.") }
        guard !caseNumber.isEmpty else { throw RowRefusal("The row has no case_number. Fill it in and import again.") }
        let type = notes.text("type")
        guard !type.isEmpty else {
            throw RowRefusal("The row does not say what was inspected. Fill in the column type and import again.")
        }
        let result = try result(&notes)
        let completed = notes.day("completed_on", isPast: true)
        return Keyed(
            key: number, label: "inspection number \(number)",
            row: OldInspection(
                number: number, caseNumber: caseNumber, type: type, state: try state(&notes, result), result: result,
                requestedFor: notes.day("requested_for"), scheduledFor: notes.day("scheduled_for"), completedOn: completed,
                inspector: notes.text("inspector")))
    }

    /// Old systems' words, folded.
    private static let states: [String: Inspection.State] = [
        "requested": .requested, "request": .requested, "pending": .requested, "open": .requested, "scheduled": .scheduled,
        "assigned": .scheduled, "dispatched": .scheduled, "completed": .completed, "complete": .completed, "closed": .completed,
        "done": .completed, "cancelled": .cancelled, "canceled": .cancelled, "void": .cancelled, "withdrawn": .cancelled,
    ]

    private static let results: [String: Inspection.Result] = [
        "pass": .pass, "passed": .pass, "approved": .pass, "partial": .partial, "partial pass": .partial,
        "partially passed": .partial, "partial approval": .partial, "fail": .fail, "failed": .fail, "not approved": .fail,
        "correction required": .fail, "no access": .noAccess, "no entry": .noAccess, "cancelled": .cancelled,
        "canceled": .cancelled,
    ]

    private static func result(_ notes: inout RowNotes) throws -> Inspection.Result? {
        let typed = notes.text("result")
        guard !typed.isEmpty else { return nil }
        if let known = results[foldedForSearch(typed)] { return known }
        throw RowRefusal(
            RowNotes.sentence("“\(typed)” is no result of an inspection", for: typed, among: results.keys.sorted())
                + " Use pass, partial, fail, no access or cancelled.")
    }

    private static func state(_ notes: inout RowNotes, _ result: Inspection.Result?) throws -> Inspection.State {
        let typed = notes.text("status")
        guard !typed.isEmpty else {
            let state: Inspection.State = result == nil ? .requested : .completed
            notes.repair("status", was: "", "The status was empty. The result says \(state.rawValue).")
            return state
        }
        if let known = states[foldedForSearch(typed)] { return known }
        throw RowRefusal(
            RowNotes.sentence("“\(typed)” is no status of an inspection", for: typed, among: states.keys.sorted())
                + " Use requested, scheduled, completed or cancelled.")
    }
}
