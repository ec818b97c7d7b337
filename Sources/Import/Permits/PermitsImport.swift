internal import Cases
internal import CityPack
internal import Core
internal import Database
internal import Places
internal import Primitives

/// A table of permits, one a row: the city's own export and the BLDS core data set.
struct PermitsImport {
    let engine: RowEngine
    let layout: PermitLayout

    struct Row: Sendable {
        var new: NewCase
        var contractor: Contractor?
        var parent: String
    }

    struct State: Sendable {
        var common = ImportState()
        var parents = Parents()
    }

    func run(_ path: String) async throws -> ImportReport {
        var state = State()
        var file = try await engine.run(rows, path: path, state: &state)
        var report = ImportReport(isRehearsal: engine.isRehearsal)
        report.parents = try await state.parents.link(engine, field: "MasterPermitNum", &file)
        report.files = [file]
        report.names = state.common.names
        return report
    }

    private var rows: RowKind<State, Row> {
        RowKind(
            file: layout.file, required: layout.required, columns: layout.columns,
            read: { notes, state in try read(&notes, &state) },
            problems: { rows, conn in try CaseRecords.problems(rows.map(\.new.number), conn) },
            create: { row, change in
                let id = try CaseWriter(change).create(row.new)
                try Contractor.set(row.contractor, on: id, change)
                return id.value
            },
            update: { row, record, change in
                guard let id = record.map({ CaseID($0) }) else { return }
                try CaseRecords.update(row.new, id, saysContractor: true, change)
                try Contractor.set(row.contractor, on: id, change)
            },
            settled: { keyed, number, _, state in state.parents.accept(keyed.key, parent: keyed.row.parent, row: number) })
    }

    private func read(_ notes: inout RowNotes, _ state: inout State) throws -> Keyed<Row> {
        let pack = engine.pack
        let (typeName, type) = named("PermitType", layout.mappedType, &notes, engine.caseType)
        let (statusName, status) = named("StatusCurrent", layout.mappedStatus, &notes, engine.status)
        let (workName, tradeName) = (notes.text(layout.work), notes.text("ContractorTrade"))
        let trade = engine.contactType(tradeName) ?? engine.contactType("Contractor: \(tradeName)")
        state.common.count(typeName, .types, as: type?.key)
        state.common.count(statusName, .statuses, as: status?.key)
        state.common.count(tradeName, .contactTypes, as: trade?.key)

        let number = notes.text("PermitNum")
        guard !number.isEmpty else { throw RowRefusal("The row has no permit number. Fill in PermitNum.") }
        guard CaseRecords.isUsable(number) else {
            throw RowRefusal("“\(number)” cannot be a permit number. Use letters, digits and dashes, as in \(layout.example).")
        }
        guard let type else { throw RowNotes.unknown("permit type", typeName, among: pack.caseTypes.flatMap(\.importNames)) }
        guard let status else { throw RowNotes.unknown("status", statusName, among: pack.statuses.flatMap(\.importNames)) }
        let work = engine.workClass(workName, of: type)
        state.common.count(workName, .workClasses, as: work?.key)
        guard work != nil || (workName.isEmpty && !layout.needsWork) else {
            throw RowNotes.unknown(
                "kind of work for “\(typeName)”", workName, among: type.workClasses.flatMap(\.importNames))
        }
        guard tradeName.isEmpty || trade != nil else {
            throw RowNotes.unknown("contractor trade", tradeName, among: pack.contactTypes.flatMap(\.importNames))
        }

        var new = NewCase(number: number, type: type.key, status: status.key)
        new.workClass = work?.key ?? ""
        new.description = notes.text("Description", keepingLines: true)
        new.project = notes.text("ProjectName")
        new.applied = notes.day("AppliedDate", american: layout.isAmerican, isPast: true)
        new.issued = notes.day("IssuedDate", american: layout.isAmerican, isPast: true)
        new.finalized = notes.day("CompletedDate", american: layout.isAmerican, isPast: true)
        if let expires = layout.expires { new.expires = notes.day(expires) }
        new.valuation = notes.amount("EstProjectCost")
        let city = notes.city("OriginalCity")
        state.common.count(city, .cities, as: city)
        let place = PlaceAddress(
            street: notes.text(layout.address), unit: layout.unit.map { notes.text($0) } ?? "", city: city,
            state: notes.text("OriginalState"), zip: notes.text("OriginalZip"))
        new.place = place
        new.parcel = notes.parcel("PIN")
        let contractor = contractor(&notes, &new, trade, place)
        return Keyed(
            key: number, label: "permit number \(number)",
            row: Row(new: new, contractor: contractor, parent: notes.text("MasterPermitNum")))
    }

    /// A name and what it means here; where the city's own is empty or unknown, the field's word for it.
    private func named<Meaning>(
        _ column: String, _ mapped: String?, _ notes: inout RowNotes, _ meaning: (String) -> Meaning?
    ) -> (name: String, meaning: Meaning?) {
        let name = notes.text(column)
        if let found = meaning(name) { return (name, found) }
        guard let mapped, case let other = notes.text(mapped), !other.isEmpty else { return (name, nil) }
        return (name.isEmpty ? other : name, meaning(other))
    }

    private func contractor(
        _ notes: inout RowNotes, _ new: inout NewCase, _ trade: ContactType?, _ place: PlaceAddress
    ) -> Contractor? {
        let name = notes.text("ContractorCompanyName")
        guard !name.isEmpty else { return nil }
        if let state = ContractorState(placeholder: name) {
            new.contractorState = state
            notes.repair("ContractorCompanyName", was: name, ContractorState.repair)
            return nil
        }
        guard let trade else {
            notes.repair(
                "ContractorCompanyName", was: name, "The row names no trade for this contractor. Nobody was added to the case.")
            return nil
        }
        return Contractor(name: name, type: trade, place: place.folded, format: engine.format)
    }
}
