import CityPack
import Testing

/// What would change is told in the pack's own order, with old and new value (K5).
@Suite struct PackDiffTests {
    private func diff(_ changes: (file: String, old: String, new: String)...) throws -> PackDiff {
        var files = try Boulder.files()
        let old = try CityPack.load(files: files)
        for change in changes {
            files[change.file] = files[change.file]?.replacing(change.old, with: change.new, maxReplacements: 1)
        }
        return PackDiff(from: old, to: try CityPack.load(files: files))
    }

    @Test func `the same pack differs in nothing, and a comment is told apart from a change`() throws {
        let same = try diff()
        #expect(same.isSame && same.changes.isEmpty)
        #expect(same.description == "Nothing would change.")
        let comment = try diff(("city.yaml", "# Callers leave a message", "# People leave a message"))
        #expect(!comment.isSame && comment.changes.isEmpty)
        #expect(comment.description == "Only comments or spacing differ.")
    }

    @Test func `a changed value stands with what it was and what it will be`() throws {
        let found = try diff(
            ("statuses.yaml", "bucket: pending", "bucket: attention"),
            ("city.yaml", "response_working_days: 3", "response_working_days: 5"))
        #expect(
            found.description == """
                city:
                  ~ city (City of Boulder)
                      response_working_days
                        - 3
                        + 5
                statuses:
                  ~ received (Received)
                      bucket
                        - pending
                        + attention
                """)
    }

    @Test func `added, removed and reordered things are told`() throws {
        let found = try diff(
            ("macros.yaml", "key: call-us", "key: ring-us"),
            ("topics.yaml", "asks_for_case: true", "asks_for_case: false"))
        let macros = found.changes.filter { $0.section == .macros }
        #expect(macros.map(\.key) == ["call-us", "ring-us"] && macros.map(\.kind) == [.removed, .added])
        #expect(found.changes.first?.key == "case-access")

        let files = try Boulder.files()
        let text = try #require(files["departments.yaml"])
        let item = try #require(text.range(of: "  - key: planning")).lowerBound
        let (head, first) = (String(text[..<item]), String(text[item...]))
        let second = first.replacing("key: planning", with: "key: other")
        func pack(_ departments: String) throws -> CityPack {
            try CityPack.load(files: files.merging(["departments.yaml": departments]) { $1 })
        }
        let turned = PackDiff(from: try pack(head + first + second), to: try pack(head + second + first))
        #expect(turned.changes.map(\.kind) == [.reordered] && turned.changes.first?.section == .departments)
    }
}
