/// A portable copy of a whole city: a folder of plain files that says the same whichever database the city is in, so that a city
/// can be brought back, compared, or moved from one database to the other.
///
/// ```
/// manifest.json       what there is, with the SHA-256 of every file; written last
/// tables/NAME.jsonl   a line a row, sorted by the primary key
/// files/…             the folder of uploaded files
/// ```
public enum Archive {
    /// The only form so far.
    static let format = 1
    /// The step list of the schema. Its names stand in the manifest; a restored city writes its own.
    static let stepTable = "schema_migration"
}

/// Why an archive cannot be written or read, with what to do about it.
public struct ArchiveRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence for whoever runs the command.
    public let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
    public var description: String { sentence }
}

/// How far it is. Told from another thread, a few times a second at most for a large table and once at each one's end; from the
/// beginning again when the database had to start over.
public struct ArchiveProgress: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        /// Rows go from the database into the archive.
        case writing
        /// A file of the archive is compared with the manifest.
        case checking
        /// Rows go from the archive into the database.
        case loading
        /// What the database now holds is compared with the archive.
        case comparing
        /// Uploaded files are copied.
        case copying
    }

    public let step: Step
    /// The table's or file's name.
    public let name: String
    /// Rows of the table, or files of the folder, and how many there will be.
    public let done: Int
    public let total: Int
    /// Bytes of this table's file, or of the files copied so far.
    public let bytes: Int64
}
