import CityPack
import Testing

/// YAML that does not parse is reported where somebody has to mend it, not where the parser gave up.
@Suite struct BrokenYAMLTests {
    @Test(arguments: [
        // An open quote is noticed at the end of the file.
        ("\"Emitido\" }", "\"Emitido }", 0),
        // An open brace is noticed on the next line.
        ("es: \"Emitido\" }", "es: \"Emitido\"", 0),
        ("    turn: city\n", "\t turn: city\n", 0),
        ("    turn: city\n", "    turn city\n", 0),
        ("    turn: city\n", "   turn: city\n", 0),
        ("    turn: city\n", "    turn: city: now\n", 0),
    ])
    func isReportedAtItsLine(old: String, new: String, below: Int) throws {
        let (files, line) = try Boulder.changing("statuses.yaml", old, to: new)
        let problems = Boulder.problems(files)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.file == "statuses.yaml")
        #expect(problems.first?.line == line + below, "\(problems)")
    }

    @Test func aKeyGivenTwiceIsReportedTheSecondTime() throws {
        let (files, line) = try Boulder.changing(
            "statuses.yaml", "    tone: good\n", to: "    tone: good\n    turn: city\n", after: "- key: issued")
        #expect(
            Boulder.problems(files) == [
                PackProblem(file: "statuses.yaml", line: line + 1, message: "\"turn\" stands here twice; keep one")
            ])
    }

    @Test(arguments: ["", "# nothing yet\n", "just words\n", "- a\n- b\n"])
    func aFileThatIsNotARecordIsReported(text: String) throws {
        var files = try Boulder.files()
        files["fields.yaml"] = text
        let problems = Boulder.problems(files)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.file == "fields.yaml")
    }

    /// Whatever the text, the checker answers and never traps.
    @Test func anyCutOfAFileIsAnswered() throws {
        let whole = try Boulder.files()
        for name in ["city.yaml", "fields.yaml"] {
            let text = try #require(whole[name])
            for length in stride(from: 0, to: text.count, by: 101) {
                var files = whole
                files[name] = String(text.prefix(length))
                let problems = Boulder.problems(files)
                let lines = files[name]?.split(separator: "\n", omittingEmptySubsequences: false).count ?? 1
                #expect(problems.allSatisfy { $0.file != name || (1...lines).contains($0.line) }, "\(problems)")
            }
        }
    }
}
