import Contacts
import Core
import Database
import Import
import Primitives
import TestSupport
import Testing

/// A small older portal with one of every trap.
struct OldPortal {
    var contacts: [[String: String]] = [
        company("c1", "Copperleaf Electric LLC", "office@copperleaf.example"),
        person(
            "p1", "Tamsin", "Fennimore", "Tamsin@Mail.example",
            ["mobile_phone": "303-555-0144", "address": "18 Pika Ct", "zip": "80304"]),
        person("p2", "Otto", "Amsel", "otto@copperleaf.example", ["parent_contact_id": "c1", "created_on": "2012-05-04"]),
        person("p3", "Edda", "Yarrow", "family@mail.example"),
        person("p4", "Ivo", "Yarrow", "family@mail.example"),
        person("p5", "Thora", "Dunmore", "info@studio.example"),
        person("p6", "Basil", "Novak", "basil@mail.example", ["active": "false"]),
        company("c2", "Basalt Builders Inc", "hello@basalt.example", ["parent_contact_id": "gone"]),
        company("c3", "Contractor of Record Not Designated", ""),
        person("p1", "Somebody", "Else", "else@mail.example"),
        person("", "No", "Key", "nokey@mail.example"),
        ["contact_id": "p7", "kind": "persn", "last_name": "Zamora", "email": "zamora@mail.example"],
        ["contact_id": "p8", "kind": "person", "email": "nameless@mail.example"],
        person("p9", "Wanda", "Ibarra", "wanda at mail"),
    ]
    var users: [[String: String]] = [
        ["user_id": "1", "email": "tamsin@mail.example", "contact_id": "p1", "last_sign_in": "2018-03-01"],
        ["user_id": "2", "email": "OFFICE@copperleaf.example", "contact_id": "c1"],
        ["user_id": "3", "email": "family@mail.example", "contact_id": "p3"],
        ["user_id": "4", "email": "info@studio.example", "contact_id": "p5"],
        ["user_id": "5", "email": "basil@mail.example", "contact_id": "p6"],
        ["user_id": "6", "email": "nobody@mail.example", "contact_id": ""],
        ["user_id": "7", "email": "zamora@mail.example", "contact_id": "p7"],
        ["user_id": "8", "email": "no address", "contact_id": "p9"],
        ["user_id": "1", "email": "again@mail.example", "contact_id": "p1"],
        ["user_id": "9", "email": "otto.private@mail.example", "contact_id": "p2"],
    ]
    var cases: [[String: String]] = [
        aCase("ELE2015-00012", ["parent_case_number": "BLD-SFD2015-00003", "parcel": "1.57707E+11"]),
        aCase(
            "BLD-SFD2015-00003",
            ["type": "Building Permit - Single Family Detached Dwelling", "work_class": "Remodel", "valuation": "120000.50"]),
        aCase("ELE2015-00013", ["status": "Lost"]),
        aCase("ELE2015-00012"),
        aCase("LIC2014-00001", ["module": "permit", "type": "Contractor License", "work_class": "", "issued": "4/1/2014"]),
        aCase("ELE2015-00014", ["parent_case_number": "BLD-SFD2015-99999"]),
    ]
    var parts: [[String: String]] = [
        part("ELE2015-00012", "c1", "Contractor: Electrical", primary: "true"),
        part("ELE2015-00012", "p1", "Property Owner"),
        part("ELE2015-00012", "p1", "Owner"),
        part("BLD-SFD2015-00003", "p1", "Applicant", primary: "true"),
        part("BLD-SFD2015-00003", "p2", "Applicant", primary: "true"),
        part("BLD-SFD2015-00003", "c3", "Contractor: General", primary: "true"),
        part("ELE2015-00013", "p1", "Applicant"),
        part("ELE2015-00014", "p7", "Applicant"),
        part("ELE2015-00014", "p99", "Applicant"),
        part("ELE2015-00014", "p1", "Aplicant"),
    ]

    private static func company(_ id: String, _ name: String, _ email: String, _ more: [String: String] = [:]) -> [String: String]
    {
        ["contact_id": id, "kind": "company", "company_name": name, "email": email, "active": "true"].merging(more) { $1 }
    }
    private static func person(
        _ id: String, _ first: String, _ last: String, _ email: String, _ more: [String: String] = [:]
    ) -> [String: String] {
        ["contact_id": id, "kind": "person", "first_name": first, "last_name": last, "email": email, "active": "true"].merging(
            more
        ) { $1 }
    }
    private static func aCase(_ number: String, _ more: [String: String] = [:]) -> [String: String] {
        [
            "case_number": number, "module": "permit", "type": "Electrical Permit", "work_class": "Electrical Permit",
            "status": "Issued",
            "applied": "2015-02-03", "issued": "2015-02-20", "address": "18 Pika Ct", "city": "Boulder", "state": "CO",
            "zip": "80304",
        ].merging(more) { $1 }
    }
    private static func part(_ number: String, _ contact: String, _ type: String, primary: String = "") -> [String: String] {
        ["case_number": number, "contact_id": contact, "contact_type": type, "primary": primary]
    }

    func write() throws -> String {
        let export = try Export()
        try export.write(
            "contacts.csv",
            columns: [
                "contact_id", "kind", "company_name", "first_name", "middle_name", "last_name", "title", "email", "other_email",
                "business_phone", "home_phone", "mobile_phone", "address", "unit", "city", "state", "zip", "parent_contact_id",
                "active",
                "created_on",
            ], contacts)
        try export.write("portal_users.csv", columns: ["user_id", "email", "contact_id", "last_sign_in"], users)
        try export.write(
            "cases.csv",
            columns: [
                "case_number", "module", "type", "work_class", "status", "description", "applied", "issued", "expires",
                "finalized",
                "address", "unit", "city", "state", "zip", "parcel", "parent_case_number", "valuation", "project",
            ], cases)
        try export.write("case_contacts.csv", columns: ["case_number", "contact_id", "contact_type", "primary"], parts)
        try export.write(
            "invoices.csv",
            columns: ["invoice_number", "case_number", "contact_id", "issued", "due", "total_cents", "paid_cents"],
            [
                [
                    "invoice_number": "1042", "case_number": "ELE2015-00012", "contact_id": "p1", "issued": "2015-02-10",
                    "due": "2015-03-10", "total_cents": "12050", "paid_cents": "0",
                ]
            ])
        try export.write("notes.csv", columns: ["note"], [])
        return export.folder
    }
}
