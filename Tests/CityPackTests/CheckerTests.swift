import CityPack
import Foundation
import Testing

/// One thing wrong in a good pack gives one problem, at its file and line, in words that say what to do (D2).
@Suite struct CheckerTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        var after = ""
        /// Lines below the change where the problem is reported.
        var below = 0
        let message: String
        var testDescription: String { "\(file): \(message)" }
    }

    static let mistakes = [
        // A key is missing: reported where the thing that lacks it begins.
        Mistake(
            file: "statuses.yaml", old: "    bucket: active\n", new: "", after: "- key: issued", below: -5,
            message: #"status "issued" has no "bucket""#),
        Mistake(
            file: "statuses.yaml", old: "    blds: Fees/Payment\n", new: "", after: "- key: payment-pending", below: -3,
            message: #"status "payment-pending" has no "blds""#),
        Mistake(
            file: "statuses.yaml", old: "    turn: applicant\n", new: "", after: "- key: payment-pending", below: -5,
            message: #"status "payment-pending" has no "turn""#),
        Mistake(
            file: "statuses.yaml", old: "- key: void\n    name", new: "- name",
            message: #"this status has no "key""#),
        Mistake(
            file: "city.yaml", old: "department: \"Planning & Development Services\"\n", new: "", below: -3,
            message: #"this file has no "department""#),
        Mistake(
            file: "case-types.yaml", old: "    prefix: MEC\n", new: "", after: "- key: mechanical\n", below: -3,
            message: #"case type "mechanical" has no "prefix""#),
        Mistake(
            file: "contact-types.yaml", old: "    licenses: []\n", new: "", below: -3,
            message: #"contact type "applicant" has no "licenses""#),
        Mistake(
            file: "fields.yaml", old: "name: notes, visibility: staff, ", new: "name: notes, ",
            message: #"field "notes" has no "visibility""#),

        // A key or a word is misspelled: reported once, where it stands.
        Mistake(
            file: "statuses.yaml", old: "      license:\n", new: "      licens:\n", after: "- key: issued",
            message: #""next_by_module" of status "issued" has an unknown key "licens"; did you mean "license"?"#),
        Mistake(
            file: "statuses.yaml", old: "bucket: pending", new: "buckt: pending",
            message: #"status "received" has an unknown key "buckt"; did you mean "bucket"?"#),
        Mistake(
            file: "city.yaml", old: "time_zone:", new: "timezone:",
            message: #"this file has an unknown key "timezone"; did you mean "time_zone"?"#),
        Mistake(
            file: "city.yaml", old: "sample: true", new: "smaple: true", after: "email",
            message: #""email" of this file has an unknown key "smaple"; did you mean "sample"?"#),
        Mistake(
            file: "statuses.yaml", old: "bucket: pending", new: "bucket: pendng",
            message: #""bucket" of status "received" cannot be "pendng"; did you mean "pending"?"#),
        Mistake(
            file: "statuses.yaml", old: "blds: Permit Issued", new: "blds: Permit Isued",
            message: #""blds" of status "issued" cannot be "Permit Isued"; did you mean "Permit Issued"?"#),
        Mistake(
            file: "statuses.yaml", old: "turn: city", new: "turn: everybody",
            message: #""turn" of status "received" cannot be "everybody"; it can be applicant, city, nobody"#),
        Mistake(
            file: "case-types.yaml", old: "module: plan", new: "module: plans",
            message: #""module" of case type "land-use-review" cannot be "plans"; did you mean "plan"?"#),
        Mistake(
            file: "case-types.yaml", old: "contractor-plumbing", new: "contractor-plumbng", after: "prefix: PLB",
            message:
                #""contact_types" of case type "plumbing" cannot be "contractor-plumbng"; did you mean "contractor-plumbing"?"#),
        Mistake(
            file: "case-types.yaml", old: "addition, remodel", new: "adition, remodel", after: "prefix: BLD-SFD",
            message:
                #""work_classes" of case type "building-single-family-detached" cannot be "adition"; did you mean "addition"?"#),
        Mistake(
            file: "contact-types.yaml", old: "[view, bill]", new: "[view, bil]",
            message: #""rights" of contact type "contact" cannot be "bil"; did you mean "bill"?"#),
        Mistake(
            file: "fields.yaml", old: "visibility: public", new: "visibility: pubic",
            message: #""visibility" of field "number" cannot be "pubic"; did you mean "public"?"#),
        Mistake(
            file: "modules.yaml", old: "open: true", new: "open: yes",
            message: #""open" of module "permit" cannot be "yes"; it can be true, false"#),
        Mistake(
            file: "contact-types.yaml", old: "[electrical-contractor]", new: "[electrical-contracter]",
            message:
                #""licenses" of contact type "contractor-electrical" cannot be "electrical-contracter"; did you mean "electrical-contractor"?"#
        ),
        Mistake(
            file: "topics.yaml", old: "department: planning", new: "department: planing",
            message: #""department" of topic "case-access" cannot be "planing"; did you mean "planning"?"#),
        Mistake(
            file: "topics.yaml", old: "role: intake", new: "role: intakes",
            message: #""role" of topic "permit-question" cannot be "intakes"; did you mean "intake"?"#),
        Mistake(
            file: "macros.yaml", old: "[case-access,", new: "[case-acess,",
            message: #""topics" of macro "register-first" cannot be "case-acess"; did you mean "case-access"?"#),

        // How a status is reached.
        Mistake(
            file: "statuses.yaml", old: "    after: [issued]\n", new: "", after: "- key: letter-of-completion", below: -2,
            message: #"status "letter-of-completion" does not say how it is reached: give "start: true" or "after""#),
        Mistake(
            file: "statuses.yaml", old: "after: [issued]", new: "after: [letter-of-completion]",
            message: #""after" of status "letter-of-completion" names itself"#),
        Mistake(
            file: "statuses.yaml", old: "    start: true\n", new: "", after: "- key: received-online", below: -2,
            message: #"status "received-online" does not say how it is reached: give "start: true" or "after""#),
        Mistake(
            file: "statuses.yaml", old: "after: [in-review]", new: "after: [in-reveiw]",
            message: #""after" of status "revisions-resubmit" cannot be "in-reveiw"; did you mean "in-review"?"#),

        // Placeholders.
        Mistake(
            file: "macros.yaml", old: "Hello {name}", new: "Hello {nam}",
            message: #""text" of macro "register-first" has a placeholder {nam} that nothing fills; did you mean "name"?"#),
        Mistake(
            file: "macros.yaml", old: "Hola {name}", new: "Hola",
            message: #""text" of macro "register-first" has no {name} in its Spanish"#),

        // Both languages, everywhere.
        Mistake(
            file: "statuses.yaml", old: ", es: \"Emitido\"", new: "",
            message: #""name" of status "issued" has no Spanish ("es")"#),
        Mistake(
            file: "contact-types.yaml", old: "es: \"Un", new: "sp: \"Un", after: "- key: contact\n",
            message: #""example" of contact type "contact" has an unknown language "sp"; did you mean "es"?"#),
        Mistake(
            file: "case-types.yaml", old: "es: \"Ampliación\"", new: "es: \"\"",
            message: #""name" of work class "addition" is empty in "es""#),
        Mistake(
            file: "case-types.yaml", old: "{ en: \"New\", es: \"Nuevo\" }", new: "New",
            message: #""name" of work class "new" must have both languages: { en: …, es: … }"#),

        // Values of the wrong kind.
        Mistake(
            file: "city.yaml", old: "2018-04-09", new: "2018-04-31",
            message: #""cut_over" must be a day that exists, as 2018-04-09; "2018-04-31" is not"#),
        Mistake(
            file: "city.yaml", old: "2026-11-26", new: "11/26/2026",
            message: #"a holiday's date must be a day that exists, as 2018-04-09; "11/26/2026" is not"#),
        Mistake(
            file: "city.yaml", old: "303-441-4088", new: "441-4088",
            message: #""inspection_line" of the city must look like 303-441-1880; "441-4088" does not"#),
        Mistake(
            file: "city.yaml", old: "America/Denver", new: "America/Denvr",
            message: #""America/Denvr" is not a time zone; did you mean "America/Denver"?"#),
        Mistake(
            file: "city.yaml", old: "response_working_days: 3", new: "response_working_days: three",
            message: #""response_working_days" of the city must be a whole number from 1 to 60"#),
        Mistake(
            file: "city.yaml", old: "#11524a", new: "#7fd0c1",
            message: "white text on #7fd0c1 has contrast 1.7 to 1; choose a darker color, 4.5 or more"),
        Mistake(
            file: "city.yaml", old: "sample: true", new: "sample: false", after: "email",
            message: #""sample" of "email" of this file can only be true; leave it out otherwise"#),
        Mistake(
            file: "case-types.yaml", old: "prefix: ELE", new: "prefix: Elec",
            message: #""prefix" of case type "electrical" must look like ELE or BLD-SFD; "Elec" does not"#),
        Mistake(
            file: "statuses.yaml", old: "[\"Void\"]", new: "Void",
            message: #""import_names" of status "void" must be a list: [ …, … ]"#),
        Mistake(
            file: "contact-types.yaml", old: "[view, bill]", new: "[bill]",
            message: #""rights" of contact type "contact" must include view: nobody can act on a case without seeing it"#),
        Mistake(
            file: "fields.yaml", old: "name: parcel", new: "name: Parcel",
            message: #""name" of field "Parcel" must be small letters, digits, "-" and "_", a letter first"#),
    ]

    @Test(arguments: mistakes)
    func isReportedOnceAtItsLine(_ mistake: Mistake) throws {
        let (files, line) = try Boulder.changing(mistake.file, mistake.old, to: mistake.new, after: mistake.after)
        #expect(
            Boulder.problems(files) == [
                PackProblem(file: mistake.file, line: line + mistake.below, message: mistake.message)
            ])
    }

    @Test func duplicatesPointToTheFirst() throws {
        let pairs = [
            ("statuses.yaml", "key: closed", "key: void", "status \"void\" stands already on line"),
            (
                "statuses.yaml", "[\"Withdrawn\"]", "[\"void\"]",
                "import name \"void\" of status \"withdrawn\" stands already on line"
            ),
            (
                "case-types.yaml", "prefix: MEC", "prefix: ELE",
                "prefix \"ELE\" of case type \"mechanical\" stands already on line"
            ),
            ("fields.yaml", "name: unit", "name: address", "field \"address\" stands already on line"),
            ("city.yaml", "2027-01-01", "2026-01-01", "2026-01-01 is a holiday already on line"),
        ]
        for (file, old, new, message) in pairs {
            let (files, line) = try Boulder.changing(file, old, to: new)
            let problems = Boulder.problems(files)
            #expect(problems.count == 1 && problems[0].file == file, "\(problems)")
            #expect(problems.first?.message.hasPrefix(message) == true, "\(problems)")
            if new != "key: void" { #expect(problems.first?.line == line) }
        }
    }

    @Test("C2 A permit card gives no more than its contact type, and one contact type says what")
    func cards() throws {
        let words = "must include view and nothing that \"rights\" does not have"
        for rights in ["[bill]", "[view, act]"] {
            let (files, line) = try Boulder.changing(
                "contact-types.yaml", "card_rights: { value: [view], sample: true }", to: "card_rights: \(rights)")
            let problems = Boulder.problems(files)
            #expect(problems.map(\.line) == [line] && problems.allSatisfy { $0.message.contains(words) }, "\(problems)")
        }
        let twice = try Boulder.changing(
            "contact-types.yaml", "rights: { value: [view, act, bill, request_inspection], sample: true }",
            to: "rights: { value: [view, act, bill, request_inspection], sample: true }\n    card_rights: [view]")
        #expect(Boulder.problems(twice.files).map(\.message).filter { $0.contains("one contact type has them") }.count == 1)
    }

    @Test func whatNobodyCanChooseIsReported() throws {
        let (files, _) = try Boulder.changing(
            "case-types.yaml", "contractor-fire]", to: "contractor-general]", after: "prefix: FIR")
        var text = try #require(files["case-types.yaml"])
        text = text.replacingOccurrences(of: "contractor-fire, ", with: "").replacingOccurrences(of: "contractor-fire,", with: "")
        let problems = Boulder.problems(files.merging(["case-types.yaml": text]) { $1 })
        #expect(problems.map(\.message) == ["no case type offers contact type \"contractor-fire\""])

        let unused = try Boulder.changing("case-types.yaml", ", temporary-power]", to: "]").files
        #expect(Boulder.problems(unused).map(\.message) == ["no case type uses work class \"temporary-power\""])
    }

    @Test func allProblemsOfAllFilesAreReported() throws {
        var files = try Boulder.changing("statuses.yaml", "bucket: pending", to: "bucket: pendng").files
        files["city.yaml"] = files["city.yaml"]?.replacingOccurrences(of: "cut_over: 2018-04-09", with: "cut_over: soon")
        files["city.yaml"] = files["city.yaml"]?.replacingOccurrences(of: "phone: 303-441-1880", with: "phone: 911")
        files["fields.yaml"] = nil
        files["statuse.yaml"] = "statuses: []"
        let problems = Boulder.problems(files)
        #expect(problems.map(\.file) == ["city.yaml", "city.yaml", "fields.yaml", "statuse.yaml", "statuses.yaml"])
        #expect(problems.map(\.description).contains("fields.yaml:1: this file is missing"))
        #expect(
            problems.map(\.description).contains(
                "statuse.yaml:1: nothing reads this file; did you mean \"statuses.yaml\"?"))
    }

    @Test func aFolderThatIsNotThereIsReported() {
        let problems = CityPack.check(directory: "/nowhere/at/all")
        #expect(problems.map(\.message) == ["this folder cannot be read; check the path and that you may read it"])
    }

    @Test func filesAreReadFromTheFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in try Boulder.files() { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        #expect(CityPack.check(directory: folder.path) == [])
        try Data([0x61, 0xFF, 0xFE]).write(to: folder.appendingPathComponent("city.yaml"))
        #expect(CityPack.check(directory: folder.path).map(\.description) == ["city.yaml:1: this file is not UTF-8 text"])
    }
}
