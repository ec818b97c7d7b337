@testable import Matching
import Testing

@Suite struct TextTests {
    @Test(
        "Jaro-Winkler gives the published values",
        arguments: [
            ("martha", "marhta", 0.961), ("dixon", "dicksonx", 0.813), ("dwayne", "duane", 0.840),
            ("jellyfish", "smellyfish", 0.896),
            ("same", "same", 1), ("abc", "xyz", 0), ("", "a", 0),
        ])
    func jaroWinklerValues(_ a: String, _ b: String, _ expected: Double) {
        #expect(abs(jaroWinkler(a, b) - expected) < 0.001)
        #expect(jaroWinkler(a, b) == jaroWinkler(b, a))
    }

    @Test("Jaro-Winkler looks at 64 bytes and no further")
    func longTexts() {
        let long = String(repeating: "ab", count: 100)
        #expect(jaroWinkler(long, long + "c") == 1)
    }

    @Test("One slip: a letter more, less, another, or two exchanged")
    func typos() {
        #expect(isTypo("quimby", "quimbey"))
        #expect(isTypo("quimby", "qiumby"))
        #expect(!isTypo("quimby", "quimby"))
        #expect(!isTypo("ann", "anna"))
        #expect(!isTypo("front range", "frontier rg"))
        #expect(isOneSlip(Array("12".utf8), Array("21".utf8)))
        #expect(!isOneSlip(Array("123".utf8), Array("321".utf8)))
    }

    @Test("Names that sound alike share a code")
    func sounds() {
        #expect(soundex("robert".utf8) == soundex("rupert".utf8))
        #expect(soundex("ashcraft".utf8) == soundex("ashcroft".utf8))
        #expect(soundex("smith".utf8) != soundex("jones".utf8))
        #expect(soundex("17".utf8) == 0)
    }

    @Test("A table knows each text once, however many there are")
    func table() {
        var table = ValueTable()
        let ids = (0..<20_000).map { table.id(of: "text \($0)") }
        #expect(Set(ids).count == 20_000)
        #expect(table.id(of: "text 7") == ids[7])
        #expect(table.string(ids[19_999]) == "text 19999")
        #expect(table.id(of: "") == 0)
    }

    @Test("A radix sort brings equal keys together, records in their order")
    func sorted() {
        let keys = (0..<5_000).map { UInt32(truncatingIfNeeded: mixed(UInt64($0 % 700))) }
        let rows = KeyedRows(keys, width: 1, places: 0..<1)
        #expect(rows.keys == keys.sorted())
        var sizes: [Int] = []
        rows.blocks { block in
            sizes.append(block.count)
            #expect(Array(rows.rows[block]) == rows.rows[block].sorted())
        }
        #expect(sizes.reduce(0, +) == 5_000)
        #expect(sizes.count == 700)
    }
}
