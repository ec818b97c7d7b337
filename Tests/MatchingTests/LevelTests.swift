@testable import Matching
import Testing

@Suite struct LevelTests {
    /// The levels of two contacts made from a common one.
    private func levels(_ one: (inout MatchContact) -> Void, _ two: (inout MatchContact) -> Void) -> MatchLevels {
        var builder = MatchRecordsBuilder()
        for number in 0..<2 {
            var contact = MatchContact(id: "\(number)")
            contact.lastName = "Quimby"
            if number == 0 { one(&contact) } else { two(&contact) }
            builder.add(contact)
        }
        var comparison = FieldComparison(builder.finish())
        return comparison.compare(0, 1).levels
    }

    @Test(
        "First names",
        arguments: [
            ("Robert", "robert", MatchLevel.same), ("José", "Jose", .same), ("Bob", "Robert", .related),
            ("R.", "Robert", .related),
            ("Mary", "Mary Ann", .related), ("Jennifer", "Jennfier", .near), ("Rosa", "Wilhelm", .different),
            ("", "Robert", .missing),
        ])
    func firstNames(_ a: String, _ b: String, _ level: MatchLevel) {
        #expect(
            levels {
                $0.firstName = a
            } _: {
                $0.firstName = b
            }[.firstName] == level)
    }

    @Test("Names in each other's place, streets and units in each other's place")
    func crossed() {
        let names = levels {
            ($0.firstName, $0.lastName) = ("Mitchell", "Green")
        } _: {
            ($0.firstName, $0.lastName) = ("Green", "Mitchell")
        }
        #expect(names[.firstName] == .same && names[.lastName] == .same && names.namesCrossed)
        let places = levels {
            ($0.address, $0.unit) = ("7 wallaby place", "delmar")
        } _: {
            ($0.address, $0.unit) = ("7 delmar", "wallaby place")
        }
        #expect(places[.street] == .same && places[.unit] == .same && places[.number] == .same)
    }

    @Test("A double last name holds both of its parts")
    func doubleNames() {
        #expect(
            levels {
                $0.lastName = "García López"
            } _: {
                $0.lastName = "Garcia"
            }[.lastName] == .related)
        #expect(
            levels {
                $0.lastName = "García-López"
            } _: {
                $0.lastName = "Garcia Lopez"
            }[.lastName] == .same)
    }

    @Test("Companies: the core, a trade name")
    func companies() {
        func level(_ a: String, _ b: String) -> MatchLevel {
            levels {
                ($0.lastName, $0.companyName) = ("", a)
            } _: {
                ($0.lastName, $0.companyName) = ("", b)
            }[.companyName]
        }
        #expect(level("Front Range Electric LLC", "The Front Range Electric") == .same)
        #expect(level("Peak Holdings dba Summit Plumbing", "Summit Plumbing LLC") == .related)
        #expect(level("Front Range Electric", "Frnt Range Electric") == .near)
        #expect(level("Front Range Electric", "Juniper Homes") == .different)
    }

    @Test("Emails and phones: any of one side with any of the other")
    func reach() {
        func email(_ a: [String], _ b: [String]) -> MatchLevel {
            levels {
                $0.emails = a
            } _: {
                $0.emails = b
            }[.email]
        }
        #expect(email(["a@x.example", "Rosa@Q.example"], ["rosa@q.example"]) == .same)
        #expect(email(["info@q.example"], ["info@q.example"]) == .related)
        #expect(email(["rosa@q.example"], ["rsoa@q.example"]) == .near)
        #expect(email(["rosa@q.example"], ["wilhelm@q.example"]) == .like)
        #expect(email(["rosa@gmail.com"], ["wilhelm@gmail.com"]) == .different)
        #expect(email(["rosa@q.example"], ["nothing"]) == .missing)
        func phone(_ a: [String], _ b: [String]) -> MatchLevel {
            levels {
                $0.phones = a
            } _: {
                $0.phones = b
            }[.phone]
        }
        #expect(phone(["720-555-0100", "(303) 555-0142"], ["13035550142"]) == .same)
        #expect(phone(["303-555-0142"], ["303-555-0143"]) == .near)
        #expect(phone(["000-000-0000"], ["000-000-0000"]) == .missing)
    }

    @Test("A mailbox that three people have is shared")
    func shared() {
        var builder = MatchRecordsBuilder()
        for (index, first) in ["Rosa", "Otto", "Wanda"].enumerated() {
            var contact = MatchContact(id: "\(index)")
            (contact.firstName, contact.emails) = (first, ["crew@q.example"])
            builder.add(contact)
        }
        var comparison = FieldComparison(builder.finish())
        #expect(comparison.compare(0, 1).levels[.email] == .related)
    }

    @Test("Numbers and ZIP codes: equal, one slip, or different")
    func numbers() {
        func level(_ a: String, _ b: String) -> MatchLevel {
            levels {
                $0.address = "\(a) Aspen Way"
            } _: {
                $0.address = "\(b) Aspen Way"
            }[.number]
        }
        #expect(level("1234", "1234") == .same)
        #expect(level("1234", "1324") == .near)
        #expect(level("1234", "987") == .different)
        #expect(
            levels {
                $0.zip = "80301-1234"
            } _: {
                $0.zip = "80301"
            }[.zip] == .same)
    }
}
