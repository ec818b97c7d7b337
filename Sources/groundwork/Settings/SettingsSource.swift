import Configuration
import Foundation
import SystemPackage
import Yams

/// The environment before `groundwork.yaml`; a secret may stand in a file that either of them names.
struct SettingsSource {
    private let reader: ConfigReader

    /// - Throws: a sentence for an unknown name in either place.
    init(environment: [String: String], file path: String) async throws {
        for variable in environment.keys.sorted() where variable.hasPrefix("GROUNDWORK_") {
            try SettingsSource.check(variable, "The environment variable \(variable)")
        }
        if FileManager.default.fileExists(atPath: path) { try SettingsSource.checkNames(in: path) }
        let file: FileProvider<YAMLSnapshot>
        do { file = try await FileProvider<YAMLSnapshot>(filePath: FilePath(path), allowMissing: true) } catch {
            throw Failure("\(path) cannot be read as YAML: \(error)")
        }
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "groundwork"), file,
        ])
    }

    private static func check(_ variable: String, _ place: String) throws {
        guard SettingName.find(variable: variable) == nil else { return }
        throw Failure(
            "\(place) is no setting of this program. Did you mean \(SettingName.nearest(to: variable))? Correct it or remove it.")
    }

    private static func checkNames(in path: String) throws {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        guard let text, let node = try? Yams.compose(yaml: text) else { return }
        func walk(_ node: Node, _ words: [String]) throws {
            guard let mapping = node.mapping else {
                guard !words.isEmpty else { return }
                let variable = "GROUNDWORK_\(words.joined(separator: "_").uppercased())"
                return try check(variable, "\(words.joined(separator: ".")) in \(path)")
            }
            for (key, value) in mapping { try walk(value, words + [key.string ?? ""]) }
        }
        try walk(node, [])
    }

    /// The value; nil when it is not set. What stands in a file is taken without the line's end.
    func string(_ setting: SettingName) throws -> String? {
        let key = ConfigKey(setting.path)
        if let value = reader.string(forKey: key, isSecret: setting.isSecret) { return value }
        guard let file = secretFile(setting) else { return nil }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Failure("\(setting.variable)_FILE names \(file), which cannot be read. Check the path and its permissions.")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The file that a secret stands in; nil when none is named.
    func secretFile(_ setting: SettingName) -> String? {
        setting.isSecret ? reader.string(forKey: ConfigKey(setting.path + ["file"])) : nil
    }
}
