public import HTML

/// Where a person's cases and everything about one case stand.
public enum CaseAddresses {
    /// "My cases", by bucket.
    public static let dashboard = PlainAddress("/dashboard")
    /// All my cases, or one bucket of them (`?bucket=…&page=…`).
    public static let list = PlainAddress("/cases")
    /// One case, by its number.
    public static let show = Address<String>("/cases/{number}")
    public static let contacts = Address<String>("/cases/{number}/contacts")
    public static let locations = Address<String>("/cases/{number}/locations")
    public static let subRecords = Address<String>("/cases/{number}/sub-records")
    public static let timeline = Address<String>("/cases/{number}/timeline")

    /// Where staff begin; the help desk serves it.
    static let desk = PlainAddress("/staff/desk")

    static let putBack = Address<String>("/cases/{number}/contacts/put-back")
    static let addContact = Address<String>("/cases/{number}/contacts/add")
    static let addEmail = Address<String>("/cases/{number}/contacts/add-email")
    /// The same with chosen rights and a chosen time to answer (B7).
    static let invite = Address<String>("/cases/{number}/contacts/invite")
    static let sendAgain = Address<String>("/cases/{number}/contacts/send-again")
    static let acceptHere = Address<String>("/cases/{number}/contacts/accept")
    static let removeContact = Address<String>("/cases/{number}/contacts/remove")
    static let showMyName = Address<String>("/cases/{number}/contacts/show-my-name")
    static let favorite = Address<String>("/cases/{number}/contacts/favorite")

    /// The link of the mail to somebody who was added by address. Anybody who has it may open it.
    static let invitation = Address<String>("/invitations/{token}")
    static let acceptInvitation = Address<String>("/invitations/{token}/accept")
    static let declineInvitation = Address<String>("/invitations/{token}/decline")
}
