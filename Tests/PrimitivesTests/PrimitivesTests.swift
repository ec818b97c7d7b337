import Foundation
import Primitives
import Testing

@Suite struct CivilDateTests {
    @Test func `days count over months, leap years and before 1970`() {
        for day in stride(from: -200_000, through: 200_000, by: 37) {
            let date = CivilDate(daysSince1970: day)
            #expect(date.daysSince1970 == day)
            #expect(CivilDate(date.description) == date)
        }
        #expect(CivilDate(year: 2024, month: 2, day: 29).adding(days: 1) == CivilDate(year: 2024, month: 3, day: 1))
    }

    @Test(arguments: ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-1", "2024-01-01T00:00", "", "２０２４-01-01"])
    func `what is no day is refused`(text: String) { #expect(CivilDate(text) == nil) }

    @Test func `American days are read`() {
        #expect(CivilDate(american: "3/19/2021") == CivilDate(year: 2021, month: 3, day: 19))
        #expect(CivilDate(american: "13/1/2021") == nil)
        #expect(CivilDate(american: "1/1/21") == nil)
    }

    @Test func `weekdays follow ISO 8601`() {
        #expect(CivilDate(year: 2026, month: 11, day: 22).weekday == 7)
        #expect(CivilDate(year: 1969, month: 12, day: 29).weekday == 1)
    }
}

@Suite struct CityClockTests {
    /// A moment near midnight is the day before in Denver; the change to summer time moves the hour.
    @Test(arguments: [
        ("2026-07-07T05:30:00Z", "2026-07-06", 23), ("2026-01-01T06:59:00Z", "2025-12-31", 23),
        ("2026-03-08T08:59:00Z", "2026-03-08", 1),
        ("2026-03-08T09:00:00Z", "2026-03-08", 3),
    ])
    func `the city's day and hour`(utc: String, day: String, hour: Int) throws {
        let instant = try #require(Instant(utc))
        let clock = try #require(CityClock(zone: "America/Denver", clock: Clock { instant }))
        #expect(clock.today == CivilDate(day))
        #expect(clock.local(instant).hour == hour)
    }

    @Test func `a day begins at its own midnight, also when clocks change`() throws {
        let clock = try #require(CityClock(zone: "America/Denver", clock: .system))
        #expect(clock.start(of: CivilDate(year: 2026, month: 3, day: 8)) == Instant("2026-03-08T07:00:00Z"))
        #expect(clock.start(of: CivilDate(year: 2026, month: 3, day: 9)) == Instant("2026-03-09T06:00:00Z"))
    }

    @Test func `a demo city's clock starts elsewhere and runs on`() throws {
        let start = try #require(Instant("2026-07-06T15:30:00Z"))
        let clock = try #require(CityClock(zone: "America/Denver", clock: Clock { Instant(seconds: 1000) }, demoStart: start))
        #expect(clock.now == start)
    }

    @Test func `an unknown zone is refused`() { #expect(CityClock(zone: "America/Bolder", clock: .system) == nil) }
}

@Suite struct MoneyTests {
    @Test(arguments: [("0", 0), ("6200", 620_000), ("$1,234.50", 123_450), ("2932.15", 293_215), ("-3.5", -350), (".5", 50)])
    func `amounts are read to the cent`(text: String, cents: Int64) { #expect(Money(text) == Money(cents: cents)) }

    @Test(arguments: ["", ".", "1.234", "abc", "1.2.3", "99999999999999999999"])
    func `what is no amount is refused`(text: String) { #expect(Money(text) == nil) }

    @Test func `amounts are written with groups and cents`() {
        #expect(Money(cents: 128_420).description == "$1,284.20")
        #expect(Money(cents: -5).description == "−$0.05")
    }
}

@Suite struct FoldingTests {
    @Test func `one mailbox is one address however it is typed`() {
        let folded = FoldedEmail("rosa.martinez@example.org")
        for typed in [" Rosa.Martinez@Example.org ", "ROSA.MARTINEZ@EXAMPLE.ORG", "ｒosa.martinez@example.org"] {
            #expect(FoldedEmail(typed) == folded)
        }
        #expect(FoldedEmail("rosamartinez@example.org") != folded)
    }

    @Test(arguments: ["", "a", "a@", "@b.c", "a@b", "a b@c.d", "a@@b.c", "a@b.c.", "a@.c", "a\n@b.c", "<a@b.c>", "a,b@c.d"])
    func `what cannot be an address is refused`(typed: String) { #expect(FoldedEmail(typed) == nil) }

    @Test func `search ignores case, accents and punctuation`() {
        #expect(foldedForSearch("  MARTÍNEZ, Rosa-Lucía (O'Brien) ") == "martinez rosa lucia obrien")
        #expect(foldedForSearch("SAVE HOME HEAT CO, INC") == "save home heat co inc")
    }

    @Test func `text from outside loses what could deceive`() {
        #expect(tidied("  Anna\u{202E}  \u{0007} Smith\t\n") == "Anna Smith")
        #expect(
            tidied("one \r\n two", keepingLines: true) == "one\ntwo" || tidied("one \r\n two", keepingLines: true) == "one\n two")
    }
}

@Suite struct CSVTests {
    private func records(_ text: String) throws -> [[String]] {
        var reader = try CSVReader(text: text)
        var rows: [[String]] = []
        while let record = reader.next() { rows.append(record.fields) }
        return rows
    }

    @Test func `quotes, line breaks in fields, a byte order mark and any line ending`() throws {
        let text = "\u{FEFF}a,b\r\n1,\"two\nlines\"\n\"say \"\"hi\"\"\",\r3,4"
        #expect(try records(text) == [["1", "two\nlines"], ["say \"hi\"", ""], ["3", "4"]])
    }

    @Test func `rows count records, not lines`() throws {
        var reader = try CSVReader(text: "a\n\"x\ny\"\nz\n")
        #expect(reader.next()?.number == 1)
        let next = reader.next()
        let second = try #require(next)
        #expect(second.number == 2 && second.line == 4 && second["a"] == "z" && second["nothing"] == "")
    }

    @Test func `a file without a header or with a column twice is refused`() {
        #expect(throws: CSVReader.Problem.self) { try CSVReader(text: "") }
        #expect(throws: CSVReader.Problem.self) { try CSVReader(text: "a,a\n") }
    }

    @Test func `what a spreadsheet would run is written as text`() throws {
        let line = CSVWriter.line(["=1+1", "-5", "@x", "a,b", "line\nbreak", "quote\""])
        #expect(try records("1,2,3,4,5,6\r\n" + line) == [["'=1+1", "-5", "'@x", "a,b", "line\nbreak", "quote\""]])
    }

    /// Any table survives being written and read.
    @Test func `writing and reading are inverse`() throws {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("ab,\"\n\r é")
        for _ in 0..<300 {
            let row = (0..<4).map { _ in
                "x"
                    + String(
                        (0..<Int.random(in: 0..<8, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "a"
                        })
            }
            #expect(try records("a,b,c,d\r\n" + CSVWriter.line(row)) == [row])
        }
    }
}

@Suite struct JSONTests {
    @Test func `the same value has the same text and reads back`() {
        let value: JSON = ["b": [1, "two", nil, true], "a": ["é\n\"\\": "\u{1}"]]
        #expect(value.description == "{\"a\":{\"é\\n\\\"\\\\\":\"\\u0001\"},\"b\":[1,\"two\",null,true]}")
        #expect(JSON(parsing: value.description) == value)
        #expect(JSON(parsing: value.pretty) == value)
        #expect(JSON(parsing: "{") == nil)
    }
}

@Suite struct IdentifierTests {
    @Test func `outside names are UUIDs of version 7 and sort by time`() throws {
        let early = PublicID(at: Instant(seconds: 1_700_000_000), randomness: .system)
        let late = PublicID(at: Instant(seconds: 1_700_000_001), randomness: .system)
        #expect(early.description < late.description)
        #expect(PublicID(early.description) == early)
        #expect(Array(early.description)[14] == "7")
        #expect(PublicID("not-a-uuid") == nil)
    }

    @Test func `tokens carry 160 bits, read back, and never equal`() {
        let tokens = Set((0..<500).map { _ in SecretToken(randomness: .system).text })
        #expect(tokens.count == 500)
        #expect(tokens.allSatisfy { $0.count == 32 && SecretToken(presented: $0) != nil })
        #expect(SecretToken(presented: "short") == nil)
    }
}
