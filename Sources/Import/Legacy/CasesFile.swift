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

let casesFile = LegacyFile(name: "cases.csv", order: 30) { engine, path, state in
    var report = try await engine.run(LegacyCase.rows(engine), path: path, state: &state)
    state.parents = try await state.cases.link(engine, field: "parent_case_number", &report)
    return report
}

extension LegacyCase {
    static func rows(_ engine: RowEngine) -> RowKind<LegacyState, LegacyCase> {
        RowKind(
            file: "cases", required: ["case_number", "type", "status"],
            columns: [
                "case_number", "module", "type", "work_class", "status", "description", "applied", "issued", "expires",
                "finalized",
                "address", "unit", "city", "state", "zip", "parcel", "parent_case_number", "valuation", "project",
            ],
            read: { notes, state in
                do { return try read(&notes, &state, engine) } catch {
                    state.common.cases.refuse(tidied(notes.record["case_number"]), row: notes.record.number)
                    throw error
                }
            },
            problems: { rows, conn in try CaseRecords.problems(rows.map(\.new.number), conn) },
            create: { row, change in try CaseWriter(change).create(row.new).value },
            createAll: { rows, change in try CaseWriter(change).create(all: rows.map(\.new)).map(\.value) },
            update: { row, record, change in
                guard let record else { return }
                try CaseRecords.update(row.new, CaseID(record), saysContractor: false, change)
            },
            settled: { keyed, number, record, state in
                state.common.cases.accept(keyed.key, as: record)
                state.cases.accept(keyed.key, parent: keyed.row.parent, row: number)
            },
            refused: { keyed, number, state in state.common.cases.refuse(keyed.key, row: number) })
    }

    private static func read(
        _ notes: inout RowNotes, _ state: inout LegacyState, _ engine: RowEngine
    ) throws -> Keyed<LegacyCase> {
        let pack = engine.pack
        let (typeName, statusName, workName) = (notes.text("type"), notes.text("status"), notes.text("work_class"))
        let (type, status) = (engine.caseType(typeName), engine.status(statusName))
        state.common.count(typeName, .types, as: type?.key)
        state.common.count(statusName, .statuses, as: status?.key)
        let work = type.flatMap { engine.workClass(workName, of: $0) }
        state.common.count(workName, .workClasses, as: work?.key)

        let number = notes.text("case_number")
        guard !number.isEmpty else { throw RowRefusal("The row has no case_number. Fill it in and import again.") }
        guard CaseRecords.isUsable(number) else {
            throw RowRefusal("“\(number)” cannot be a case number. Use letters, digits and dashes, beginning with a letter.")
        }
        guard !typeName.isEmpty else { throw RowRefusal("The row has no case type. Fill in the column type and import again.") }
        guard let type else { throw RowNotes.unknown("case type", typeName, among: pack.caseTypes.flatMap(\.importNames)) }
        guard !statusName.isEmpty else { throw RowRefusal("The row has no status. Fill it in and import again.") }
        guard let status else { throw RowNotes.unknown("status", statusName, among: pack.statuses.flatMap(\.importNames)) }
        guard workName.isEmpty || work != nil else {
            throw RowNotes.unknown("kind of work for “\(typeName)”", workName, among: type.workClasses.flatMap(\.importNames))
        }
        let module = notes.text("module")
        if !module.isEmpty {
            let meant = engine.module(module)
            state.common.count(module, .modules, as: meant?.rawValue)
            if meant != type.module {
                notes.repair(
                    "module", was: module, "In this city “\(typeName)” is a \(type.module.rawValue). It was kept as that.")
            }
        }

        var new = NewCase(number: number, type: type.key, status: status.key)
        new.workClass = work?.key ?? ""
        new.description = notes.text("description", keepingLines: true)
        new.project = notes.text("project")
        new.applied = notes.day("applied", isPast: true)
        new.issued = notes.day("issued", isPast: true)
        new.expires = notes.day("expires")
        new.finalized = notes.day("finalized", isPast: true)
        new.valuation = notes.amount("valuation")
        notes.swapStateAndZip()
        let city = notes.city("city")
        state.common.count(city, .cities, as: city)
        new.place = PlaceAddress(
            street: notes.text("address"), unit: notes.text("unit"), city: city, state: notes.text("state"),
            zip: notes.text("zip"))
        new.parcel = notes.parcel("parcel")
        return Keyed(
            key: number, label: "case number \(number)", row: LegacyCase(new: new, parent: notes.text("parent_case_number")))
    }
}

extension RowNotes {
    /// `80304` under state and `CO` under zip can only be the wrong way round.
    mutating func swapStateAndZip() {
        let (state, zip) = (raw("state"), raw("zip"))
        guard zip.count == 2, zip.allSatisfy({ $0.isASCII && $0.isLetter }), state.count >= 5,
            state.prefix(5).allSatisfy({ $0.isASCII && $0.isNumber })
        else { return }
        swap("state", "zip", "State and zip stood in each other's column. They were exchanged.")
    }
}
