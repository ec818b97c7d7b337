internal import Cases
internal import CityPack
internal import Core
internal import Database
internal import Places
internal import Primitives

/// The City of Boulder's construction-permit export: 35 columns, one permit a row (`contract.md` 4).
struct BoulderPermits {
    let engine: RowEngine

    struct Row: Sendable {
        var new: NewCase
        var contractor: Contractor?
        var parent: String
    }

    struct State: Sendable {
        var types = NamesSeen()
        var statuses = NamesSeen()
        var trades = NamesSeen()
        var parents = Parents()
    }

    func run(_ path: String) async throws -> ImportReport {
        var state = State()
        var file = try await engine.run(rows, path: path, state: &state)
        var report = ImportReport(isRehearsal: engine.isRehearsal)
        report.parents = try await state.parents.link(engine, field: "MasterPermitNum", &file)
        report.files = [file]
        report.types = state.types
        report.statuses = state.statuses
        report.contactTypes = state.trades
        return report
    }

    private var rows: RowKind<State, Row> {
        let pack = engine.city.pack
        return RowKind(
            file: "permits",
            required: ["PermitNum", "PermitType", "PermitWorkType", "StatusCurrent"],
            columns: BoulderPermits.columns,
            read: { notes, state in try BoulderPermits.read(&notes, &state, pack) },
            problem: { row, conn in try CaseRecords.problem(row.new, conn) },
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
            settled: { keyed, number, state in state.parents.accept(keyed.key, parent: keyed.row.parent, row: number) })
    }

    /// What a permit is made of. The row counter of the export (`ObjectId`) is not: it changes from export to export.
    private static let columns = [
        "PermitNum", "MasterPermitNum", "Description", "AppliedDate", "IssuedDate", "CompletedDate", "StatusCurrent",
        "OriginalAddress",
        "OriginalCity", "OriginalState", "OriginalZip", "PIN", "ProjectName", "PermitType", "PermitWorkType", "EstProjectCost",
        "ContractorCompanyName", "ContractorTrade",
    ]

    private static func read(_ notes: inout RowNotes, _ state: inout State, _ pack: CityPack) throws -> Keyed<Row> {
        let (typeName, workName) = (notes.text("PermitType"), notes.text("PermitWorkType"))
        let (statusName, tradeName) = (notes.text("StatusCurrent"), notes.text("ContractorTrade"))
        let (type, status) = (pack.caseType(importName: typeName), pack.status(importName: statusName))
        let trade = pack.contactType(importName: tradeName)
        if !typeName.isEmpty { state.types.count(typeName, as: type?.key) }
        if !statusName.isEmpty { state.statuses.count(statusName, as: status?.key) }
        if !tradeName.isEmpty { state.trades.count(tradeName, as: trade?.key) }

        let number = notes.text("PermitNum")
        guard !number.isEmpty else { throw RowRefusal("The row has no permit number. Fill in PermitNum.") }
        guard CaseRecords.isUsable(number) else {
            throw RowRefusal("“\(number)” cannot be a permit number. Use letters, digits and dashes, as in ELE2021-00408.")
        }
        guard let type else { throw RowNotes.unknown("permit type", typeName, among: pack.caseTypes.flatMap(\.importNames)) }
        guard let status else { throw RowNotes.unknown("status", statusName, among: pack.statuses.flatMap(\.importNames)) }
        guard let work = type.workClass(importName: workName) else {
            throw RowNotes.unknown(
                "kind of work for “\(typeName)”", workName, among: type.workClasses.flatMap(\.importNames))
        }
        guard tradeName.isEmpty || trade != nil else {
            throw RowNotes.unknown("contractor trade", tradeName, among: pack.contactTypes.flatMap(\.importNames))
        }

        var new = NewCase(number: number, type: type.key, status: status.key)
        new.workClass = work.key
        new.description = notes.text("Description", keepingLines: true)
        new.project = notes.text("ProjectName")
        new.applied = notes.day("AppliedDate", american: true)
        new.issued = notes.day("IssuedDate", american: true)
        new.finalized = notes.day("CompletedDate", american: true)
        new.valuation = notes.amount("EstProjectCost")
        let place = PlaceAddress(
            street: notes.text("OriginalAddress"), city: notes.text("OriginalCity"), state: notes.text("OriginalState"),
            zip: notes.text("OriginalZip"))
        new.place = place
        new.parcel = notes.parcel("PIN")
        let contractor = contractor(&notes, &new, trade, place)
        return Keyed(
            key: number, label: "permit number \(number)",
            row: Row(new: new, contractor: contractor, parent: notes.text("MasterPermitNum")))
    }

    private static func contractor(
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
        return Contractor(name: name, type: trade, place: place.folded)
    }
}
