internal import Web

/// The questions of the Contacts tab.
enum ContactForms {
    /// The search is in the address, so that it can be shared and comes back after signing in.
    enum Search {
        static let type = Field<String>.choice("as", label: "cases.contacts.as", isRequired: false)
        static let text = Field<String>.text(
            "q", label: "cases.contacts.search", hint: "cases.contacts.searchHint", isRequired: false)
        static let form = Form(type, text)
    }

    enum Add {
        static let contact = Field<String>.hidden("contact")
        static let type = Field<String>.hidden("as")
        static let form = Form(contact, type)
    }

    enum AddEmail {
        static let email = Field<TypedEmail>.email(label: "cases.contacts.email")
        static let type = Field<String>.hidden("as")
        static let form = Form(email, type)
    }

    /// Somebody by address, with fewer rights than the type's or another time to answer.
    enum Invite {
        static let email = Field<TypedEmail>.email(label: "cases.contacts.email")
        static let type = Field<String>.hidden("as")
        static let act = Field<Bool>.checkbox("may_act", label: "cases.invite.act")
        static let bill = Field<Bool>.checkbox("may_bill", label: "cases.invite.bill")
        static let requestInspection = Field<Bool>.checkbox("may_request_inspection", label: "cases.invite.requestInspection")
        static let days = Field<String>.choice("days", label: "cases.invite.days", hint: "cases.invite.daysHint")
        static let form = Form(email, type, act, bill, requestInspection, days)
    }

    enum Remove {
        static let party = Field<String>.hidden("party")
        static let form = Form(party)
    }

    enum PutBack {
        static let removal = Field<String>.hidden("removal")
        static let form = Form(removal)
    }

    enum Favorite {
        static let contact = Field<String>.hidden("contact")
        static let star = Field<String>.hidden("star")
        static let type = Field<String>.hidden("as", isRequired: false)
        static let text = Field<String>.hidden("q", isRequired: false)
        static let form = Form(contact, star, type, text)
    }
}
