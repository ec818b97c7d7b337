import HTML
import Testing

@Suite struct FieldTests {
    @Test func aFieldIsWrittenLikeThis() {
        let model = FieldModel(
            id: "email", name: "email", label: "Email", hint: "We write here.", kind: .email, value: "rosa@city.example",
            isRequired: true, autocomplete: "email")
        #expect(
            field(model).text == """
                <div class="field"><label for="email">Email</label><span class="hint" id="email-hint">We write here.</span>\
                <input id="email" name="email" aria-describedby="email-hint" type="email" value="rosa@city.example" \
                autocomplete="email" required spellcheck="false" autocapitalize="none"></div>
                """)
    }

    static let kinds: [FieldModel.Kind] = [
        .text, .email, .telephone, .search, .newPassword, .currentPassword, .date, .multiline(rows: 4), .checkbox,
        .choice([Choice(value: "a", title: "A")]),
    ]

    @Test(arguments: kinds)
    func labelHintAndErrorBelongToTheControl(_ kind: FieldModel.Kind) throws {
        let markup = Markup(
            field(FieldModel(id: "f", name: "n", label: "Name", hint: "A hint.", error: "Enter a name.", kind: kind)))
        #expect(markup.faults == [])
        #expect(markup.first("label")?["for"] == "f")
        let control = try #require(markup.withID("f"))
        #expect(control["name"] == "n")
        #expect(control["aria-describedby"] == "f-hint f-error")
        #expect(control["aria-invalid"] == "true")
        #expect(markup.withClass("error") != nil)
    }

    @Test(arguments: kinds)
    func aFieldWithoutHintAndErrorIsDescribedByNothing(_ kind: FieldModel.Kind) throws {
        let markup = Markup(field(FieldModel(id: "f", name: "n", label: "Name", kind: kind)))
        let control = try #require(markup.withID("f"))
        #expect(control["aria-describedby"] == nil)
        #expect(control["aria-invalid"] == nil)
        #expect(markup.withClass("error") == nil)
    }

    @Test func radiosAreAGroupWithAnAnswerEach() throws {
        let choices = [Choice(value: "owner", title: "Owner", hint: "Of the land."), Choice(value: "agent", title: "Agent")]
        let html = field(
            FieldModel(
                id: "part", name: "part", label: "What is your part in it?", hint: "One.", error: "Choose one.",
                kind: .radios(choices), value: "agent", isRequired: true))
        let markup = Markup(html)
        #expect(markup.faults == [])
        let group = try #require(markup.first("fieldset"))
        #expect(group["aria-describedby"] == "part-hint part-error")
        #expect(group["aria-invalid"] == "true")
        #expect(group["aria-required"] == "true")
        #expect(html.text.contains("<legend>What is your part in it?</legend>"))
        let answers = markup.all("input")
        #expect(answers.map { $0["id"] } == ["part", "part-2"])
        #expect(answers.map { $0["checked"] != nil } == [false, true])
        #expect(answers.first?["aria-describedby"] == "part-note")
    }

    @Test(arguments: [FieldModel.Kind.newPassword, .currentPassword])
    func aPasswordIsNeverWrittenIntoAPage(_ kind: FieldModel.Kind) {
        let html = field(FieldModel(id: "p", name: "p", label: "Password", kind: kind, value: "correct horse"))
        #expect(!html.text.contains("correct horse"))
        #expect(["new-password", "current-password"].contains(Markup(html).first("input")?["autocomplete"]))
    }

    @Test(arguments: [("yes", true), ("on", true), ("", false), ("no", false), ("false", false)])
    func aCheckboxIsOnWhenItsValueSaysSo(_ value: String, _ isOn: Bool) {
        let box = Markup(field(FieldModel(id: "c", name: "c", label: "Agree", kind: .checkbox, value: value))).first("input")
        #expect((box?["checked"] != nil) == isOn)
        #expect(box?["value"] == "yes")
    }

    @Test func theOptionalMarkIsSaidOnce() {
        func label(_ text: String, isRequired: Bool = false) -> String {
            field(FieldModel(id: "c", name: "c", label: text, isRequired: isRequired, optionalMark: "(optional)")).text
        }
        #expect(label("Company").contains(">Company (optional)</label>"))
        #expect(label("Company (optional)").contains(">Company (optional)</label>"))
        #expect(label("Company", isRequired: true).contains(">Company</label>"))
    }

    @Test func aChoiceIsRequiredOnlyWhenThereIsAnEmptyOne() {
        func list(_ choices: [Choice], value: String = "") -> Markup {
            Markup(
                field(FieldModel(id: "t", name: "t", label: "Type", kind: .choice(choices), value: value, isRequired: true)))
        }
        let types = [Choice(value: "ele", title: "Electrical"), Choice(value: "mec", title: "Mechanical")]
        #expect(list(types).first("select")?["required"] == nil)
        #expect(list([Choice(value: "", title: "Choose one")] + types).first("select")?["required"] == "")
        #expect(list(types, value: "mec").all("option").map { $0["selected"] != nil } == [false, true])
    }

    @Test func aFirstLineBreakIsKept() {
        func area(_ value: String) -> String {
            field(FieldModel(id: "m", name: "m", label: "Message", kind: .multiline(rows: 5), value: value)).text
        }
        #expect(area("\nHello").contains(">\n\nHello</textarea>"))
        #expect(area("Hello\n").contains(">Hello\n</textarea>"))
    }

    @Test func aHiddenFieldIsNothingButItsValue() {
        #expect(
            field(FieldModel(id: "k", name: "once", label: "", kind: .hidden, value: "7")).text
                == "<input type=\"hidden\" name=\"once\" value=\"7\">")
    }

    @Test func filtersAreOpenWhereOneIsFilledIn() {
        let html = filters(isOpen: true, title: "Filters") { field(FieldModel(id: "kind", name: "kind", label: "Kind")) }
        #expect(html.text.hasPrefix("<details class=\"filters\" open><summary>Filters</summary><div class=\"fields\">"))
        #expect(filters(isOpen: false, title: "Filters") { HTML("x") }.text.hasPrefix("<details class=\"filters\"><summary>"))
    }
}
