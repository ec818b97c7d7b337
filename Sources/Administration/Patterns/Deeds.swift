internal import HTML

/// What a page lets somebody do, and why something cannot be done now.
extension Pattern {
    static let deeds: [Pattern] = [
        Pattern(
            "button", "administration.patterns.button.name", for: "administration.patterns.button.purpose",
            State("administration.patterns.button.primary", submitButton("Send request")),
            State("administration.patterns.button.quiet", submitButton("Save for later", quiet: true)),
            State("administration.patterns.button.danger", submitButton("Remove the draft", quiet: true, danger: true)),
            State("administration.patterns.button.link", linkButton("Pay $184.20", here)),
            State(
                "administration.patterns.button.several",
                actions {
                    submitButton("Approve", accessibleName: "Approve the request")
                    submitButton("Decline", quiet: true, accessibleName: "Decline the request")
                }),
            State("administration.patterns.state.long", linkButton(longName, here, quiet: true))),
        Pattern(
            "star", "administration.patterns.star.name", for: "administration.patterns.star.purpose",
            State("administration.patterns.star.off", starButton(accessibleName: "Add Rosa Quill to favorites", isOn: false)),
            State("administration.patterns.star.on", starButton(accessibleName: "Remove Rosa Quill from favorites", isOn: true))),
        Pattern(
            "whynot", "administration.patterns.whynot.name", for: "administration.patterns.whynot.purpose",
            State(
                "administration.patterns.state.usual",
                whyNot(
                    [
                        ActionItem(title: "Add a contact", link: here),
                        ActionItem(
                            title: "Request an inspection",
                            reasons: [
                                group {
                                    "Invoice 1042 is unpaid. "
                                    a(here) { "Pay invoice 1042" }
                                }
                            ]),
                    ], notYet: "not yet"))),
        Pattern(
            "disclosure", "administration.patterns.disclosure.name", for: "administration.patterns.disclosure.purpose",
            State(
                "administration.patterns.state.usual",
                details {
                    summary { "I no longer have that email" }
                    p { "Ask for access. A person at the desk looks at it." }
                })),
    ]
}
