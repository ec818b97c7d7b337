import Foundation
import Primitives

extension DirtyExport {
    /// Rows that are broken as rows, and relations that lead nowhere.
    mutating func more(_ index: Int) {
        switch dice.below(9) {
        case 0: shape(index, "too many columns", ["x", "y"], .refused("Put quotation marks"))
        case 1: raw(index, "too few columns", "c\(index),person,,Edda,,Yarrow", .refused("Fill in the missing ones"))
        case 2: shape(index, "quotes and line breaks", [], .imported)
        case 3: latin(index)
        case 4: nul(index)
        case 5 where !hasHuge: huge(index)
        case 6: related(index, "missing parent", parent: "gone\(index)")
        case 7: related(index, "its own parent", parent: "c\(index)")
        default: odd(index)
        }
    }

    mutating func odd(_ index: Int) {
        var row = base(index)
        var person = kept(index)
        if dice.happens(50) {
            row["active"] = "maybe"
            add(Self.contactsFile, Self.contactColumns, row, repaired: ["active"], fault: "active is neither")
        } else {
            row["kind"] = "company"
            add(Self.contactsFile, Self.contactColumns, row, repaired: ["kind"], fault: "company without a name")
            person.isCompany = false
        }
        keep(index, person)
    }

    private func base(_ index: Int) -> [String: String] {
        [
            "contact_id": "c\(index)", "kind": "person", "first_name": "Edda", "last_name": "Yarrow",
            "email": "p\(index)@mail.example", "city": "Boulder", "state": "CO", "zip": "80304", "address": "18 Pika Ct",
        ]
    }

    private func kept(_ index: Int) -> DirtyTruth.Person {
        .init(name: "Edda Yarrow", emails: ["p\(index)@mail.example"], city: "Boulder")
    }

    private mutating func keep(_ index: Int, _ person: DirtyTruth.Person) {
        truth.contacts["c\(index)"] = person
        truth.contactOrder.append("c\(index)")
    }

    private mutating func raw(
        _ index: Int, _ fault: String, _ line: String, _ fate: DirtyTruth.Fate, repaired: [String] = []
    ) {
        addRaw(Self.contactsFile, Array((line + "\r\n").utf8), fate, repaired: repaired, fault: fault)
    }

    private mutating func shape(_ index: Int, _ fault: String, _ extra: [String], _ fate: DirtyTruth.Fate) {
        var row = base(index)
        if extra.isEmpty { (row["first_name"], row["address"]) = ("Edda \"Eddie\"", "18 Pika Ct\nrear, \"upstairs\"") }
        let line = (Self.contactColumns.map { Self.quoted(row[$0] ?? "") } + extra).joined(separator: ",")
        raw(index, fault, line, fate)
        guard case .imported = fate else { return }
        var person = kept(index)
        person.name = "Edda \"Eddie\" Yarrow"
        keep(index, person)
    }

    private mutating func latin(_ index: Int) {
        var row = base(index)
        row["last_name"] = "Pe~a"
        let line = Self.contactColumns.map { row[$0] ?? "" }.joined(separator: ",") + "\n"
        let bytes = Array(line.utf8).map { $0 == UInt8(ascii: "~") ? 0xF1 : $0 }
        addRaw(Self.contactsFile, bytes, .imported, repaired: ["last_name"], fault: "Windows-1252")
        var person = kept(index)
        person.name = "Edda Pe\u{FFFD}a"
        keep(index, person)
    }

    private mutating func nul(_ index: Int) {
        var row = base(index)
        row["last_name"] = "Yar\0row"
        add(Self.contactsFile, Self.contactColumns, row, repaired: ["last_name"], fault: "NUL byte")
        keep(index, kept(index))
    }

    private mutating func huge(_ index: Int) {
        var row = base(index)
        row["title"] = String(repeating: "x", count: 1_200_000)
        add(Self.contactsFile, Self.contactColumns, row, .refused("longer than"), fault: "huge field")
        hasHuge = true
    }

    private mutating func related(_ index: Int, _ fault: String, parent: String) {
        var row = base(index)
        row["parent_contact_id"] = parent
        add(Self.contactsFile, Self.contactColumns, row, repaired: ["parent_contact_id"], fault: fault)
        keep(index, kept(index))
    }
}
