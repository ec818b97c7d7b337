import Foundation
import Primitives

extension DirtyExport {
    private static let usersFile = "portal_users.csv"
    private static let userColumns = ["user_id", "email", "contact_id", "last_sign_in"]
    private static let casesFile = "cases.csv"
    private static let caseColumns = [
        "case_number", "module", "type", "work_class", "status", "description", "applied", "issued", "expires", "finalized",
        "address", "unit", "city", "state", "zip", "parcel", "parent_case_number", "valuation", "project",
    ]

    mutating func makeUsers() {
        begin(Self.usersFile, Self.userColumns)
        var number = 0
        for id in truth.contactOrder where dice.happens(60) {
            guard let email = truth.contacts[id]?.emails.first else { continue }
            number += 1
            var row = ["user_id": "\(number)", "email": email, "contact_id": id, "last_sign_in": "2018-03-01"]
            switch dice.below(40) {
            case 0:
                row["email"] = "mailto:\(email)"
                add(Self.usersFile, Self.userColumns, row, repaired: ["email"], fault: "mailto in a user")
            case 1:
                row["email"] = "no address"
                add(Self.usersFile, Self.userColumns, row, .refused("is not an email address"), fault: "user without email")
            case 2:
                row["contact_id"] = "gone"
                add(Self.usersFile, Self.userColumns, row, repaired: ["contact_id"], fault: "user of nobody")
            case 3 where number > 1:
                row["user_id"] = "1"
                add(Self.usersFile, Self.userColumns, row, .refused("already"), fault: "duplicate user")
            default: add(Self.usersFile, Self.userColumns, row)
            }
        }
    }

    mutating func makeCases(_ count: Int) {
        begin(Self.casesFile, Self.caseColumns)
        for index in 1...max(1, count / 2) {
            let number = "ELE\(2010 + index % 9)-\(padded(index, 5))"
            let row = [
                "case_number": number, "module": "permit", "type": "Electrical Permit", "work_class": "Electrical Permit",
                "status": "Issued", "applied": "2015-02-03", "issued": "2015-02-20", "address": "\(index) Pika Ct",
                "city": "Boulder", "state": "CO", "zip": "80304", "parcel": "1577\(padded(index, 8))", "valuation": "1200.50",
            ]
            let truth = DirtyTruth.Case(
                applied: CivilDate(year: 2015, month: 2, day: 3), parcel: "1577\(padded(index, 8))")
            if dice.happens(75) { put(number, row, truth) } else { fault(index, number, row, truth) }
        }
    }

    private mutating func put(
        _ number: String, _ row: [String: String], _ kept: DirtyTruth.Case, repaired: [String] = [], fault: String? = nil
    ) {
        add(Self.casesFile, Self.caseColumns, row, repaired: repaired, fault: fault)
        truth.cases[number] = kept
        caseOrder.append(number)
    }

    private mutating func fault(_ index: Int, _ number: String, _ row: [String: String], _ kept: DirtyTruth.Case) {
        var (row, kept) = (row, kept)
        func refuse(_ column: String, _ value: String, _ reason: String, _ fault: String, _ export: inout DirtyExport) {
            row[column] = value
            export.add(Self.casesFile, Self.caseColumns, row, .refused(reason), fault: fault)
            export.refusedCases.append(number)
        }
        switch dice.below(15) {
        case 0: refuse("status", "Lost", "no status called", "unknown status", &self)
        case 1: refuse("type", "Elektrical Permit", "did you mean", "unknown type", &self)
        case 2: refuse("work_class", "Juggling", "no kind of work", "unknown kind of work", &self)
        case 3: refuse("status", "", "no status", "no status", &self)
        case 4:
            row["case_number"] = "?? \(index)"
            add(Self.casesFile, Self.caseColumns, row, .refused("cannot be a case number"), fault: "impossible number")
        case 5:
            put(number, row, kept)
            add(Self.casesFile, Self.caseColumns, row, .refused("already"), fault: "duplicate case")
        case 6:
            row["parcel"] = "1.57707E+11"
            kept.parcel = nil
            put(number, row, kept, repaired: ["parcel"], fault: "shortened parcel")
        case 7:
            row["parent_case_number"] = "BLD2001-99999"
            put(number, row, kept, repaired: ["parent_case_number"], fault: "missing parent case")
        case 8: cycle(index, number, row, kept)
        case 9:
            row["applied"] = "2/3/2015"
            put(number, row, kept, repaired: ["applied"], fault: "American day in a case")
        case 10:
            row["module"] = "license"
            put(number, row, kept, repaired: ["module"], fault: "another module")
        case 11:
            row["issued"] = "2031-01-05"
            put(number, row, kept, repaired: ["issued"], fault: "issued in the future")
        case 12:
            row["expires"] = "2035-01-01"
            put(number, row, kept, repaired: ["expires"], fault: "filler expiry")
        case 13:
            row["valuation"] = "about 5k"
            put(number, row, kept, repaired: ["valuation"], fault: "amount in words")
        default: child(number, row, kept)
        }
    }

    /// A case below one that stands before it.
    private mutating func child(_ number: String, _ row: [String: String], _ kept: DirtyTruth.Case) {
        var (row, kept) = (row, kept)
        if let parent = caseOrder.first {
            row["parent_case_number"] = parent
            kept.parent = parent
        }
        put(number, row, kept, fault: "parent case")
    }

    /// Two cases, each below the other.
    private mutating func cycle(_ index: Int, _ number: String, _ row: [String: String], _ kept: DirtyTruth.Case) {
        let other = "BLD\(2010 + index % 9)-\(padded(index, 5))"
        var (one, two) = (row, row)
        one["parent_case_number"] = other
        two["case_number"] = other
        two["parent_case_number"] = number
        put(number, one, kept, repaired: ["parent_case_number"], fault: "cycle of cases")
        put(other, two, kept, repaired: ["parent_case_number"], fault: "cycle of cases")
    }
}
