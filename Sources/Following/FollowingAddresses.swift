public import HTML

/// Where people find what they watch: the cases they follow, and their collections (C5).
public enum FollowingAddresses {
    /// The cases somebody follows, newest change first.
    public static let list = PlainAddress("/account/following")
    /// One's own folders over cases.
    public static let collections = PlainAddress("/account/collections")

    static let follow = Address<String>("/cases/{number}/follow")
    static let unfollow = Address<String>("/cases/{number}/stop-following")
    static let stop = Address<String>("/account/following/{id}/stop")
    static let again = Address<String>("/account/following/{id}/again")
    /// The link in the mails: it needs no sign-in, and ends them.
    static let stopMail = Address<String>("/following/stop-emails/{token}")

    /// The collections of one case.
    static let collect = Address<String>("/cases/{number}/collections")
    static let collection = Address<String>("/account/collections/{id}")
    static let removeCollection = Address<String>("/account/collections/{id}/remove")
    static let restoreCollection = Address<String>("/account/collections/{id}/restore")
    static let takeOut = Address<String, String>("/account/collections/{id}/cases/{number}/take-out")
    static let putBack = Address<String, String>("/account/collections/{id}/cases/{number}/put-back")
}
