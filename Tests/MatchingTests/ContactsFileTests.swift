import Foundation
@testable import Matching
import Testing

@Suite struct ContactsFileTests {
    private func read(_ text: String) throws -> ContactsFile {
        let path = NSTemporaryDirectory() + "contacts-\(UUID()).csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var file = try ContactsFile(path: path)
        while try file.read() {}
        return file
    }

    @Test("A name is enough of a header beside the contact_id")
    func minimal() throws {
        #expect(try read("contact_id,last_name\nc1,Quimby\nc2,Quimby\n").records.count == 2)
    }

    @Test(
        "A file that cannot be matched is refused with what to do",
        arguments: [
            ("first_name,last_name\nRosa,Quimby\n", "contact_id"),
            ("contact_id,email\nc1,a@b.example\n", "first_name, last_name or company_name"),
            ("", "empty"), ("contact_id,last_name,last_name\n", "twice"),
            ("contact_id,last_name\nc1,\"Quimby\nc2,Roe\n", "never closed"),
        ])
    func refused(_ text: String, _ says: String) {
        let error = #expect(throws: ContactsFileProblem.self) { try read(text) }
        #expect(error?.description.contains(says) == true)
    }

    @Test("Rows that cannot be named take no part, and it is said why")
    func leftOut() throws {
        let file = try read("contact_id,last_name\n,Quimby\nc1,Quimby\nc1,Roe\nc2,\n")
        #expect(file.records.count == 1)
        #expect(file.leftOutCount == 3)
        #expect(file.leftOut.map(\.row) == [1, 3, 4])
    }

    @Test("Half a file is no file")
    func half() throws {
        let path = NSTemporaryDirectory() + "pairs-\(UUID()).csv"
        func make(finishing: Bool) throws {
            let file = try PairsFile(path)
            #expect(!FileManager.default.fileExists(atPath: path))
            if finishing { try file.finish() }
        }
        try make(finishing: false)
        #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
        try make(finishing: true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == PairLines.columns.joined(separator: ",") + "\r\n")
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: ContactsFileProblem.self) { try PairsFile(NSTemporaryDirectory()) }
    }
}
