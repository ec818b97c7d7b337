public import Core
internal import Database
internal import HTML
public import Primitives

/// How the first staff get in: `groundwork staff create` prints a link that works once (A8: nobody sets another's password).
public enum StaffLinks {
    /// Gives the role, to a new account when the address has none, and makes the token of a one-time link.
    /// The address of a staff account links no contacts.
    /// - Parameter service: the issuer and the subject of the person's account at the city, to sign in with.
    public static func create(
        _ change: Change, email: TypedAddress, role: StaffRole, at service: (issuer: String, subject: String)? = nil
    ) throws -> SecretToken {
        let writer = AccountWriter(change)
        let known = try Account.find(email: email.folded, change.conn)
        let account =
            try known?.id
            ?? writer.create(
                firstName: givenName(email), lastName: familyName(email), phone: "", email: email, language: .english,
                passwordHash: nil,
                provesEmail: false)
        try writer.give(role, to: account)
        if let service {
            let identity = StaffIdentity(
                issuer: service.issuer, subject: service.subject, label: email.typed, askedAt: nil, hasSecondStep: false)
            try DirectoryIdentity.connect(account, with: identity, change)
        }
        let token = SecretToken(randomness: change.city.randomness)
        try EmailToken.issue(.staff, token, for: email, language: known?.language ?? .english, account: account, change)
        return token
    }

    /// The link to hand over, with scheme and host.
    public static func url(_ token: SecretToken, _ city: CityContext) -> String {
        city.url(AccountAddresses.staffLink().with([("token", token.text)]))
    }

    /// `dana.whitfield@…` is called Dana Whitfield until somebody says otherwise.
    private static func nameParts(_ email: TypedAddress) -> [String] {
        email.typed.prefix { $0 != "@" }.split { ".-_+".contains($0) }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }
    private static func givenName(_ email: TypedAddress) -> String { nameParts(email).first ?? "" }
    private static func familyName(_ email: TypedAddress) -> String { nameParts(email).dropFirst().joined(separator: " ") }
}
