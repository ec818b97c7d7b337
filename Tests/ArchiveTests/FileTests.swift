import Archive
import Database
import Foundation
import Primitives
import TestSupport
import Testing

/// Uploaded files travel with the rows that name them.
struct FileTests {
    private let folder: Folder
    private let source: any ConnectionPool
    private let target: any ConnectionPool
    private let contents = ["ab/cd/abcd": "a plan", "ab/cd/empty": "", "ef/Baubewilligung März 🏠.pdf": "%PDF", "top": "x"]

    init() async throws {
        folder = try Folder()
        source = try await TestDatabase.current.make()
        target = try await TestDatabase.current.make()
    }

    private func sentence(files: String?) async -> String? {
        await refusal { try await restore(folder.archive, into: target, files: files, migrations: []) }
    }

    @Test func `files come back as they were`() async throws {
        let manifest = try await write(source, to: folder.archive, files: try folder.files(contents))
        #expect(Set(manifest.files.map(\.path)) == Set(contents.keys))
        let root = folder.path + "/new/place"
        #expect(await sentence(files: root) == nil)
        for (path, text) in contents { #expect(try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) == text) }
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: root).sorted() == [
                "ab", "ab/cd", "ab/cd/abcd", "ab/cd/empty", "ef", "ef/Baubewilligung März 🏠.pdf", "top",
            ])
    }

    @Test func `files that are there already and the same may stay, others are never overwritten`() async throws {
        try await write(source, to: folder.archive, files: try folder.files(contents))
        let same = try folder.files(["ab/cd/abcd": "a plan", "also": "theirs"], in: "same")
        #expect(await sentence(files: same) == nil)
        let different = try folder.files(["top": "theirs"], in: "different")
        #expect(await sentence(files: different) == "\(different)/top is another file than the archive's. Name an empty folder.")
        #expect(try FileManager.default.subpathsOfDirectory(atPath: different) == ["top"])
        #expect(try String(contentsOfFile: different + "/top", encoding: .utf8) == "theirs")
    }

    @Test func `files are not left behind without saying so`() async throws {
        try await write(source, to: folder.archive, files: try folder.files(contents))
        #expect(await sentence(files: nil) == "The archive holds 4 uploaded files. Say which folder they should go to.")
    }

    @Test func `a link among the uploaded files is refused, not followed`() async throws {
        let root = try folder.files(contents)
        try FileManager.default.createSymbolicLink(atPath: root + "/passwords", withDestinationPath: "/etc/passwd")
        let sentence = await refusal { try await write(source, to: folder.archive, files: root) }
        #expect(sentence == "\(root)/passwords is not a plain file. Move it away from the uploaded files.")
        #expect(!FileManager.default.fileExists(atPath: folder.archive))
    }

    @Test func `a city without files is an archive without files`() async throws {
        let manifest = try await write(source, to: folder.archive, files: try folder.files([:]))
        #expect(manifest.files == [])
        #expect(await sentence(files: nil) == nil)
    }
}
