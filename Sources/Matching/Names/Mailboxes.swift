/// What an email address says by itself about who reads it.
public enum Mailboxes {
    /// Whether several people read it, by its name: `info@…`, `office@…` (C1 d).
    /// - Parameter email: folded.
    public static func isSharedByName(_ email: String) -> Bool { sharedNames.contains(email.prefix { $0 != "@" }) }

    /// Mail services that everybody uses: their domain says nothing about who somebody is.
    public static func isPublicProvider(domain: String) -> Bool { publicProviders.contains(domain) }

    private static let sharedNames: Set<Substring> = [
        "info", "office", "permits", "permit", "permitting", "admin", "contact", "mail", "sales", "service", "accounting",
        "billing",
    ]

    private static let publicProviders: Set<String> = [
        "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "msn.com", "aol.com", "icloud.com", "me.com",
        "mac.com",
        "comcast.net", "protonmail.com", "proton.me", "gmx.com", "mail.com", "q.com", "centurylink.net", "ymail.com",
    ]
}
