internal import Database
internal import Primitives

/// A case as everybody may see it: one row of the public record. Kind, type and status are keys of the city pack.
struct PublicEntry: Sendable, Hashable {
    let number: String
    let module: String
    let type: String
    let workClass: String
    let status: String
    let applied: CivilDate?
    let address: String
    let description: String
    /// Companies, separated by semicolons.
    let contractors: String
    let parcel: String
    let valuation: Money?

    static let columns: SQL = """
        e.number, e.module, e.type, e.work_class, e.status, e.applied, e.address, e.description, e.contractors, e.parcel,
            e.valuation_cents
        """
}

extension PublicEntry {
    init(row: Row) throws(DatabaseError) {
        number = try row["number"]
        module = try row["module"]
        type = try row["type"]
        workClass = try row["work_class"]
        status = try row["status"]
        applied = try row["applied"]
        address = try row["address"]
        description = try row["description"]
        contractors = try row["contractors"]
        parcel = try row["parcel"]
        valuation = try row["valuation_cents"]
    }
}
