internal import HTML

/// The pages of the account that this module leads back to.
enum AccountLinks {
    static let account = PlainAddress("/account")
}
