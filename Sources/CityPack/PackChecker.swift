/// Checks a pack again and again with one file changed, and composes the others only once.
struct PackChecker {
    private let files: [String: ComposedFile]
    private let names: ProgramNames?

    init(files: [String: String], knowing names: ProgramNames?) {
        self.files = files.mapValues { ComposedFile($0) }
        self.names = names
    }

    /// Every problem that there is when the file has this text.
    func problems(changing file: String, to text: String) -> [PackProblem] {
        var files = files
        files[file] = ComposedFile(text)
        switch PackReading(files: files, names: names, isStored: false).contents() {
        case .success: return []
        case .failure(let problems): return problems.problems
        }
    }
}
