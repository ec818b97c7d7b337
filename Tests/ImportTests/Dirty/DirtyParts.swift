import Foundation
import Primitives

extension DirtyExport {
    private static let partsFile = "case_contacts.csv"
    private static let partColumns = ["case_number", "contact_id", "contact_type", "primary"]
    private static let invoicesFile = "invoices.csv"
    private static let invoiceColumns = [
        "invoice_number", "case_number", "contact_id", "issued", "due", "total_cents", "paid_cents",
    ]
    private static let inspectionsFile = "inspections.csv"
    private static let inspectionColumns = [
        "inspection_number", "case_number", "type", "status", "requested_for", "scheduled_for", "result", "completed_on",
        "inspector",
    ]

    mutating func makeParts() {
        begin(Self.partsFile, Self.partColumns)
        for number in caseOrder {
            let (owner, worker) = (dice.pick(truth.contactOrder), dice.pick(truth.contactOrder))
            part(number, owner, "Applicant", "applicant", primary: true)
            if worker != owner { part(number, worker, "Contractor: Electrical", "contractor-electrical", primary: true) }
            if dice.happens(12) { partFault(number, owner) }
        }
    }

    private mutating func part(_ number: String, _ contact: String, _ type: String, _ key: String, primary: Bool) {
        add(
            Self.partsFile, Self.partColumns,
            ["case_number": number, "contact_id": contact, "contact_type": type, "primary": primary ? "true" : ""])
        truth.parts.insert("\(number)|\(contact)|\(key)")
    }

    private mutating func partFault(_ number: String, _ owner: String) {
        var row = ["case_number": number, "contact_id": owner, "contact_type": "Property Owner", "primary": ""]
        func refuse(_ reason: String, _ fault: String, _ export: inout DirtyExport) {
            export.add(Self.partsFile, Self.partColumns, row, .refused(reason), fault: fault)
        }
        switch dice.below(7) {
        case 0:
            row["contact_id"] = "nobody"
            refuse("There is no contact", "part of nobody", &self)
        case 1:
            row["case_number"] = "ELE1999-00001"
            refuse("There is no case", "part of no case", &self)
        case 2 where !refusedCases.isEmpty:
            row["case_number"] = dice.pick(refusedCases)
            refuse("was refused in row", "part of a refused case", &self)
        case 3:
            row["contact_type"] = "Applicant"
            refuse("already", "duplicate part", &self)
        case 4:
            row["contact_type"] = "Aplicant"
            refuse("did you mean", "unknown contact type", &self)
        case 5 where !placeholders.isEmpty:
            row["contact_id"] = dice.pick(placeholders)
            add(Self.partsFile, Self.partColumns, row, repaired: ["contact_id"], fault: "placeholder on a case")
        default:
            let other = truth.contactOrder.first { $0 != owner } ?? owner
            guard other != owner, !truth.parts.contains("\(number)|\(other)|applicant") else { return }
            row["contact_id"] = other
            row["contact_type"] = "Applicant"
            row["primary"] = "yes"
            add(Self.partsFile, Self.partColumns, row, repaired: ["primary"], fault: "two primary contacts")
            truth.parts.insert("\(number)|\(other)|applicant")
        }
    }

    mutating func makeInvoices() {
        begin(Self.invoicesFile, Self.invoiceColumns)
        for (index, number) in caseOrder.enumerated() where index % 2 == 0 {
            var row = [
                "invoice_number": "INV-\(index)", "case_number": number, "contact_id": truth.contactOrder[0],
                "issued": "2015-02-10",
                "due": "2015-03-10", "total_cents": "12050", "paid_cents": dice.happens(80) ? "12050" : "0",
            ]
            func put(_ fate: DirtyTruth.Fate, _ repaired: [String], _ fault: String?, _ export: inout DirtyExport) {
                export.add(Self.invoicesFile, Self.invoiceColumns, row, fate, repaired: repaired, fault: fault)
            }
            switch dice.below(30) {
            case 0:
                row["total_cents"] = "$120.50"
                put(.refused("not an amount in whole cents"), [], "amount with a dollar sign", &self)
            case 1:
                row["case_number"] = "ELE1999-00001"
                put(.refused("There is no case"), [], "invoice of no case", &self)
            case 2:
                row["contact_id"] = "nobody"
                put(.imported, ["contact_id"], "invoice to nobody", &self)
            case 3:
                row["paid_cents"] = "99999"
                put(.imported, ["paid_cents"], "paid too much", &self)
            case 4:
                row["due"] = "3/10/15"
                put(.imported, ["due"], "two-digit year in an invoice", &self)
            case 5 where index > 0:
                row["invoice_number"] = ""
                put(.refused("no invoice_number"), [], "invoice without number", &self)
            default: put(.imported, [], nil, &self)
            }
        }
    }

    mutating func makeInspections() {
        begin(Self.inspectionsFile, Self.inspectionColumns)
        for (index, number) in caseOrder.enumerated() {
            var row = [
                "inspection_number": "INSP-\(index)", "case_number": number, "type": "Rough electrical", "status": "Completed",
                "requested_for": "2015-03-01", "scheduled_for": "2015-03-02", "result": dice.happens(85) ? "Pass" : "Fail",
                "completed_on": "2015-03-02", "inspector": "Dana Kowalczyk",
            ]
            func put(_ fate: DirtyTruth.Fate, _ repaired: [String], _ fault: String?, _ export: inout DirtyExport) {
                export.add(Self.inspectionsFile, Self.inspectionColumns, row, fate, repaired: repaired, fault: fault)
            }
            switch dice.below(30) {
            case 0:
                row["result"] = "Pased"
                put(.refused("did you mean"), [], "unknown result", &self)
            case 1:
                row["status"] = "Lost"
                put(.refused("no status of an inspection"), [], "unknown inspection status", &self)
            case 2:
                row["type"] = ""
                put(.refused("what was inspected"), [], "inspection of nothing", &self)
            case 3:
                row["status"] = ""
                put(.imported, ["status"], "inspection without status", &self)
            case 4:
                row["completed_on"] = "1900-01-01"
                put(.imported, ["completed_on"], "filler day of an inspection", &self)
            default: put(.imported, [], nil, &self)
            }
        }
    }
}
