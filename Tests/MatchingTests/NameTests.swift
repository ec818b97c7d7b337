@testable import Matching
import Testing

@Suite struct NameTests {
    @Test("A company's core is its name without the and without its legal form")
    func companies() {
        #expect(companyCore("The Front Range Electric, L.L.C.") == "front range electric")
        #expect(companyCore("Front Range Electric Co., Inc.") == "front range electric")
        #expect(CompanyName("Peak LLC").form == .limitedLiability)
        #expect(CompanyName("Peak Inc").form == .corporation)
        #expect(CompanyName("Peak Company").form == .unstated)
    }

    @Test("A trade name follows d/b/a, however it is written", arguments: ["dba", "d/b/a", "D.B.A.", "doing business as"])
    func trades(_ mark: String) {
        let name = CompanyName("Quimby Holdings LLC \(mark) Summit Plumbing Inc.")
        #expect(name.core == "quimby holdings")
        #expect(name.trade == "summit plumbing")
        #expect(CompanyName("dba Summit").trade == "")
    }

    @Test("Jr and Sr are taken off a name, but a name that is nothing else stays")
    func suffixes() {
        func taken(_ name: String) -> (String, PersonSuffix) {
            var name = name
            let suffix = PersonSuffix.taken(from: &name)
            return (name, suffix)
        }
        #expect(taken("quimby jr") == ("quimby", .junior))
        #expect(taken("de la cruz iii") == ("de la cruz", .third))
        #expect(taken("junior") == ("junior", .none))
        #expect(taken("john v") == ("john v", .none))
    }

    @Test("First names: short forms, initials, slips")
    func firstNames() {
        #expect(FirstNames.likeness("bob", "robert") == .shortForm)
        #expect(FirstNames.likeness("r", "robert") == .shortForm)
        #expect(FirstNames.likeness("rosa", "robert") == .different)
        #expect(FirstNames.likeness("", "robert") == .unknown)
    }

    @Test("Names that two people can have are no slips of each other")
    func twoNames() {
        func isSlip(_ a: String, _ b: String) -> Bool { FirstNames.isSlip(ArraySlice(a.utf8), ArraySlice(b.utf8)) }
        #expect(isSlip("jennifer", "jennfier"))
        for (a, b) in [("mario", "maria"), ("daniel", "danielle"), ("tim", "jim"), ("karen", "daren"), ("kristen", "kristin")] {
            #expect(!isSlip(a, b))
        }
    }

    @Test("A mailbox of several people, a mail service of everybody")
    func mailboxes() {
        #expect(Mailboxes.isSharedByName("permits@summit.example"))
        #expect(!Mailboxes.isSharedByName("rosa@summit.example"))
        #expect(Mailboxes.isPublicProvider(domain: "gmail.com"))
    }

    @Test("Phones are ten digits, whatever stands around them")
    func phones() {
        #expect(localDigits("+1 (303) 555-0142") == "3035550142")
        #expect(localDigits("303.555.0142 x17") == "3035550142")
        #expect(localDigits("555-0142") == "5550142")
    }
}

@Suite struct AddressTests {
    @Test(
        "An address comes apart into number, street and unit",
        arguments: [
            ("77 Aspen Way", "", "77", "aspenway", ""), ("77 N. Aspen Street, Apt 5", "", "77", "naspenst", "5"),
            ("77 North Aspen St. #5", "", "77", "naspenst", "5"), ("77 Aspen Way", "Suite 5", "77", "aspenway", "5"),
            ("P.O. Box 12", "", "12", "pobox", ""), ("22nd Street", "", "", "22ndst", ""),
            ("wallaby place", "delmar", "", "wallabypl", "delmar"),
            ("", "", "", "", ""),
        ])
    func parts(_ address: String, _ unit: String, _ number: String, _ street: String, _ unitPart: String) {
        let parts = AddressParts(address, unit: unit)
        #expect([parts.number, parts.street, parts.unit] == [number, street, unitPart])
    }
}
