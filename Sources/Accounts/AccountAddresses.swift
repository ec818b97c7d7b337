public import HTML

/// Where accounts begin, are used and end.
public enum AccountAddresses {
    public static let register = PlainAddress("/register")
    static let registerSent = PlainAddress("/register/check-email")
    static let confirm = PlainAddress("/register/confirm")
    static let finish = PlainAddress("/register/finish")

    public static let signIn = PlainAddress("/sign-in")
    static let beginPasskeySignIn = PlainAddress("/sign-in/passkey/begin")
    static let passkeySignIn = PlainAddress("/sign-in/passkey")
    static let secondStep = PlainAddress("/sign-in/second-step")
    static let recoveryStep = PlainAddress("/sign-in/recovery-code")
    /// Stops the removal of a second step that staff were asked for; takes the token of the mail as the query parameter `token`.
    static let keepSecondStep = PlainAddress("/sign-in/keep-second-step")
    public static let signOut = PlainAddress("/sign-out")
    public static let staffSignIn = PlainAddress("/staff/sign-in")
    /// Takes the token of `StaffLinks.create` as the query parameter `token`.
    public static let staffLink = PlainAddress("/staff/sign-in/link")
    /// Leads to the city's sign-in service.
    static let directorySignIn = PlainAddress("/staff/sign-in/directory")
    /// Where the service sends the browser back to; the operator names it there.
    public static let directoryReturn = PlainAddress("/staff/sign-in/directory/return")
    static let connectDirectory = PlainAddress("/staff/sign-in/directory/connect")

    public static let reset = PlainAddress("/reset")
    static let resetSent = PlainAddress("/reset/check-email")
    static let choosePassword = PlainAddress("/reset/choose")

    public static let account = PlainAddress("/account")
    static let language = PlainAddress("/account/language")
    static let endSession = Address<String>("/account/sessions/{session}/end")
    static let endOtherSessions = PlainAddress("/account/sessions/end-others")

    /// Asked for by a page whose session is about to end (A4).
    public static let stay = PlainAddress("/session")
    static let details = PlainAddress("/account/details")
    /// The addresses of the account; one more is added here (A6).
    public static let emails = PlainAddress("/account/emails")
    static let emailSent = PlainAddress("/account/emails/check-email")
    static let confirmEmail = PlainAddress("/account/emails/confirm")
    static let primaryEmail = PlainAddress("/account/emails/primary")
    static let removeEmail = PlainAddress("/account/emails/remove")
    /// Which kinds of email somebody wants.
    public static let mailChoices = PlainAddress("/account/mail")
    static let changePassword = PlainAddress("/account/password")
    /// Asks for the password again before something that guards the account (A4).
    static let confirmPassword = PlainAddress("/account/confirm-password")
    static let beginConfirmByPasskey = PlainAddress("/account/confirm-passkey/begin")
    static let confirmByPasskey = PlainAddress("/account/confirm-passkey")
    /// How the account is guarded; staff have it too.
    public static let security = PlainAddress("/account/security")
    static let app = PlainAddress("/account/security/app")
    static let offerApp = PlainAddress("/account/security/app/begin")
    static let removeApp = PlainAddress("/account/security/app/remove")
    static let beginPasskey = PlainAddress("/account/security/passkeys/begin")
    static let newPasskey = PlainAddress("/account/security/passkeys/new")
    static let passkey = Address<String>("/account/security/passkeys/{id}")
    static let removePasskey = Address<String>("/account/security/passkeys/{id}/remove")
    static let recoveryCodes = PlainAddress("/account/security/recovery-codes")
    static let removeDirectory = PlainAddress("/account/security/directory/remove")
    static let keepOwnSecondStep = PlainAddress("/account/security/keep-second-step")
    static let activity = PlainAddress("/account/activity")
    static let notMe = PlainAddress("/account/not-me")
    static let close = PlainAddress("/account/close")
    /// What the city holds on me (A7).
    public static let records = PlainAddress("/account/records")
    public static let recordsPart = Address<String>("/account/records/{part}")
    static let recordsJSON = PlainAddress("/account/records.json")

    /// Where staff help people with their accounts (A8).
    static let support = PlainAddress("/staff/accounts")
    static let securityEvents = PlainAddress("/staff/security")
    static let supportedAccount = Address<String>("/staff/accounts/{account}")
    static let supportAct = Address<String, String>("/staff/accounts/{account}/{act}")
    static let begunRegistration = Address<String>("/staff/registrations/{registration}")
}
