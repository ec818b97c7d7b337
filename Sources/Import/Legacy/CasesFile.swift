internal import Cases
internal import CityPack
internal import Core
internal import Places
internal import Primitives

/// A row of cases.csv.
struct LegacyCase: Sendable {
    let new: NewCase
    let parent: String
}

let casesFile = LegacyFile(name: "cases.csv", order: 3) { engine, path, state in
    var report = try await engine.run(LegacyCase.rows, path: path, state: &state)
    state.parents = try await state.cases.link(engine, field: "parent_case_number", &report)
    return report
}

extension LegacyCase {
    static var rows: RowKind<LegacyState, LegacyCase> {
        RowKind(
            file: "cases", required: ["case_number", "type", "status"],
            columns: [
                "case_number", "module", "type", "work_class", "status", "description", "applied", "issued", "expires",
                "finalized",
                "address", "unit", "city", "state", "zip", "parcel", "parent_case_number", "valuation", "project",
            ],
            read: { notes, state in try read(&notes, &state) },
            problem: { row, conn in try CaseRecords.problem(row.new, conn) },
            create: { row, change in try CaseWriter(change).create(row.new).value },
            update: { row, record, change in
                guard let record else { return }
                try CaseRecords.update(row.new, CaseID(record), saysContractor: false, change)
            },
            settled: { keyed, number, state in state.cases.accept(keyed.key, parent: keyed.row.parent, row: number) })
    }

    private static func read(_ notes: inout RowNotes, _ state: inout LegacyState) throws -> Keyed<LegacyCase> {
        let pack = state.pack
        let (typeName, statusName, workName) = (notes.text("type"), notes.text("status"), notes.text("work_class"))
        let type = pack.caseType(importName: typeName) ?? pack.caseType(typeName)
        let status = pack.status(importName: statusName) ?? pack.status(statusName)
        if !typeName.isEmpty { state.types.count(typeName, as: type?.key) }
        if !statusName.isEmpty { state.statuses.count(statusName, as: status?.key) }

        let number = notes.text("case_number")
        guard !number.isEmpty else { throw RowRefusal("The row has no case_number.") }
        guard CaseRecords.isUsable(number) else {
            throw RowRefusal("“\(number)” cannot be a case number. Use letters, digits and dashes, beginning with a letter.")
        }
        guard let type else { throw RowNotes.unknown("case type", typeName, among: pack.caseTypes.flatMap(\.importNames)) }
        guard let status else { throw RowNotes.unknown("status", statusName, among: pack.statuses.flatMap(\.importNames)) }
        let work = type.workClass(importName: workName) ?? type.workClass(workName)
        guard workName.isEmpty || work != nil else {
            throw RowNotes.unknown("kind of work for “\(typeName)”", workName, among: type.workClasses.flatMap(\.importNames))
        }
        let module = notes.text("module")
        if !module.isEmpty, module.lowercased() != type.module.rawValue {
            notes.repair("module", was: module, "In this city “\(typeName)” is a \(type.module.rawValue). It was kept as that.")
        }

        var new = NewCase(number: number, type: type.key, status: status.key)
        new.workClass = work?.key ?? ""
        new.description = notes.text("description", keepingLines: true)
        new.project = notes.text("project")
        new.applied = notes.day("applied")
        new.issued = notes.day("issued")
        new.expires = notes.day("expires")
        new.finalized = notes.day("finalized")
        new.valuation = notes.amount("valuation")
        new.place = PlaceAddress(
            street: notes.text("address"), unit: notes.text("unit"), city: notes.text("city"), state: notes.text("state"),
            zip: notes.text("zip"))
        new.parcel = notes.parcel("parcel")
        return Keyed(
            key: number, label: "case number \(number)", row: LegacyCase(new: new, parent: notes.text("parent_case_number")))
    }
}
