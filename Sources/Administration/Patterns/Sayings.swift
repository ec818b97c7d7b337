internal import HTML

/// What a page says first: notices, whose turn it is, progress, nothing here yet.
extension Pattern {
    static let sayings: [Pattern] = [
        Pattern(
            "notice", "administration.patterns.notice.name", for: "administration.patterns.notice.purpose",
            State(
                "administration.patterns.notice.success",
                notice(
                    Notice(
                        kind: .success, title: "Your case is connected.",
                        content: p { "You can follow it and act on it from here." },
                        takesFocus: false))),
            State(
                "administration.patterns.notice.information",
                notice(Notice(kind: .information, title: "City offices are closed on Thursday and Friday."))),
            State(
                "administration.patterns.notice.warning",
                notice(Notice(kind: .warning, title: "2 requests are older than a working day.")))),
        Pattern(
            "turn", "administration.patterns.turn.name", for: "administration.patterns.turn.purpose",
            State(
                "administration.patterns.tone.attention",
                turnPanel(title: "Your turn since Tuesday", tone: .attention) {
                    p { "Pay the invoice, and the permit is issued." }
                }),
            State(
                "administration.patterns.tone.waiting",
                turnPanel(title: "The city’s turn", tone: .waiting) {
                    p { "Building code looks at your plans until December 4." }
                }),
            State(
                "administration.patterns.tone.good",
                turnPanel(title: "Finished", tone: .good) { p { "The certificate was issued on November 12, 2026." } }),
            State(
                "administration.patterns.tone.calm",
                turnPanel(title: "Nothing to do now", tone: .calm) { p { "The next step begins by itself." } })),
        Pattern(
            "tag", "administration.patterns.tag.name", for: "administration.patterns.tag.purpose",
            State("administration.patterns.tone.attention", tag("Payment pending", .attention)),
            State("administration.patterns.tone.waiting", tag("In review", .waiting)),
            State("administration.patterns.tone.good", tag("Issued", .good)),
            State("administration.patterns.tone.calm", tag("Closed", .calm)),
            State("administration.patterns.state.long", tag(longName, .waiting))),
        Pattern(
            "steps", "administration.patterns.steps.name", for: "administration.patterns.steps.purpose",
            State(
                "administration.patterns.state.usual",
                steps(
                    label: "Progress",
                    [
                        Step(title: "Submitted", note: "Nov 11, 2026", state: .done, stateLabel: "done"),
                        Step(title: "Review", state: .now, stateLabel: "now"),
                        Step(title: "Issued", state: .ahead, stateLabel: "ahead"),
                        Step(title: "Finished", state: .ahead, stateLabel: "ahead"),
                    ])),
            State(
                "administration.patterns.state.long",
                steps(
                    label: "Progress, long names",
                    [
                        Step(title: longName, note: "Nov 11, 2026", state: .done, stateLabel: "done"),
                        Step(title: longName, state: .now, stateLabel: "now"),
                    ]))),
        Pattern(
            "empty", "administration.patterns.empty.name", for: "administration.patterns.empty.purpose",
            State(
                "administration.patterns.state.usual", emptyState("No requests are waiting. New ones appear here by themselves.")),
            State(
                "administration.patterns.empty.action",
                emptyState("You have no cases yet.", action: linkButton("Something missing?", here)))),
    ]
}
