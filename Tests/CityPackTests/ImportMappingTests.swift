import CityPack
import Foundation
import Primitives
import Testing

@Suite struct ImportMappingTests {
    private func pack() throws -> CityPack {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try CityPack.load(directory: root.path + "/Cities/boulder")
    }

    @Test func `old names are known whatever their capitals and punctuation`() throws {
        let mapping = try ImportMapping(
            reading: "statuses:\n  \"Finaled - Paid\": closed\ncities:\n  Bldr: Boulder\n", file: "m.yaml", pack())
        #expect(mapping.meaning(of: "FINALED  paid", .statuses) == "closed")
        #expect(mapping.meaning(of: "Finaled", .statuses) == nil)
        #expect(mapping.meaning(of: "bldr", .cities) == "Boulder")
    }

    @Test func `a mapping with mistakes is refused as a whole, each with its line`() throws {
        let text = """
            statuses:
              Done: closd
            contact_tipes:
              GC: contractor-general
            types:
              - electrical
            """
        let problems = #expect(throws: PackProblems.self) { try ImportMapping(reading: text, file: "m.yaml", pack()) }
        let lines = problems?.problems.map(\.description) ?? []
        #expect(lines.count == 3)
        #expect(lines[0] == "m.yaml:2: \"closd\" is not one of this city's statuses; did you mean \"closed\"?")
        #expect(lines[1].hasPrefix("m.yaml:3: there is nothing called \"contact_tipes\" to map; did you mean \"contact_types\"?"))
        #expect(lines[2].hasPrefix("m.yaml:5:"))
    }

    @Test func `the table that is written out is a mapping again`() throws {
        let pack = try pack()
        let text = MappingTable.text(
            [
                .statuses: [("Issued", 3, "issued"), ("In Reviw", 1, nil), ("A \"b\"", 1, nil)],
                .types: [("Elec\tPermit", 2, nil)],
                .cities: [("Boulder", 9, "Boulder")],
            ], pack)
        #expect(text.contains("# \"In Reviw\": in-review") && text.contains("# \"A \\\"b\\\"\": \"?\""))
        let mapping = try ImportMapping(reading: text, file: "m.yaml", pack)
        #expect(mapping.meaning(of: "Issued", .statuses) == "issued")
        #expect(mapping.meaning(of: "In Reviw", .statuses) == nil)
    }
}
