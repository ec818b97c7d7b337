import HTML

extension Gallery {
    static func homePage(_ page: inout Page) {
        page.content = group {
            hero(
                title: "Permits, plans, licenses and inspections",
                lead: "Tell us where the work is. We show what you need, what it costs and how long it takes now."
            ) {
                form {
                    joined {
                        field(
                            FieldModel(
                                id: "where", name: "q", label: "Address, parcel number or case number",
                                hint: "For example 1195 Bear Mountain Dr, or ELE2026-00408", kind: .search))
                        submitButton("Continue")
                    }
                }
            }
            tasks([
                task("Find out what to apply for", "A few questions; your answers become the application."),
                task("Follow a case", "See whose turn it is and what comes next."),
                task("Book an inspection", "Next free day: Tuesday, December 1."),
                task("Pay an invoice", "No account needed; bank payments are free."),
                task("My cases are missing", "Connect them yourself, or ask us to."),
            ])
            h2 { "How long things take now" }
            dataTable(
                caption: "Last 90 days, working days",
                columns: [
                    TableColumn(title: "Kind"), TableColumn(title: "Half are done in", isNumber: true),
                    TableColumn(title: "Waiting now", isNumber: true),
                ],
                rows: [
                    TableRow(cells: [HTML("Electrical, plumbing, mechanical"), HTML("2 days"), HTML("31")]),
                    TableRow(cells: [HTML("New single-family home"), HTML("36 days"), HTML("1,124")]),
                ])
        }
    }

    private static func task(_ title: String, _ note: String) -> TaskLink {
        TaskLink(NavigationItem(title: title, link: place()), note: note)
    }

    static func dashboard(_ page: inout Page) {
        page.account = account("Dana Okafor, Front Range Electric LLC")
        page.notices = [
            Notice(
                kind: .success, title: "Your case is connected.", content: p { "You can follow it and act on it from here." }),
            Notice(kind: .information, title: "City offices are closed on Thursday and Friday."),
        ]
        page.content = group {
            pageHeading("My cases", lead: "Signed in as Dana Okafor for Front Range Electric LLC")
            columns(
                main: group {
                    countedHeading("Needs your attention", count: "2 cases")
                    listRows([
                        row(
                            "ELE2026-00408", "Panel upgrade", "1195 Bear Mountain Dr · Electrical permit",
                            tag("Payment pending", .attention),
                            "Your turn since Tuesday. Pay the invoice and the permit is issued at once.",
                            linkButton("Pay $184.20", place())),
                        row(
                            "BLD-SFD2026-00133", "Kitchen and bath remodel", "3380 Longwood Ave · Building permit",
                            tag("Revisions requested", .attention), "Building code asks 4 questions.",
                            linkButton("Answer 4 comments", place(), quiet: true)),
                    ])
                    countedHeading("Recent", count: "1 case")
                    listRows(
                        [
                            ListRow(
                                title: a(place()) { "ELE2026-00391" }, subtitle: "Nov 24, 2026", status: tag("Issued", .good))
                        ], isCompact: true)
                    h2 { "Pending" }
                    listRows([
                        row(
                            "BLD-ACC2026-00027", "Detached garage", "2805 Mapleton Ave · Building permit",
                            tag("In review", .waiting), "City’s turn: zoning, day 6 of 10.", .empty),
                        row(
                            "LUR2026-00018", "Use review", "1301 Walnut St · Development review", tag("Scheduled", .calm),
                            "Planning Board, Thursday December 3 at 6 pm.", .empty),
                    ])
                    pagination(
                        Pagination(
                            label: "Pages of cases", previous: NavigationItem(title: "Previous", link: place()),
                            next: NavigationItem(title: "Next", link: place()), position: "21–40 of 312"))
                    h2 { "Drafts" }
                    emptyState(
                        "Applications you have begun wait here until you send them.",
                        action: linkButton("Begin one", place(), quiet: true))
                },
                aside: group {
                    panel(title: "Next inspections") {
                        p {
                            strong { "Tomorrow, 9:40–11:40 am" }
                            br()
                            "Rough electrical, 1195 Bear Mountain Dr"
                        }
                        a(place()) { "Move or cancel" }
                    }
                    panel(title: "Invoices") {
                        descriptionList([
                            Detail(term: "Due", value: HTML("$1,284.20 in 3 cases")),
                            Detail(term: "Past due", value: HTML("$0.00")),
                        ])
                        linkButton("Pay together", place(), quiet: true)
                    }
                })
        }
    }

    private static func row(
        _ number: String, _ title: String, _ subtitle: String, _ status: HTML, _ note: String, _ action: HTML
    ) -> ListRow {
        ListRow(
            title: group {
                a(place()) { number }
                " \(title)"
            }, subtitle: subtitle, status: status, note: note, action: action)
    }

    static func casePage(_ page: inout Page) {
        page.account = account("Dana Okafor")
        page.crumbs = [Crumb(title: "My cases", link: place()), Crumb(title: "Active permits", link: place())]
        page.content = group {
            pageHeading(
                "ELE2026-00408", lead: "Electrical permit · Panel upgrade and EV charger · 1195 Bear Mountain Dr",
                status: tag("In review", .waiting))
            steps(
                label: "Progress",
                [
                    Step(title: "Submitted", note: "Nov 16", state: .done, stateLabel: "done"),
                    Step(title: "Complete", note: "Nov 17", state: .done, stateLabel: "done"),
                    Step(title: "Review", note: "since Nov 17", state: .now, stateLabel: "now"),
                    Step(title: "Payment", state: .ahead, stateLabel: "ahead"),
                    Step(title: "Issued", state: .ahead, stateLabel: "ahead"),
                    Step(title: "Inspections", state: .ahead, stateLabel: "ahead"),
                ])
            turnPanel(title: "It is the city’s turn: electrical review, day 2 of 2", tone: .waiting) {
                p { "Half of such permits are issued in 2 working days, nine in ten in 4." }
            }
            tabs(
                label: "Case",
                [
                    Tab(title: "Summary", link: place()), Tab(title: "Contacts", count: 3, link: place(), isCurrent: true),
                    Tab(title: "Locations", count: 1, link: place()), Tab(title: "Sub-records", count: 0, link: place()),
                    Tab(title: "Documents", count: 14, link: place()), Tab(title: "Timeline", link: place()),
                ])
            columns(
                main: group {
                    contactsTable
                    h2 { "Add a contact" }
                    form {
                        field(
                            FieldModel(
                                id: "as", name: "as", label: "Add contact as",
                                kind: .choice([Choice(value: "general", title: "Contractor: General")])))
                        joined {
                            field(
                                FieldModel(
                                    id: "q", name: "q", label: "Last name, company or email",
                                    hint: "Companies and people who can be found appear.", kind: .search))
                            submitButton("Search", quiet: true)
                        }
                    }
                },
                aside: panel(title: "What you can do now") {
                    whyNot(
                        [
                            ActionItem(title: "Upload a document", link: place()),
                            ActionItem(
                                title: "Request an inspection",
                                reasons: [HTML("The permit is not issued. ") + a(place()) { "What is left" }]),
                        ], notYet: "not yet")
                })
        }
    }

    private static var contactsTable: HTML {
        dataTable(
            caption: "People and companies on this permit",
            columns: [
                TableColumn(title: "Name"), TableColumn(title: "As"), TableColumn(title: "May"),
                TableColumn(title: "Favorite"), TableColumn(title: "Remove", isHidden: true),
            ],
            rows: [
                contact("Front Range Electric LLC", "License EC-1042, valid to June 30, 2027", "Contractor: Electrical", true),
                contact("Rosa Martínez", "Homeowner", "Property owner", false),
            ])
    }

    private static func contact(_ name: String, _ note: String, _ role: String, _ isOn: Bool) -> TableRow {
        TableRow(cells: [
            group {
                name
                div(.class("soft")) { note }
            },
            HTML(role), HTML("see, act, pay, book"),
            form {
                starButton(accessibleName: isOn ? "Remove \(name) from favorites" : "Add \(name) to favorites", isOn: isOn)
            },
            form { submitButton("Remove", quiet: true, accessibleName: "Remove \(name)", danger: true) },
        ])
    }
}
