public import Primitives

/// Who may see a field, from everybody to nobody (`D11`). Pages, JSON, CSV, search and exports all ask this.
public enum Visibility: String, Sendable, Comparable, CaseIterable, Codable {
    case `public`, party, staff, secret

    private var rank: Int {
        switch self {
        case .public: 0
        case .party: 1
        case .staff: 2
        case .secret: 3
        }
    }

    /// Smaller is seen by more people: a viewer with clearance `c` sees every field whose class is `<= c`.
    public static func < (a: Visibility, b: Visibility) -> Bool { a.rank < b.rank }
}

/// A field of a case and its visibility class. A field without a class does not load.
public struct FieldDeclaration: Sendable, Hashable {
    public let name: String
    public let visibility: Visibility
    /// What people call it.
    public let label: LocalizedText
}
