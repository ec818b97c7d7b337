import CityPack
import Foundation
import Testing

/// A pack is its files: the same files are the same version, on any machine and out of the database.
@Suite struct PackVersionTests {
    @Test func theHashIsTheFilesAndNothingElse() throws {
        let fromFolder = try CityPack.load(directory: Boulder.directory)
        let fromRows = try CityPack.load(files: fromFolder.files)
        #expect(fromFolder.hash == fromRows.hash)
        #expect(fromFolder.hash.count == 64)
        #expect(fromFolder.hash.allSatisfy { "0123456789abcdef".contains($0) })

        let changed = try Boulder.changing("city.yaml", "City of Boulder", to: "City of Rock")
        #expect(try CityPack.load(files: changed.files).hash != fromFolder.hash)
    }

    @Test func importNamesForgiveCaseAndPunctuation() throws {
        let pack = try CityPack.load(directory: Boulder.directory)
        #expect(pack.status(importName: " received – ONLINE ")?.key == "received-online")
        #expect(pack.status(importName: "Recieved") == nil)
        #expect(pack.caseType(importName: "RIGHT OF WAY PERMIT")?.key == "right-of-way")
    }

    @Test func rightsTravelByName() throws {
        let rights: Rights = [.view, .requestInspection]
        let text = String(decoding: try JSONEncoder().encode(rights), as: UTF8.self)
        #expect(text == #"["view","request_inspection"]"#)
        #expect(try JSONDecoder().decode(Rights.self, from: Data(text.utf8)) == rights)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Rights.self, from: Data(#"["fly"]"#.utf8)) }
    }

    @Test func moreSecretIsGreater() {
        #expect(Visibility.allCases.sorted() == [.public, .party, .staff, .secret])
        #expect(Visibility.party < .staff)
    }
}
