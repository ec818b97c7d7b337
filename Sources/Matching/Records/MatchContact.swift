/// A contact as it stands in a file or a database, before it is taken apart for matching. Every text may be empty: unknown.
public struct MatchContact: Sendable, Hashable {
    public enum Kind: UInt8, Sendable, Hashable { case person, company }

    /// What the pair will be named by: any text, unique among the contacts.
    public var id: String
    /// nil: a person when there is a person's name, otherwise a company.
    public var kind: Kind?
    public var companyName = ""
    public var firstName = ""
    public var middleName = ""
    public var lastName = ""
    /// Read only for a suffix such as Jr.
    public var title = ""
    /// As typed; at most two are compared.
    public var emails: [String] = []
    /// As typed; at most three are compared.
    public var phones: [String] = []
    /// House number and street, or a street alone.
    public var address = ""
    public var unit = ""
    public var city = ""
    public var state = ""
    public var zip = ""

    public init(id: String) { self.id = id }
}
