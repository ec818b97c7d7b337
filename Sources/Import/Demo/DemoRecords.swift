internal import Cases
internal import Core
internal import Primitives

/// Makes planned cases, and keeps what later cases and the list of accounts need of them.
struct DemoRecords: Sendable {
    /// Numbers of the cases on the cast's dashboards, by whose they are.
    private(set) var numbers: [DemoPart: [String]] = [:]
    private var parents: [Int: CaseID] = [:]

    /// The cases of a batch, parents before what stands below them.
    mutating func make(_ batch: [PlannedCase], _ change: Change) throws {
        var waiting = batch
        try number(&waiting, change)
        while !waiting.isEmpty {
            let inside = Set(waiting.filter(\.isParent).map(\.index))
            let ready = waiting.filter { planned in planned.parent.map { !inside.contains($0) } ?? true }
            waiting = waiting.filter { planned in planned.parent.map { inside.contains($0) } ?? false }
            guard !ready.isEmpty else { throw ImportProblem("The demo city's plan names parents in a circle.") }
            try put(ready, change)
        }
    }

    private func number(_ batch: inout [PlannedCase], _ change: Change) throws {
        let counters = batch.map { CaseNumbers.Counter(prefix: $0.prefix, year: ($0.new.applied ?? change.today).year) }
        let numbers = try CaseNumbers.next(counters, change.conn)
        for (index, number) in zip(batch.indices, numbers) { batch[index].new.number = number }
    }

    private mutating func put(_ batch: [PlannedCase], _ change: Change) throws {
        let ids = try CaseWriter(change).create(
            all: batch.map { planned in
                var new = planned.new
                new.parent = planned.parent.flatMap { parents[$0] }
                return new
            })
        var grants: [NewGrant] = []
        for (id, planned) in zip(ids, batch) {
            for party in planned.parties {
                guard let type = change.city.pack.contactType(party.type) else { continue }
                grants.append(NewGrant(party.contact, on: id, as: type, isPrimary: party.isPrimary))
            }
            if planned.isParent { parents[planned.index] = id }
            for part in planned.parts { numbers[part, default: []].append(planned.new.number) }
        }
        try GrantWriter(change).add(all: grants)
    }

    mutating func forgetParents(but rest: ArraySlice<PlannedCase>) {
        guard parents.count > 1000 else { return }
        let wanted = Set(rest.prefix(500).compactMap(\.parent))
        parents = parents.filter { wanted.contains($0.key) }
    }
}
