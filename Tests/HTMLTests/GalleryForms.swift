import HTML

extension Gallery {
    static func formPage(_ page: inout Page) {
        page.content = group {
            errorSummary(
                title: "There is a problem",
                problems: [
                    FieldProblem(fieldID: "email", message: "Enter an email address, like name@example.org."),
                    FieldProblem(fieldID: "part", message: "Choose what your part in it is."),
                    FieldProblem(message: "The form was open for a long time. Nothing was lost; please send it again."),
                ])
            h1 { "Ask for access" }
            p { "We look at every request by hand. Most are answered within a working day." }
            form(.method("post"), .novalidate()) {
                field(FieldModel(id: "case", name: "case", label: "Case number or address", value: "ELE2026-00408"))
                field(
                    FieldModel(
                        id: "email", name: "email", label: "Email", hint: "We write to you here.",
                        error: "Enter an email address, like name@example.org.", kind: .email, value: "dana@", isRequired: true,
                        autocomplete: "email"))
                field(
                    FieldModel(
                        id: "part", name: "part", label: "What is your part in it?", error: "Choose what your part in it is.",
                        kind: .radios([
                            Choice(value: "owner", title: "I own the property"),
                            Choice(value: "contractor", title: "I do the work", hint: "A licensed contractor, or their staff."),
                            Choice(value: "other", title: "Something else"),
                        ]), isRequired: true))
                field(
                    FieldModel(
                        id: "applied", name: "applied", label: "Applied on", kind: .date, value: "2026-11-17",
                        optionalMark: "(optional)"))
                field(
                    FieldModel(
                        id: "type", name: "type", label: "Type",
                        kind: .choice([Choice(value: "", title: "Choose one"), Choice(value: "ele", title: "Electrical")])))
                field(FieldModel(id: "phone", name: "phone", label: "Phone", kind: .telephone, autocomplete: "tel"))
                field(
                    FieldModel(
                        id: "secret", name: "secret", label: "Password", hint: "At least 12 characters.", kind: .newPassword))
                field(
                    FieldModel(
                        id: "why", name: "why", label: "Anything we should know?", kind: .multiline(rows: 5),
                        optionalMark: "(optional)"))
                field(
                    FieldModel(
                        id: "news", name: "news", label: "Write to me when it moves", hint: "You can stop it at any time.",
                        kind: .checkbox, value: "yes"))
                actions {
                    submitButton("Send request")
                    submitButton("Save for later", quiet: true)
                    submitButton("Delete", danger: true)
                }
            }
        }
    }

    static func desk(_ page: inout Page) {
        page.isStaff = true
        page.account = account("Ana Lopez")
        page.notices = [Notice(kind: .warning, title: "2 requests are older than a working day.")]
        page.content = group {
            h1 { "Desk" }
            form {
                filters(isOpen: false, title: "Filters") {
                    for (id, title) in [("kind", "Kind"), ("type", "Type"), ("status", "Status")] {
                        field(
                            FieldModel(id: id, name: id, label: title, kind: .choice([Choice(value: "", title: "All")])))
                    }
                    field(FieldModel(id: "from", name: "from", label: "Applied from", kind: .date))
                    field(FieldModel(id: "to", name: "to", label: "Applied to", kind: .date))
                }
                submitButton("Filter", quiet: true)
            }
            dataTable(
                caption: "Access requests",
                columns: [
                    TableColumn(title: "Case"), TableColumn(title: "From"), TableColumn(title: "Status"),
                    TableColumn(title: "Waiting", isNumber: true), TableColumn(title: "Open", isHidden: true),
                ],
                rows: (1...12).map { number in
                    TableRow(cells: [
                        a(place()) { "ELE2026-004\(number)" }, HTML("Dana Okafor, Front Range Electric LLC"),
                        number % 3 == 0 ? tag("Approved", .good) : tag("Waiting for us", .attention), HTML("\(number) h"),
                        linkButton("Open", place(), quiet: true, accessibleName: "Open request \(number)"),
                    ])
                })
        }
    }

    static func guide(_ page: inout Page) {
        page.content = prose {
            h1 { "How to connect an old case" }
            p { "Cases from the old portal wait for you here. This page says how to find yours." }
            h2 { "What you need" }
            ul {
                li { "The email you used on the old portal, or a letter or invoice with the case number." }
                li { "A minute." }
            }
            details {
                summary { "I no longer have that email" }
                p { "Ask for access. A person at the desk looks at it." }
            }
            blockquote { p { "Work may begin when the permit is issued, not before." } }
            h2 { "What happens then" }
            ol {
                li { "We send a link." }
                li { "You open it." }
            }
            descriptionList([
                Detail(term: "Office", value: HTML("1739 Broadway, third floor")),
                Detail(term: "Hours", value: HTML("Monday to Thursday, 8 am to 4 pm")),
            ])
        }
    }

    static func longNames(_ page: inout Page) {
        let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
        page.account = account(word)
        page.crumbs = [Crumb(title: word, link: place())]
        page.notices = [Notice(kind: .warning, title: word)]
        page.content = group {
            pageHeading(word, lead: word, status: tag(word, .good))
            steps(label: "Progress", [1, 2, 3].map { Step(title: word, note: "\($0)", state: .done, stateLabel: "done") })
            tabs(label: "Case", [Tab(title: word, count: 3, link: place()), Tab(title: "Fees", link: place())])
            columns(
                main: group {
                    listRows([
                        ListRow(
                            title: a(place()) { word }, subtitle: word, status: tag(word, .waiting), note: word,
                            action: linkButton(word, place()))
                    ])
                    dataTable(
                        caption: word,
                        columns: [TableColumn(title: "Name"), TableColumn(title: "Email"), TableColumn(title: "Status")],
                        rows: [TableRow(cells: [HTML(word), HTML("\(word)@example.org"), tag("In review", .calm)])])
                    field(
                        FieldModel(
                            id: "f", name: "f", label: word, hint: word, error: word,
                            kind: .radios([Choice(value: "1", title: word, hint: word)])))
                    descriptionList([Detail(term: word, value: HTML(word))])
                    pagination(
                        Pagination(label: "Pages", next: NavigationItem(title: word, link: place()), position: word))
                },
                aside: panel(title: word) { whyNot([ActionItem(title: word, reasons: [HTML(word)])], notYet: "not yet") })
        }
    }
}
