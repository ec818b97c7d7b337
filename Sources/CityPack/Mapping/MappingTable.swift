/// The file a clerk edits: every name that an export used with what it means here, those without a meaning commented out with
/// the nearest suggestion.
public enum MappingTable {
    /// - Parameter names: by kind, the names that were met and the key that each became; nil where nothing did.
    public static func text(_ names: [NameKind: [(name: String, count: Int, mappedTo: String?)]], _ pack: CityPack) -> String {
        var lines = [
            "# What the names of the older system mean in \(pack.city.name). A line is: \"old name\": what it means here.",
            "# Lines that begin with # are not read. Take the # away and correct what stands behind the colon, then rehearse with",
            "#     groundwork import … --rehearse --mapping THIS-FILE",
        ]
        for kind in NameKind.allCases {
            guard let met = names[kind], !met.isEmpty else { continue }
            let known = ImportMapping.targets(of: kind, pack)
            lines += ["", "\(kind.rawValue):"]
            for entry in met.sorted(by: { ($0.mappedTo == nil ? 0 : 1, $0.name) < ($1.mappedTo == nil ? 0 : 1, $1.name) }) {
                let count = "# \(entry.count)×"
                if let key = entry.mappedTo {
                    lines.append("  \(quoted(entry.name)): \(quoted(key))  \(count)")
                } else {
                    let nearest = Suggestion.nearest(to: entry.name, among: known) ?? "?"
                    lines.append("  # \(quoted(entry.name)): \(quoted(nearest))  \(count), unknown to this city")
                }
            }
            if kind != .cities { lines.append("  # Possible: \(known.joined(separator: ", "))") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A YAML string in double quotes, whatever the old system wrote.
    private static func quoted(_ text: String) -> String {
        if !text.isEmpty, text.utf8.allSatisfy({ (97...122).contains($0) || $0 == 45 }), !reserved.contains(text) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(result)\""
    }

    private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}
