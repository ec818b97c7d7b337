internal import Cases
internal import Core
internal import Database
internal import Primitives

/// The second pass over parents: also those that stand later in the file than their sub-records (D1).
struct Parents: Sendable {
    struct Child: Sendable {
        let row: Int
        let number: String
        let parent: String
    }

    private(set) var children: [Child] = []
    /// Numbers of this export that were accepted.
    private(set) var accepted: Set<String> = []
    private var parentOf: [String: String] = [:]

    mutating func accept(_ number: String, parent: String, row: Int) {
        accepted.insert(number)
        guard !parent.isEmpty else { return }
        children.append(Child(row: row, number: number, parent: parent))
        parentOf[number] = parent
    }

    /// Links what can be linked and reports the rest in both places: under `parents` and among the repairs of the file.
    func link(_ engine: RowEngine, field: String, _ file: inout FileReport) async throws -> ParentsReport {
        var report = ParentsReport()
        var repaired: [FileReport.Repaired] = []
        let elsewhere = try await known(Set(children.map(\.parent)).subtracting(accepted), engine)
        var links: [Child] = []
        for child in children {
            if comesBackToItself(child.number) {
                repaired.append(
                    .init(
                        row: child.row, field: field, was: child.parent,
                        reason: "A case cannot be below itself. It has no parent now."))
                report.missing.append(.init(row: child.row, number: child.parent))
            } else if accepted.contains(child.parent) || elsewhere.contains(child.parent) {
                links.append(child)
            } else {
                repaired.append(
                    .init(
                        row: child.row, field: field, was: child.parent,
                        reason:
                            "There is no case with this number. It has no parent now; import the parent, then this file again."))
                report.missing.append(.init(row: child.row, number: child.parent))
            }
        }
        report.linked = links.count
        try await engine.batches(links) { links, change in
            for link in links {
                guard let id = try CaseRecords.find(link.number, change.conn),
                    let parent = try CaseRecords.find(link.parent, change.conn)
                else { continue }
                let now: CaseID? = try change.conn.value("SELECT parent_id FROM case_record WHERE id = \(id)") ?? nil
                if now != parent { try CaseWriter(change).setParent(parent, of: id) }
            }
        }
        file.repair(repaired)
        return report
    }

    private func comesBackToItself(_ number: String) -> Bool {
        var above = parentOf[number]
        var steps = 0
        while let next = above, steps < 100 {
            if next == number { return true }
            above = parentOf[next]
            steps += 1
        }
        return false
    }

    private func known(_ numbers: Set<String>, _ engine: RowEngine) async throws -> Set<String> {
        let all = numbers.sorted()
        return try await engine.city.db.read { conn in
            Set(try conn.rows("SELECT number FROM case_record WHERE number IN \(list: all)").map { try $0["number"] as String })
        }
    }
}
