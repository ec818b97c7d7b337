public import Core
public import Database

/// A part of how a contact is called. Of records that are one, each part can be taken from another of them (B9).
public enum FaceField: String, Sendable, CaseIterable {
    case companyName = "company_name"
    case firstName = "first_name"
    case middleName = "middle_name"
    case lastName = "last_name"
    case title

    /// Its column, as part of a statement. A name of a column cannot be bound; these are written here and nowhere else.
    var column: SQL { "\(raw: rawValue)" }

    /// What is asked of one kind of contact.
    public static func of(_ kind: Contact.Kind) -> [FaceField] {
        switch kind {
        case .company: [.companyName]
        case .person: [.firstName, .middleName, .lastName, .title]
        }
    }
}

/// The parts of a contact's name, as its own record has them.
public struct Face: Sendable, Hashable {
    public var values: [FaceField: String]
    public init(values: [FaceField: String]) { self.values = values }
    public subscript(_ field: FaceField) -> String { values[field] ?? "" }

    /// Of each of these records, its own.
    public static func own(_ ids: [ContactID], _ conn: Connection) throws(DatabaseError) -> [ContactID: Face] {
        let columns = FaceField.allCases.map(\.column).joined(separator: ", ")
        var faces: [ContactID: Face] = [:]
        for row in try conn.rows("SELECT id, \(columns) FROM contact WHERE id IN \(list: ids.map(\.value))") {
            var values: [FaceField: String] = [:]
            for field in FaceField.allCases { values[field] = try row[field.rawValue] }
            faces[try row["id"]] = Face(values: values)
        }
        return faces
    }
}
