internal import HTML

/// Where the guides are. People keep these addresses and send them to each other: they stay.
enum GuideAddresses {
    /// All guides; with `?q=` what they say about a question.
    static let index = PlainAddress("/guide")
    static let createAccount = PlainAddress("/guide/create-an-account")
    static let oldPortal = PlainAddress("/guide/old-portal")
    static let addContact = PlainAddress("/guide/add-a-contact")
    static let contactTypes = PlainAddress("/guide/contact-types")
    static let company = PlainAddress("/guide/company")
    static let missingCases = PlainAddress("/guide/missing-cases")
    static let questions = PlainAddress("/guide/questions")
    static let staff = PlainAddress("/guide/staff")
}
