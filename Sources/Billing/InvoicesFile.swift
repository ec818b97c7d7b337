internal import Cases
internal import Core
internal import Database
internal import Primitives

/// A row of invoices.csv.
struct OldInvoice: Sendable {
    let number: String
    let caseNumber: String
    let contact: String
    let issued: CivilDate?
    let due: CivilDate?
    let total: Money
    let paid: Money
}

enum InvoicesFile {
    static let importer = Importer(file: "invoices.csv", order: 50) { engine, path, state in
        try await engine.run(rows(state), path: path, state: &state)
    }

    private static func rows(_ before: ImportState) -> RowKind<ImportState, OldInvoice> {
        RowKind(
            file: "invoices", required: ["invoice_number", "case_number", "total_cents", "paid_cents"],
            columns: ["invoice_number", "case_number", "contact_id", "issued", "due", "total_cents", "paid_cents"],
            read: { notes, state in try read(&notes, state) },
            problems: { rows, conn in
                let missing = try ImportReferences.missing(cases: rows.map(\.caseNumber), before, conn)
                let taken = Set(
                    try conn.rows("SELECT number FROM invoice WHERE number IN \(list: rows.map(\.number))").map {
                        try $0["number"] as String
                    })
                return rows.map { row in
                    if taken.contains(row.number) {
                        return
                            "The invoice \(row.number) is here already and did not come from this import. Compare the two and correct the row."
                    }
                    return missing[row.caseNumber]
                }
            },
            create: { row, change in try create([row], before, change).first ?? nil },
            createAll: { rows, change in try create(rows, before, change) },
            update: { row, record, change in
                guard let record, let new = try stored([row], before, change.conn).first ?? nil else { return }
                try InvoiceWriter(change).correct(InvoiceID(record), to: new)
            })
    }

    private static func create(_ rows: [OldInvoice], _ before: ImportState, _ change: Change) throws -> [Int64?] {
        let new = try stored(rows, before, change.conn)
        var ids = try InvoiceWriter(change).create(all: new.compactMap(\.self)).makeIterator()
        return new.map { $0 == nil ? nil : ids.next()?.value }
    }

    /// With the keys of what the rows name.
    private static func stored(_ rows: [OldInvoice], _ before: ImportState, _ conn: Connection) throws -> [NewInvoice?] {
        let cases = try ImportReferences.cases(rows.map(\.caseNumber), before, conn)
        let contacts = try ImportReferences.contacts(rows.map(\.contact).filter { !$0.isEmpty }, before, conn)
        return rows.map { row in
            cases[row.caseNumber].map { id in
                NewInvoice(
                    number: row.number, caseID: id, contact: contacts[row.contact], issued: row.issued, due: row.due,
                    total: row.total, paid: row.paid)
            }
        }
    }

    private static func read(_ notes: inout RowNotes, _ state: ImportState) throws -> Keyed<OldInvoice> {
        let (number, caseNumber) = (notes.text("invoice_number"), notes.text("case_number"))
        guard !number.isEmpty else { throw RowRefusal("The row has no invoice_number. Fill it in and import again.") }
        guard !caseNumber.isEmpty else { throw RowRefusal("The row has no case_number. Fill it in and import again.") }
        let (total, paid) = (try cents("total_cents", &notes), try cents("paid_cents", &notes))
        var contact = notes.text("contact_id")
        if !contact.isEmpty, !state.contacts.isEmpty, !state.contacts.accepts(contact) {
            notes.repair("contact_id", was: contact, "There is no such contact. The invoice was kept without one.")
            contact = ""
        }
        if paid > total {
            notes.repair(
                "paid_cents", was: notes.raw("paid_cents"), "More was paid than asked. Look whether money is to go back.")
        }
        return Keyed(
            key: number, label: "invoice number \(number)",
            row: OldInvoice(
                number: number, caseNumber: caseNumber, contact: contact, issued: notes.day("issued", isPast: true),
                due: notes.day("due"), total: total, paid: paid))
    }

    /// Money is never guessed: an amount that is no number of cents refuses the row.
    private static func cents(_ field: String, _ notes: inout RowNotes) throws -> Money {
        let raw = notes.text(field)
        if raw.isEmpty, field == "paid_cents" {
            notes.repair(field, was: "", "It does not say what was paid. It was taken as nothing.")
            return .zero
        }
        guard let cents = Int64(raw), cents >= 0, cents <= 1_000_000_000_00 else {
            throw RowRefusal(
                "“\(raw.prefix(40))” under \(field) is not an amount in whole cents, as in 12050 for $120.50. Correct it and import again."
            )
        }
        return Money(cents: cents)
    }
}
