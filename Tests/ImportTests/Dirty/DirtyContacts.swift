import Foundation
import Primitives

/// One contact on its way into the export: the row, and what must become of it.
struct DirtyRow {
    var row: [String: String]
    var truth: DirtyTruth.Person
    var fate = DirtyTruth.Fate.imported
    var repaired: [String] = []
}

extension DirtyExport {
    static let contactsFile = "contacts.csv"
    private static let first = ["Tamsin", "Otto", "Edda", "Ivo", "Thora", "Basil", "Wanda", "Ulla", "José", "Zoë"]
    private static let last = ["Fennimore", "Amsel", "Yarrow", "Dunmore", "Novak", "Ibarra", "O'Hare", "Peña", "Lindqvist"]
    private static let trades = ["Electric LLC", "Builders Inc", "Plumbing Co", "Roofing LLC", "Masonry"]

    mutating func makeContacts(_ count: Int) {
        begin(Self.contactsFile, Self.contactColumns, byteOrderMark: true)
        var index = 0
        while truth.fates[Self.contactsFile]?.count ?? 0 < count {
            index += 1
            if dice.happens(72) { put("c\(index)", clean(index)) } else { fault(index) }
        }
        addRaw(
            Self.contactsFile, Array("torn\(index),person,,Thora,,Dunm".utf8), .refused("cut off"), fault: "torn last line")
    }

    private mutating func clean(_ index: Int) -> DirtyRow { dice.happens(30) ? company(index) : person(index) }

    private mutating func person(_ index: Int) -> DirtyRow {
        let (first, last) = (dice.pick(Self.first), dice.pick(Self.last))
        let email = "p\(index)@mail.example"
        return DirtyRow(
            row: [
                "kind": "person", "first_name": first, "last_name": last, "email": email,
                "mobile_phone": "303-555-01\(10 + index % 90)",
                "address": "\(100 + index) Pika Ct", "city": "Boulder", "state": "CO", "zip": "80304", "active": "true",
                "created_on": "2012-05-04",
            ],
            truth: .init(
                name: "\(first) \(last)", emails: [email], createdOn: CivilDate(year: 2012, month: 5, day: 4), city: "Boulder",
                phones: 1))
    }

    private mutating func company(_ index: Int) -> DirtyRow {
        let name = "Copperleaf \(index) \(dice.pick(Self.trades))"
        let email = "hello@firm\(index).example"
        return DirtyRow(
            row: [
                "kind": "company", "company_name": name, "email": email, "business_phone": "720-555-01\(10 + index % 90)",
                "address": "\(index) Basalt Ave", "city": "Boulder", "state": "CO", "zip": "80301", "active": "yes",
            ],
            truth: .init(isCompany: true, name: name, emails: [email], city: "Boulder", phones: 1))
    }

    private mutating func put(_ id: String, _ contact: DirtyRow, fault: String? = nil) {
        var row = contact.row
        row["contact_id"] = row["contact_id"] ?? id
        add(Self.contactsFile, Self.contactColumns, row, contact.fate, repaired: contact.repaired, fault: fault)
        guard case .imported = contact.fate else { return }
        truth.contacts[id] = contact.truth
        truth.contactOrder.append(id)
    }

    /// A person with one thing wrong.
    private mutating func put(_ index: Int, _ fault: String, _ repaired: String..., change: (inout DirtyRow) -> Void) {
        var contact = person(index)
        contact.repaired = repaired
        change(&contact)
        put("c\(index)", contact, fault: fault)
    }

    private mutating func refuse(_ index: Int, _ fault: String, _ reason: String, change: (inout DirtyRow) -> Void) {
        put(index, fault) { contact in
            contact.fate = .refused(reason)
            change(&contact)
        }
    }

    private mutating func fault(_ index: Int) {
        let filler = dice.pick(["1900-01-01", "5026-05-05", "2035-01-01"])
        let misspelled = dice.pick(["BOUDER", "Buolder", "Boulde"])
        switch dice.below(40) {
        case 0: put(index, "email in capitals") { $0.row["email"] = "P\(index)@Mail.Example" }
        case 1: put(index, "mailto", "email") { $0.row["email"] = "mailto:p\(index)@mail.example" }
        case 2: put(index, "trailing dot", "email") { $0.row["email"] = "p\(index)@mail.example." }
        case 3: put(index, "spaces in email", "email") { $0.row["email"] = "p\(index) @ mail.example" }
        case 4:
            put(index, "two emails", "email") {
                $0.row["email"] = "p\(index)@mail.example; q\(index)@mail.example"
                $0.truth.emails.append("q\(index)@mail.example")
            }
        case 5: shared(index, 2)
        case 6: shared(index, 3)
        case 7:
            put(index, "info mailbox") {
                $0.row["email"] = "info@desk\(index).example"
                $0.truth.emails = ["info@desk\(index).example"]
            }
        case 8:
            put(index, "inactive") {
                $0.row["active"] = "0"
                $0.truth.isActive = false
            }
        case 9:
            put(index, "capitals") {
                $0.row["last_name"] = "FENNIMORE"
                $0.row["first_name"] = "TAMSIN"
                $0.truth.name = "TAMSIN FENNIMORE"
            }
        case 10: put(index, "no-break space", "last_name") { Self.named(&$0, "Van\u{A0}der  Meer", "Van der Meer") }
        case 11: put(index, "right-to-left override", "last_name") { Self.named(&$0, "Yar\u{202E}row", "Yarrow") }
        case 12: put(index, "zero width", "email") { $0.row["email"] = "p\(index)@mail\u{200B}.example" }
        case 13: put(index, "formula", "last_name") { Self.named(&$0, "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0") }
        case 14: put(index, "script", "last_name") { Self.named(&$0, "<script>alert(1)</script>", "<script>alert(1)</script>") }
        case 15: put(index, "day of month first", "created_on") { Self.dated(&$0, "31/12/2014", nil) }
        case 16:
            put(index, "American day", "created_on") { Self.dated(&$0, "3/19/2014", CivilDate(year: 2014, month: 3, day: 19)) }
        case 17: put(index, "two-digit year", "created_on") { Self.dated(&$0, "3/4/15", CivilDate(year: 2015, month: 3, day: 4)) }
        case 18: put(index, "filler day", "created_on") { Self.dated(&$0, filler, nil) }
        case 19: put(index, "no such day", "created_on") { Self.dated(&$0, "2014-02-30", nil) }
        case 20:
            put(index, "phone in words", "mobile_phone") {
                $0.row["mobile_phone"] = "call office"
                $0.truth.phones = 0
            }
        case 21:
            put(index, "shortened phone", "mobile_phone") {
                $0.row["mobile_phone"] = "3.03556E+09"
                $0.truth.phones = 0
            }
        case 22: put(index, "two phones", "mobile_phone") { $0.row["mobile_phone"] = "303-555-0144 / 303-555-0145" }
        case 23:
            put(index, "email and phone exchanged", "email", "mobile_phone") {
                ($0.row["email"], $0.row["mobile_phone"]) = ("303-555-0144", "p\(index)@mail.example")
            }
        case 24: put(index, "state and zip exchanged", "state", "zip") { ($0.row["state"], $0.row["zip"]) = ("80304", "CO") }
        case 25: put(index, "misspelled city", "city") { $0.row["city"] = misspelled }
        case 26: refuse(index, "unknown kind", "person or company") { $0.row["kind"] = "persn" }
        case 27: put(index, "no kind", "kind") { $0.row["kind"] = "" }
        case 28: refuse(index, "no name", "neither a company") { ($0.row["first_name"], $0.row["last_name"]) = ("", "") }
        case 29: refuse(index, "no id", "no contact_id") { $0.row["contact_id"] = " " }
        case 30: duplicate(index)
        case 31: placeholder(index)
        case 32: family(index)
        case 33: put(index, "no email address", "email") { Self.unreachable(&$0) }
        case 34: odd(index)
        default: more(index)
        }
    }

    private static func named(_ contact: inout DirtyRow, _ typed: String, _ kept: String) {
        contact.row["last_name"] = typed
        contact.truth.name = "\(contact.row["first_name"] ?? "") \(kept)"
    }

    private static func dated(_ contact: inout DirtyRow, _ typed: String, _ day: CivilDate?) {
        contact.row["created_on"] = typed
        contact.truth.createdOn = day
    }

    private static func unreachable(_ contact: inout DirtyRow) {
        contact.row["email"] = "wanda at mail"
        contact.truth.emails = []
    }

    /// Several people with one mailbox.
    private mutating func shared(_ index: Int, _ count: Int) {
        let email = "family\(index)@mail.example"
        for number in 0..<count {
            var contact = person(index)
            contact.row["email"] = email
            contact.truth.emails = [email]
            put("c\(index)s\(number)", contact, fault: "\(count) people with one mailbox")
        }
    }

    private mutating func duplicate(_ index: Int) {
        put("c\(index)", person(index))
        var again = person(index)
        again.row["contact_id"] = "c\(index)"
        again.fate = .refused("already")
        put("c\(index)", again, fault: "duplicate id")
    }

    private mutating func placeholder(_ index: Int) {
        var note = company(index)
        note.row["company_name"] = "Contractor of Record Not Designated"
        note.fate = .refused("is a note, not a company")
        put("c\(index)", note, fault: "placeholder")
        placeholders.append("c\(index)")
    }

    /// A company, its branch with the same mailbox, somebody who works there with it too.
    private mutating func family(_ index: Int) {
        let head = company(index)
        let email = head.truth.emails[0]
        put("c\(index)", head)
        var branch = company(index)
        branch.row["company_name"] = "Copperleaf \(index) North"
        branch.row["parent_contact_id"] = "c\(index)"
        branch.truth.name = "Copperleaf \(index) North"
        branch.truth.hasParent = true
        put("c\(index)b", branch, fault: "branch with its company's mailbox")
        guard dice.happens(50) else { return }
        var member = person(index)
        member.row["email"] = email
        member.truth.emails = [email]
        put("c\(index)m", member, fault: "employee with the company's mailbox")
    }
}
