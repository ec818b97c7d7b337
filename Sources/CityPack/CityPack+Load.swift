internal import Crypto
internal import Foundation

extension CityPack {
    /// Reads a pack from texts by file name, with every rule of today.
    /// - Parameter names: what the program knows; without it the names of fields, actions and notices are not checked.
    /// - Throws: every problem of every file, when there is at least one.
    public static func load(files: [String: String], knowing names: ProgramNames? = nil) throws(PackProblems) -> CityPack {
        let reading = PackReading(files: files.mapValues { ComposedFile($0) }, names: names, isStored: false)
        switch reading.contents() {
        case .success(let contents): return CityPack(files: files, contents: contents)
        case .failure(let problems): throw problems
        }
    }

    /// Reads a version that the database keeps, maybe from before today's rules: what it could not say is as it was then
    /// (`docs/decisions/0011-live-pack.md`).
    public static func load(stored files: [String: String]) throws(PackProblems) -> CityPack {
        let known = OlderPack.files.merging(files) { $1 }
        let reading = PackReading(files: known.mapValues { ComposedFile($0, isStored: true) }, names: nil, isStored: true)
        switch reading.contents() {
        case .success(let contents): return CityPack(files: files, contents: contents)
        case .failure(let problems): throw problems
        }
    }

    /// Reads the `.yaml` files of a folder.
    public static func load(directory: String, knowing names: ProgramNames? = nil) throws(PackProblems) -> CityPack {
        try load(files: texts(in: directory), knowing: names)
    }

    /// Every problem of the folder, in the order of files and lines; empty for a good pack.
    public static func check(directory: String, knowing names: ProgramNames? = nil) -> [PackProblem] {
        do {
            _ = try load(directory: directory, knowing: names)
            return []
        } catch {
            return error.problems
        }
    }

    private static func texts(in directory: String) throws(PackProblems) -> [String: String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            let message = "this folder cannot be read; check the path and that you may read it"
            throw PackProblems(problems: [PackProblem(file: directory, line: 1, message: message)])
        }
        var files: [String: String] = [:]
        var problems: [PackProblem] = []
        for name in names.sorted() where !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) {
            let path = directory + "/" + name
            guard let data = FileManager.default.contents(atPath: path) else {
                problems.append(PackProblem(file: name, line: 1, message: "this file cannot be read"))
                continue
            }
            guard let text = String(data: data, encoding: .utf8) else {
                problems.append(PackProblem(file: name, line: 1, message: "this file is not UTF-8 text"))
                continue
            }
            files[name] = text
        }
        if !problems.isEmpty { throw PackProblems(problems: problems) }
        return files
    }
}

enum PackHash {
    /// Name, length and text of each file, so that no two sets of files run together into the same bytes.
    static func of(_ files: [String: String]) -> String {
        var hasher = SHA256()
        for (name, text) in files.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }) {
            hasher.update(data: Data("\(name)\0\(text.utf8.count)\0".utf8))
            hasher.update(data: Data(text.utf8))
        }
        let digits = Array("0123456789abcdef")
        return String(hasher.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
