/// `roles.yaml`: the people on the city's side and what each may do (K2).
enum RolesFile {
    static let name = "roles.yaml"
    static let keys = FileReader.Keys(required: ["roles"])
    /// Where every page for staff begins.
    private static let door = "desk.open"
    /// Somebody must be able to change all this again.
    private static let needed = ["pack.publish"]

    /// - Parameter actions: what the program's rules know; nil when nobody said.
    static func read(_ root: Record, actions: [String]?, _ reader: inout FileReader) -> [RoleDeclaration] {
        let items = reader.records(
            "roles", in: root, kind: "role", id: "key", FileReader.Keys(required: ["name", "explanation", "may"]))
        var carried: Set<String> = []
        var result: [RoleDeclaration] = []
        for (key, record) in items {
            let name = reader.words("name", in: record)
            let explanation = reader.words("explanation", in: record)
            // A stored pack may name what only another version of the program knows: nobody can do that here.
            let may = reader.choices("may", among: reader.isStored ? nil : actions, in: record)
            carried.formUnion(may ?? [])
            if let may, !may.contains(door), let line = record.entries["may"]?.line {
                reader.judge(line, "\"may\" of \(record.what) has no \"\(door)\": nobody with it alone would get in")
            }
            guard let name, let explanation, let may else { continue }
            result.append(RoleDeclaration(key: key, name: name, explanation: explanation, may: may))
        }
        for action in needed where !items.isEmpty && !carried.contains(action) {
            reader.judge(root.entries["roles"]?.line ?? 1, "no role may \"\(action)\": nobody could change this again")
        }
        return result
    }
}
