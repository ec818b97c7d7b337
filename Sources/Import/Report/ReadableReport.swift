internal import CityPack
internal import Core
internal import Primitives

extension ImportReport {
    /// For the person at the terminal: totals first, then what needs somebody's eye, the most frequent reasons with examples.
    public var readable: String {
        var lines = [isRehearsal ? "Rehearsal: nothing was changed." : "Import finished."]
        for file in files { lines += file.lines(isRehearsal: isRehearsal) }
        lines += section("Types", .types) + section("Statuses", .statuses) + section("Contact types", .contactTypes)
        if parents.linked + parents.missing.count > 0 {
            lines += ["", "Parent cases: \(grouped(parents.linked)) linked, \(grouped(parents.missing.count)) missing."]
            lines += parents.missing.prefix(10).map { "  row \($0.row): \($0.number)" } + more(parents.missing.count, shown: 10)
        }
        if canSignIn + cannotSignIn.count > 0 {
            lines += [
                "",
                "People of the old portal: \(grouped(canSignIn)) find everything when they sign in again, "
                    + "\(grouped(cannotSignIn.count)) need help.",
            ]
            lines += cannotSignIn.prefix(20).map { "  \($0.email): \($0.reason)" } + more(cannotSignIn.count, shown: 20)
        }
        for name in notRead { lines += ["", "\(name) was not read: this version of Groundwork does not import it yet."] }
        return lines.joined(separator: "\n")
    }

    private func section(_ title: String, _ kind: NameKind) -> [String] {
        guard let names = names[kind] else { return [] }
        return ["", "\(title):"]
            + names.sorted.map { "  \(grouped($0.count))  \($0.name) → \($0.mappedTo ?? "unknown to this city")" }
    }
}

private func more(_ count: Int, shown: Int) -> [String] { count > shown ? ["  … and \(grouped(count - shown)) more"] : [] }

extension FileReport {
    fileprivate func lines(isRehearsal: Bool) -> [String] {
        let would = isRehearsal ? "would be " : ""
        var lines = [
            "",
            "\(name): \(grouped(read)) rows read, \(would)\(grouped(imported)) imported, \(grouped(updated)) updated, "
                + "\(grouped(unchanged)) unchanged, \(grouped(refused.count)) refused.",
        ]
        lines += refused.prefix(20).map { "  row \($0.row) refused: \($0.reason)" } + more(refused.count, shown: 20)
        var byReason: [String: [Repaired]] = [:]
        for entry in repaired { byReason["\(entry.field)|\(entry.reason)", default: []].append(entry) }
        for (_, entries) in byReason.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }).prefix(20) {
            guard let first = entries.first else { continue }
            lines.append(
                "  \(first.field), \(grouped(entries.count))×: \(first.reason) (row \(first.row): \(first.was.prefix(60)))")
        }
        return lines
    }
}
