public import HTML

/// Where organizations and a person's own contacts are looked after.
public enum ContactAddresses {
    /// An organization by the public id of its contact: who belongs to it, who asks to.
    public static let organization = Address<String>("/account/organization/{id}")
    static let accept = Address<String, String>("/account/organization/{id}/accept/{account}")
    static let decline = Address<String, String>("/account/organization/{id}/decline/{account}")
    static let remove = Address<String, String>("/account/organization/{id}/remove/{account}")
    /// One of its people: their role.
    static let person = Address<String, String>("/account/organization/{id}/people/{account}")
    /// Which of the organization's cases one of its members sees (B3); the cases serve it.
    public static let personCases = Address<String, String>("/account/organization/{id}/people/{account}/cases")
    static let handOver = Address<String>("/account/organization/{id}/hand-over")
    static let invite = Address<String>("/account/organization/{id}/invite")
    static let sendAgain = Address<String, String>("/account/organization/{id}/invitations/{invitation}/send-again")
    static let withdraw = Address<String, String>("/account/organization/{id}/invitations/{invitation}/withdraw")
    /// The link of the mail to somebody who was invited. Anybody who has it may open it.
    static let invitation = Address<String>("/invitations/organization/{token}")
    static let acceptInvitation = Address<String>("/invitations/organization/{token}/accept")
    static let declineInvitation = Address<String>("/invitations/organization/{token}/decline")
    /// Asking for a correction of one's own record (B10).
    public static let correction = Address<String>("/account/contacts/{id}/correct")
    /// Saying that two of one's own records are the same (B10); the clean-up desk serves it.
    public static let sameRecords = PlainAddress("/account/contacts/same")
    static let actingFor = PlainAddress("/account/acting-for")
    static let findable = PlainAddress("/account/findable")
    /// The link in the mail that tells of an organization's first owner.
    static let objection = Address<String>("/account/objection/{token}")
}
