public import HTML

/// Where organizations and a person's own contacts are looked after.
public enum ContactAddresses {
    /// An organization by the public id of its contact: who belongs to it, who asks to.
    public static let organization = Address<String>("/account/organization/{id}")
    static let accept = Address<String, String>("/account/organization/{id}/accept/{account}")
    static let decline = Address<String, String>("/account/organization/{id}/decline/{account}")
    static let remove = Address<String, String>("/account/organization/{id}/remove/{account}")
    static let makeOwner = Address<String, String>("/account/organization/{id}/owner/{account}")
    /// Asking for a correction of one's own record (B10).
    public static let correction = Address<String>("/account/contacts/{id}/correct")
    static let findable = PlainAddress("/account/findable")
    /// The link in the mail that tells of an organization's first owner.
    static let objection = Address<String>("/account/objection/{token}")
}
