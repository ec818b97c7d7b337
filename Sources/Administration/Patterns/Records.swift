internal import HTML

/// What a page shows: headings, records in lists and tables, facts about one record, panels beside it, ways between pages.
extension Pattern {
    static let records: [Pattern] = [
        Pattern(
            "heading", "administration.patterns.heading.name", for: "administration.patterns.heading.purpose",
            State("administration.patterns.state.usual", countedHeading("Needs your attention", count: "2 cases")),
            State("administration.patterns.state.empty", countedHeading("Pending"))),
        Pattern(
            "rows", "administration.patterns.rows.name", for: "administration.patterns.rows.purpose",
            State("administration.patterns.state.usual", listRows([row("ELE2026-00408", "Panel upgrade")], label: "Rows")),
            State(
                "administration.patterns.rows.compact",
                listRows(
                    [
                        ListRow(title: a(here) { "ELE2026-00391" }, subtitle: "Nov 24, 2026", status: tag("Issued", .good)),
                        ListRow(title: a(here) { "MEC2026-00077" }, subtitle: "Nov 20, 2026", status: tag("Closed", .calm)),
                    ], label: "Compact rows", isCompact: true)),
            State("administration.patterns.state.long", listRows([row(longName, longName)], label: "Long rows"))),
        Pattern(
            "table", "administration.patterns.table.name", for: "administration.patterns.table.purpose",
            State(
                "administration.patterns.state.usual",
                dataTable(
                    caption: "Last 90 days, working days",
                    columns: [
                        TableColumn(title: "Kind"), TableColumn(title: "Half are done in", isNumber: true),
                        TableColumn(title: "Waiting now", isNumber: true), TableColumn(title: "Open", isHidden: true),
                    ],
                    rows: [
                        TableRow(cells: [HTML("Electrical permit"), HTML("2 days"), HTML("31"), open("Electrical permit")]),
                        TableRow(cells: [HTML("New home"), HTML("36 days"), HTML("1,124"), open("New home")]),
                    ])),
            State(
                "administration.patterns.state.long",
                dataTable(
                    caption: "Long names", columns: [TableColumn(title: "Name"), TableColumn(title: "Email")],
                    rows: [TableRow(cells: [HTML(longName), HTML("\(longName)@mail.example")])]))),
        Pattern(
            "details", "administration.patterns.details.name", for: "administration.patterns.details.purpose",
            State(
                "administration.patterns.state.usual",
                descriptionList([
                    Detail(term: "Address", value: HTML("420 Spring Creek Pl, Boulder, CO 80302")),
                    Detail(term: "Value of the work", value: HTML("$6,275.00")),
                ])),
            State("administration.patterns.state.long", descriptionList([Detail(term: longName, value: HTML(longName))]))),
        Pattern(
            "panel", "administration.patterns.panel.name", for: "administration.patterns.panel.purpose",
            State(
                "administration.patterns.state.usual",
                panel(title: "Which contact type?") {
                    p { "The type says what somebody may do on a case." }
                    p { a(here) { "Read about contact types" } }
                }),
            State("administration.patterns.state.long", panel(title: longName) { p { longName } })),
        Pattern(
            "tasks", "administration.patterns.tasks.name", for: "administration.patterns.tasks.purpose",
            State(
                "administration.patterns.state.usual",
                tasks([
                    TaskLink(
                        NavigationItem(title: "Follow a case", link: here), note: "See whose turn it is and what comes next."),
                    TaskLink(NavigationItem(title: "My cases are missing", link: here), note: "Connect them, or ask us to."),
                ]))),
        Pattern(
            "tabs", "administration.patterns.tabs.name", for: "administration.patterns.tabs.purpose",
            State(
                "administration.patterns.state.usual",
                tabs(
                    label: "Sample case",
                    [
                        Tab(title: "Summary", link: here, isCurrent: true), Tab(title: "Contacts", count: 2, link: here),
                        Tab(title: "Timeline", link: here),
                    ])),
            State(
                "administration.patterns.state.long",
                tabs(label: "Long names", [Tab(title: longName, count: 1124, link: here), Tab(title: "Fees", link: here)]))),
        Pattern(
            "pages", "administration.patterns.pages.name", for: "administration.patterns.pages.purpose",
            State(
                "administration.patterns.pages.middle",
                pagination(
                    Pagination(
                        label: "Sample pages", previous: NavigationItem(title: "Page before", link: here),
                        next: NavigationItem(title: "Next page", link: here), position: "21–40 of 312"))),
            State(
                "administration.patterns.pages.first",
                pagination(
                    Pagination(
                        label: "Sample pages, the first", next: NavigationItem(title: "Next page", link: here),
                        position: "1–20 of 1,000+")))),
    ]

    private static func row(_ number: String, _ what: String) -> ListRow {
        ListRow(
            title: group {
                a(here) { number }
                " "
                what
            }, subtitle: "1195 Bear Mountain Dr · Electrical Permit", status: tag("Payment pending", .attention),
            note: "Your turn since Tuesday.", action: linkButton("Pay $184.20", here))
    }

    private static func open(_ name: String) -> HTML { linkButton("Open", here, quiet: true, accessibleName: "Open \(name)") }
}
