internal import Crypto
internal import Foundation

extension CityPack {
    /// Reads a pack from texts by file name, for example from the database.
    /// - Throws: every problem of every file, when there is at least one.
    public static func load(files: [String: String]) throws(PackProblems) -> CityPack {
        switch PackReading.contents(of: files) {
        case .success(let contents): return CityPack(files: files, contents: contents)
        case .failure(let problems): throw problems
        }
    }

    /// Reads the `.yaml` files of a folder.
    public static func load(directory: String) throws(PackProblems) -> CityPack {
        try load(files: texts(in: directory))
    }

    /// Every problem of the folder, in the order of files and lines; empty for a good pack.
    public static func check(directory: String) -> [PackProblem] {
        do {
            _ = try load(directory: directory)
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
