internal import Primitives
internal import Yams

extension ImportMapping {
    /// Reads the clerk's file and checks every name in it against the pack: never half valid.
    /// - Parameter file: its name, for the problems.
    public init(reading text: String, file: String, _ pack: CityPack) throws(PackProblems) {
        self.init()
        var problems: [PackProblem] = []
        do {
            try read(YAMLText.compose(text), file, pack, &problems)
        } catch {
            problems.append(PackProblem(file: file, line: error.line, message: error.message))
        }
        if !problems.isEmpty { throw PackProblems(problems: problems) }
    }

    private mutating func read(
        _ root: Node, _ file: String, _ pack: CityPack, _ problems: inout [PackProblem]
    ) throws(YAMLText.Broken) {
        guard case .mapping(let sections) = root else {
            throw YAMLText.Broken(line: 1, message: "the file must name what it maps: \(ImportMapping.kinds)")
        }
        for (key, value) in sections {
            let (name, line) = (key.string ?? "", key.mark?.line ?? 1)
            guard let kind = NameKind(rawValue: name) else {
                let known = NameKind.allCases.map(\.rawValue)
                problems.append(
                    PackProblem(
                        file: file, line: line,
                        message:
                            "there is nothing called \"\(name)\" to map\(Suggestion.clause(for: name, among: known)); use \(ImportMapping.kinds)"
                    ))
                continue
            }
            // A section whose every line is still commented out is empty.
            if case .scalar(let scalar) = value, ["", "~", "null"].contains(scalar.string) { continue }
            guard case .mapping(let names) = value else {
                problems.append(
                    PackProblem(file: file, line: line, message: "\"\(name)\" must be lines of \"old name: what it means here\""))
                continue
            }
            for (old, target) in names { add(old, target, kind, file, pack, &problems) }
        }
    }

    private mutating func add(
        _ old: Node, _ target: Node, _ kind: NameKind, _ file: String, _ pack: CityPack, _ problems: inout [PackProblem]
    ) {
        let line = old.mark?.line ?? 1
        guard let name = old.scalar?.string, !name.isEmpty, let meant = target.scalar?.string, !meant.isEmpty else {
            problems.append(PackProblem(file: file, line: line, message: "write the old name, a colon and what it means here"))
            return
        }
        let known = ImportMapping.targets(of: kind, pack)
        guard kind == .cities || known.contains(meant) else {
            problems.append(
                PackProblem(
                    file: file, line: line,
                    message: "\"\(meant)\" is not one of this city's \(kind.words)\(Suggestion.clause(for: meant, among: known))")
            )
            return
        }
        if let earlier = meaning(of: name, kind), earlier != meant {
            problems.append(
                PackProblem(file: file, line: line, message: "\"\(name)\" means \"\(earlier)\" in a line above; keep one"))
            return
        }
        add(name, kind, means: meant)
    }

    private static var kinds: String { NameKind.allCases.map(\.rawValue).joined(separator: ", ") }

    /// What names of that kind can mean here. A city's name can be any.
    static func targets(of kind: NameKind, _ pack: CityPack) -> [String] {
        switch kind {
        case .statuses: pack.statuses.map(\.key)
        case .types: pack.caseTypes.map(\.key)
        case .workClasses: Set(pack.caseTypes.flatMap(\.workClasses).map(\.key)).sorted()
        case .contactTypes: pack.contactTypes.map(\.key)
        case .modules: CaseModule.allCases.map(\.rawValue)
        case .cities: [pack.city.shortName]
        }
    }
}

extension NameKind {
    var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}
