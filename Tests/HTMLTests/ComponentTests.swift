import HTML
import Testing

@Suite struct ComponentTests {
    @Test func anErrorSummaryLinksToTheFields() throws {
        let summary = errorSummary(
            title: "There is a problem",
            problems: [FieldProblem(fieldID: "email", message: "Enter your email."), FieldProblem(message: "Try again.")])
        let page = summary + field(FieldModel(id: "email", name: "email", label: "Email", error: "Enter your email."))
        let markup = Markup(page)
        #expect(markup.faults == [])
        let box = try #require(markup.withClass("errors"))
        #expect(box["role"] == "alert")
        #expect(box["tabindex"] == "-1")
        #expect(box["autofocus"] == "")
        #expect(box["aria-labelledby"] == markup.first("h2")?["id"])
        #expect(summary.text.contains("<li><a href=\"#email\">Enter your email.</a></li><li>Try again.</li>"))
    }

    @Test func buttonsSayWhatTheyDo() {
        #expect(submitButton("Continue").text == "<button type=\"submit\" class=\"button\">Continue</button>")
        let remove = submitButton(
            "Remove", quiet: true, accessibleName: "Remove Rosa Martínez", name: "remove", value: "7", danger: true)
        #expect(
            remove.text == """
                <button type="submit" class="button quiet danger" name="remove" value="7" \
                aria-label="Remove Rosa Martínez">Remove</button>
                """)
        #expect(
            linkButton("Pay", place("pay"), quiet: true).text == "<a href=\"/pay\" class=\"button quiet\">Pay</a>")
        let on = starButton(accessibleName: "Remove Rosa from favorites", isOn: true)
        #expect(on.text.contains("aria-label=\"Remove Rosa from favorites\""))
        #expect(on.text.contains("aria-hidden=\"true\">★<"))
        #expect(starButton(accessibleName: "Add", isOn: false).text.contains("☆"))
    }

    @Test(arguments: Tone.allCases)
    func aTagIsAWord(_ tone: Tone) {
        #expect(tag("In review", tone).text == "<span class=\"tag \(tone.rawValue)\">In review</span>")
    }

    @Test func aTabIsNamedByItsTitleAlone() {
        let html = tabs(
            label: "Case",
            [
                Tab(title: "Contacts", count: 3, link: place("contacts"), isCurrent: true),
                Tab(title: "Timeline", link: place("timeline")),
            ])
        #expect(
            html.text == """
                <nav class="tabs" aria-label="Case"><ul><li><a href="/contacts" aria-current="page">Contacts</a>\
                <span class="count">3</span></li><li><a href="/timeline">Timeline</a></li></ul></nav>
                """)
    }

    @Test func stepsSayTheirStateInWords() {
        let html = steps(
            label: "Progress",
            [
                Step(title: "Submitted", note: "Nov 16", state: .done, stateLabel: "done"),
                Step(title: "Review", state: .now, stateLabel: "now"), Step(title: "Issued", state: .ahead, stateLabel: ""),
            ])
        #expect(
            html.text == """
                <ol class="steps" aria-label="Progress"><li class="done">Submitted<span class="unseen"> (done)</span>\
                <span class="note">Nov 16</span></li><li class="now" aria-current="step">Review\
                <span class="unseen"> (now)</span></li><li class="ahead">Issued</li></ol>
                """)
    }

    @Test func aPanelIsARegionNamedByItsHeading() {
        #expect(
            panel(title: "My favorites", id: "favorites") { "None yet" }.text
                == "<section class=\"panel\" id=\"favorites\" aria-label=\"My favorites\"><h2>My favorites</h2>None yet</section>"
        )
        #expect(
            turnPanel(title: "Your turn", tone: .attention) { p { "Pay." } }.text
                == "<div class=\"turn attention\"><p><strong>Your turn</strong></p><p>Pay.</p></div>")
        #expect(columns(main: HTML("a"), aside: HTML("b")).text == "<div class=\"columns\"><div>a</div><div>b</div></div>")
        #expect(emptyState("No cases yet.", action: HTML("!")).text == "<div class=\"empty\"><p>No cases yet.</p>!</div>")
    }

    @Test func everyCellOfATableSaysItsColumnAndRow() {
        let html = dataTable(
            caption: "Contacts", captionHidden: true,
            columns: [
                TableColumn(title: "Name"), TableColumn(title: "Fee", isNumber: true),
                TableColumn(title: "Favorite", isHidden: true),
            ],
            rows: [TableRow(cells: [HTML("Rosa"), HTML("$1.00"), HTML("☆")], id: "rosa")])
        #expect(
            html.text == """
                <table><caption class="unseen">Contacts</caption><thead><tr>\
                <th scope="col">Name</th><th scope="col" class="number">Fee</th>\
                <th scope="col"><span class="unseen">Favorite</span></th></tr></thead>\
                <tbody><tr id="rosa"><th scope="row">Rosa</th>\
                <td data-label="Fee" class="number">$1.00</td><td>☆</td></tr></tbody></table>
                """)
    }

    @Test func aRowWithMoreCellsThanColumnsIsStillARow() {
        let html = dataTable(caption: "C", columns: [TableColumn(title: "A")], rows: [TableRow(cells: [HTML("1"), HTML("2")])])
        #expect(html.text.contains("<td>2</td>"))
    }

    @Test func aRowReadsFromWhatItIsToWhatToDo() {
        let row = ListRow(
            title: a(place("x")) { "ELE2026-00408" }, subtitle: "Electrical", status: tag("Due", .attention), note: "Pay.",
            action: linkButton("Pay", place("pay")))
        #expect(
            listRows([row], label: "Results").text == """
                <ul class="rows" aria-label="Results"><li><div class="title"><a href="/x">ELE2026-00408</a></div>\
                <div class="soft">Electrical</div><div><span class="tag attention">Due</span> Pay.</div>\
                <div class="do"><a href="/pay" class="button">Pay</a></div></li></ul>
                """)
        #expect(listRows([ListRow(title: HTML("x"))]).text == "<ul class=\"rows\"><li><div class=\"title\">x</div></li></ul>")
    }

    @Test func aCompactListIsOneToo() {
        #expect(listRows([ListRow(title: HTML("x"))], isCompact: true).text.hasPrefix("<ul class=\"rows compact\"><li>"))
    }

    @Test func aCountStandsBesideItsHeadingAndNotInItsName() {
        #expect(
            countedHeading("Recent", count: "4 cases").text
                == "<div class=\"counted\"><h2>Recent</h2><span class=\"count\">4 cases</span></div>")
        #expect(countedHeading("Recent").text == "<div class=\"counted\"><h2>Recent</h2></div>")
    }

    @Test func theFirstPageHasNoPreviousOne() {
        let next = NavigationItem(title: "Next", link: place("2"))
        #expect(
            pagination(Pagination(label: "Pages", next: next, position: "1–20 of 312")).text == """
                <nav class="pages" aria-label="Pages"><span class="soft">1–20 of 312</span>\
                <a href="/2" rel="next">Next</a></nav>
                """)
    }

    @Test func whatCannotBeDoneSaysWhy() {
        let html = whyNot(
            [
                ActionItem(title: "Upload a document", link: place("upload")),
                ActionItem(title: "Request an inspection", reasons: [HTML("The permit is not issued.")]),
            ], notYet: "not yet")
        #expect(
            html.text == """
                <ul class="whynot"><li><a href="/upload">Upload a document</a></li>\
                <li><strong>Request an inspection</strong>: not yet<ul><li>The permit is not issued.</li></ul></li></ul>
                """)
    }

    @Test func factsHaveNames() {
        #expect(
            descriptionList([Detail(term: "Applied", value: time("2026-11-16") { "November 16" })]).text == """
                <dl><div><dt>Applied</dt><dd><time datetime="2026-11-16">November 16</time></dd></div></dl>
                """)
    }

    @Test func theHomePageBeginsWithWhatPeopleComeFor() {
        let task = TaskLink(NavigationItem(title: "Pay", link: place("pay")), note: "No account needed.")
        #expect(
            tasks([task]).text == "<ul class=\"tasks\"><li><a href=\"/pay\">Pay</a><p>No account needed.</p></li></ul>")
        #expect(
            hero(title: "Permits", lead: "Tell us where.") { "…" }.text
                == "<section class=\"hero\"><h1>Permits</h1><p>Tell us where.</p>…</section>")
    }
}
