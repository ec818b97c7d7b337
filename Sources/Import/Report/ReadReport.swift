internal import CityPack
internal import Primitives

/// A report as its page shows it: every row counted, problems that are one problem together, the first hundred of each.
struct ReadReport: Sendable {
    struct File: Sendable {
        let name: String
        let read, imported, updated, unchanged: Int64
        let refused, repaired: Int
        let problems: [Problem]
    }

    /// One thing that is wrong, however many rows have it.
    struct Problem: Sendable {
        struct Example: Sendable {
            let row: Int64
            let was: String
        }
        let isRefusal: Bool
        let field: String
        /// Without what differs from row to row.
        let reason: String
        let count: Int
        let examples: [Example]
    }

    struct Name: Sendable {
        let name: String
        let count: Int64
        let mappedTo: String?
    }

    static let most = 100

    let files: [File]
    let names: [(kind: String, names: [Name])]
    let canSignIn: Int64
    let cannotSignIn: [Problem]
    let parentsLinked: Int64
    let parentsMissing: [Problem.Example]
    let parentsMissingCount: Int
    let notRead: [String]

    init(_ json: JSON) {
        files = (json["files"]?.object ?? [:]).map { name, file in File(name, file) }
            .sorted { (ReadReport.place($0.name), $0.name) < (ReadReport.place($1.name), $1.name) }
        let others = json["other_names"]?.object ?? [:]
        names = ["types", "statuses", "contact_types", "work_classes", "modules", "cities"].compactMap { kind in
            let found = ReadReport.list((json[kind] ?? others[kind])?.object ?? [:])
            return found.isEmpty ? nil : (kind, found)
        }
        canSignIn = json["can_sign_in"]?.integer ?? 0
        cannotSignIn = ReadReport.grouped(
            (json["cannot_sign_in"]?.array ?? []).map { entry in
                Found(
                    isRefusal: true, field: "", reason: entry["reason"]?.string ?? "", row: 0, was: entry["email"]?.string ?? "")
            })
        parentsLinked = json["parents"]?["linked"]?.integer ?? 0
        let missing = json["parents"]?["missing"]?.array ?? []
        parentsMissingCount = missing.count
        parentsMissing = missing.prefix(ReadReport.most).map {
            Problem.Example(row: $0["row"]?.integer ?? 0, was: $0["number"]?.string ?? "")
        }
        notRead = (json["not_read"]?.array ?? []).compactMap(\.string)
    }

    private static let order = [
        "contacts.csv", "portal_users.csv", "cases.csv", "case_contacts.csv", "invoices.csv", "inspections.csv",
    ]
    private static func place(_ name: String) -> Int { order.firstIndex(of: name) ?? order.count }

    private static func list(_ names: [String: JSON]) -> [Name] {
        names.map { name, entry in
            Name(name: name, count: entry["count"]?.integer ?? 0, mappedTo: entry["mapped_to"]?.string)
        }.sorted { ($0.mappedTo == nil ? 0 : 1, $1.count, $0.name) < ($1.mappedTo == nil ? 0 : 1, $0.count, $1.name) }
    }

    fileprivate struct Found {
        let isRefusal: Bool
        let field: String
        let reason: String
        let row: Int64
        let was: String
    }

    /// The most frequent first.
    fileprivate static func grouped(_ found: [Found]) -> [Problem] {
        struct Key: Hashable {
            let isRefusal: Bool
            let field: String
            let reason: String
        }
        var groups: [Key: (count: Int, first: Int, examples: [Problem.Example])] = [:]
        for (index, one) in found.enumerated() {
            let key = Key(isRefusal: one.isRefusal, field: one.field, reason: withoutNames(one.reason))
            groups[key, default: (0, index, [])].count += 1
            if groups[key]?.examples.count ?? 0 < most { groups[key]?.examples.append(.init(row: one.row, was: one.was)) }
        }
        return groups.sorted {
            ($0.key.isRefusal ? 0 : 1, $1.value.count, $0.value.first) < (
                $1.key.isRefusal ? 0 : 1, $0.value.count, $1.value.first
            )
        }
        .map { key, group in
            Problem(
                isRefusal: key.isRefusal, field: key.field, reason: key.reason, count: group.count, examples: group.examples)
        }
    }

    /// “Aplicant” and p99 differ from row to row; the problem does not.
    static func withoutNames(_ reason: String) -> String {
        var result = ""
        var isQuoted = false
        var word = ""
        func end() {
            result += word.contains { $0.isASCII && $0.isNumber } ? "…" : word
            word = ""
        }
        for character in reason {
            if isQuoted {
                guard "”\"".contains(character) else { continue }
                isQuoted = false
                result += "…”"
            } else if "“\"".contains(character) {
                end()
                isQuoted = true
                result += "“"
            } else if character.isLetter || character.isNumber || "|_-".contains(character) {
                word.append(character)
            } else {
                end()
                result.append(character)
            }
        }
        end()
        return result
    }
}

extension ReadReport.File {
    fileprivate init(_ name: String, _ file: JSON) {
        self.name = name
        read = file["read"]?.integer ?? 0
        imported = file["imported"]?.integer ?? 0
        updated = file["updated"]?.integer ?? 0
        unchanged = file["unchanged"]?.integer ?? 0
        let (out, mended) = (file["refused"]?.array ?? [], file["repaired"]?.array ?? [])
        refused = out.count
        repaired = mended.count
        problems = ReadReport.grouped(
            out.map { entry in
                let reason = entry["reason"]?.string ?? ""
                return ReadReport.Found(
                    isRefusal: true, field: "", reason: reason, row: entry["row"]?.integer ?? 0,
                    was: ReadReport.withoutNames(reason) == reason ? "" : reason)
            }
                + mended.map { entry in
                    ReadReport.Found(
                        isRefusal: false, field: entry["field"]?.string ?? "", reason: entry["reason"]?.string ?? "",
                        row: entry["row"]?.integer ?? 0, was: entry["was"]?.string ?? "")
                })
    }
}
