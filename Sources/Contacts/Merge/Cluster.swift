public import Core
public import Database
public import Primitives

/// Records that are one: which, and under whose face. Derived from the live edges (`model.md` 4).
public struct Cluster: Sendable, Hashable {
    /// The record whose name the others are shown under.
    public let survivor: ContactID
    /// All of them, the survivor too, the oldest record first.
    public let members: [ContactID]
    let edges: [Int64]

    /// The cluster of a contact as it is stored; alone unless it was merged.
    public static func members(of contact: ContactID, _ conn: Connection) throws(DatabaseError) -> [ContactID] {
        let ids: [ContactID] = try conn.rows(
            """
            SELECT contact_id FROM contact_cluster
            WHERE survivor_id = (SELECT survivor_id FROM contact_cluster WHERE contact_id = \(contact)) ORDER BY contact_id
            """
        ).map { row throws(DatabaseError) in try row["contact_id"] }
        return ids.isEmpty ? [contact] : ids
    }

    /// The edges that make these records one, newest first.
    public static func edges(among members: [ContactID], _ conn: Connection) throws(DatabaseError) -> [IdentityEdge] {
        try IdentityEdge.live(at: Set(members), conn).reversed()
    }
}

/// Live edges as a forest: every record has at most one edge that leads from it, so that ending any edge parts exactly two trees.
struct Forest {
    private let parent: [ContactID: IdentityEdge]
    let contacts: Set<ContactID>

    /// Everything that edges connect with these records.
    /// - Parameter ended: an edge that counts as ended.
    init(around seeds: [ContactID], without ended: Int64? = nil, _ conn: Connection) throws(DatabaseError) {
        var parent: [ContactID: IdentityEdge] = [:]
        var known = Set(seeds)
        var frontier = known
        while !frontier.isEmpty {
            var next: Set<ContactID> = []
            for edge in try IdentityEdge.live(at: frontier, conn) where edge.id != ended {
                parent[edge.from] = edge
                for end in [edge.from, edge.into] where known.insert(end).inserted { next.insert(end) }
            }
            frontier = next
        }
        self.parent = parent
        contacts = known
    }

    func root(of contact: ContactID) -> ContactID {
        var current = contact
        while let edge = parent[current] { current = edge.into }
        return current
    }

    /// The trees, each as its root and everything below it.
    var trees: [(root: ContactID, members: [ContactID], edges: [IdentityEdge])] {
        let byRoot = Dictionary(grouping: contacts, by: root)
        return byRoot.map { root, members in
            (root, members.sorted { $0.value < $1.value }, members.compactMap { parent[$0] }.sorted { $0.id < $1.id })
        }
    }

    /// Writes what the edges say: who stands for whom, and the face of those who are several. What was chosen later goes before; what was
    /// chosen from a record that is no longer one with them counts for nothing.
    func store(_ conn: Connection) throws {
        let own = try Face.own(Array(contacts), conn)
        for tree in trees {
            let members = Set(tree.members)
            let face = members.count > 1 ? Forest.face(tree.root, tree.edges, own.filter { members.contains($0.key) }) : nil
            let parts = FaceField.allCases.map { field -> SQL in
                "\(field.column) = \(optional: face.map { $0[field] })"
            }
            try conn.run(
                """
                UPDATE contact_cluster SET survivor_id = \(tree.root), \(parts.joined(separator: ", "))
                WHERE contact_id IN \(list: tree.members.map(\.value))
                """)
        }
    }

    private static func face(_ root: ContactID, _ edges: [IdentityEdge], _ own: [ContactID: Face]) -> Face {
        var face = own[root] ?? Face(values: [:])
        for edge in edges {
            for (field, contact) in edge.chosen {
                if let value = own[contact]?[field] { face.values[field] = value }
            }
        }
        return face
    }
}
