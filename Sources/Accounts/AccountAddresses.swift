public import HTML

/// Where accounts begin, are used and end.
public enum AccountAddresses {
    public static let register = PlainAddress("/register")
    static let registerSent = PlainAddress("/register/check-email")
    static let confirm = PlainAddress("/register/confirm")
    static let finish = PlainAddress("/register/finish")

    public static let signIn = PlainAddress("/sign-in")
    public static let signOut = PlainAddress("/sign-out")
    public static let staffSignIn = PlainAddress("/staff/sign-in")
    /// Takes the token of `StaffLinks.create` as the query parameter `token`.
    public static let staffLink = PlainAddress("/staff/sign-in/link")

    public static let reset = PlainAddress("/reset")
    static let resetSent = PlainAddress("/reset/check-email")
    static let choosePassword = PlainAddress("/reset/choose")

    public static let account = PlainAddress("/account")
    static let language = PlainAddress("/account/language")
    static let endSession = Address<String>("/account/sessions/{session}/end")
    static let endOtherSessions = PlainAddress("/account/sessions/end-others")
}
