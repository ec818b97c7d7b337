internal import HTML

/// What a page asks: fields in all their kinds and states, the summary of what has to be corrected, searches and filters.
extension Pattern {
    static let questions: [Pattern] = [
        Pattern(
            "field", "administration.patterns.field.name", for: "administration.patterns.field.purpose",
            State("administration.patterns.state.usual", field(FieldModel(id: "f-text", name: "text", label: "Case number"))),
            State(
                "administration.patterns.field.hint",
                field(
                    FieldModel(
                        id: "f-hint", name: "hint", label: "Email", hint: "We write to you here.", kind: .email,
                        value: "dana@mail.example", isRequired: true))),
            State(
                "administration.patterns.field.optional",
                field(
                    FieldModel(id: "f-optional", name: "optional", label: "Phone", kind: .telephone, optionalMark: "(optional)"))),
            State(
                "administration.patterns.field.error",
                field(
                    FieldModel(
                        id: "f-error", name: "error", label: "Your email", hint: "We write to you here.",
                        error: "Enter an email address, like name@example.org.", kind: .email, value: "dana@"))),
            State(
                "administration.patterns.field.rightToLeft",
                field(FieldModel(id: "f-rtl", name: "rtl", label: "Name", value: "شركة البناء الحديثة"))),
            State(
                "administration.patterns.state.long",
                field(FieldModel(id: "f-long", name: "long", label: longName, hint: longName, error: longName, value: longName)))),
        Pattern(
            "kinds", "administration.patterns.kinds.name", for: "administration.patterns.kinds.purpose",
            State(
                "administration.patterns.kinds.day",
                field(FieldModel(id: "f-day", name: "day", label: "Applied on", kind: .date, value: "2026-11-17"))),
            State(
                "administration.patterns.kinds.list",
                field(
                    FieldModel(
                        id: "f-list", name: "list", label: "Type",
                        kind: .choice([Choice(value: "", title: "Choose one"), Choice(value: "ele", title: "Electrical")])))),
            State("administration.patterns.kinds.radios", radios(id: "f-radios", error: nil)),
            State("administration.patterns.kinds.radiosError", radios(id: "f-radios-error", error: "Choose what your part is.")),
            State(
                "administration.patterns.kinds.check",
                field(
                    FieldModel(
                        id: "f-check", name: "check", label: "Write to me when it moves", hint: "You can stop it at any time.",
                        kind: .checkbox, value: "yes"))),
            State(
                "administration.patterns.kinds.lines",
                field(
                    FieldModel(
                        id: "f-lines", name: "lines", label: "Anything we should know?", kind: .multiline(rows: 3),
                        optionalMark: "(optional)"))),
            State(
                "administration.patterns.kinds.password",
                field(
                    FieldModel(
                        id: "f-password", name: "password", label: "New password", hint: "At least 15 characters.",
                        kind: .newPassword)))),
        Pattern(
            "errors", "administration.patterns.errors.name", for: "administration.patterns.errors.purpose",
            State(
                "administration.patterns.state.usual",
                errorSummary(
                    title: "There is a problem",
                    problems: [
                        FieldProblem(fieldID: "f-error", message: "Enter an email address, like name@example.org."),
                        FieldProblem(message: "The form was open for a long time. Nothing was lost; send it again."),
                    ], takesFocus: false))),
        Pattern(
            "search", "administration.patterns.search.name", for: "administration.patterns.search.purpose",
            State(
                "administration.patterns.state.usual",
                joined {
                    field(FieldModel(id: "f-search", name: "q", label: "Search records", kind: .search))
                    submitButton("Search", quiet: true)
                }),
            State(
                "administration.patterns.search.filters",
                filters(isOpen: true, title: "Filters: 1 set") {
                    field(
                        FieldModel(
                            id: "f-kind", name: "kind", label: "Kind",
                            kind: .choice([Choice(value: "", title: "Any kind"), Choice(value: "permit", title: "Permit")]),
                            value: "permit"))
                    field(FieldModel(id: "f-from", name: "from", label: "Applied from", kind: .date))
                })),
    ]

    private static func radios(id: String, error: String?) -> HTML {
        field(
            FieldModel(
                id: id, name: id, label: error == nil ? "What is your part in it?" : "What is your part in this case?",
                error: error,
                kind: .radios([
                    Choice(value: "owner", title: "I own the property"),
                    Choice(value: "contractor", title: "I do the work", hint: "A licensed contractor, or their staff."),
                ])))
    }
}
