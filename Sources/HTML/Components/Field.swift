/// One question of a form, with its answer so far and what is wrong with it.
public struct FieldModel: Sendable {
    public enum Kind: Sendable {
        case text, email, telephone, search
        /// Digits from an app, typed once.
        case code
        /// The value of a password field is never written into a page.
        case newPassword, currentPassword
        /// A day, posted as `2026-11-17`.
        case date
        case multiline(rows: Int)
        /// One of a list that opens.
        case choice([Choice])
        /// A long list that is the same on many pages.
        case prepared(PreparedChoices)
        /// One of a list that is all visible.
        case radios([Choice])
        /// Posts `yes` or nothing. It is on when `value` is neither empty nor "no", "false" or "0".
        case checkbox
        case hidden
    }

    public var id: String
    public var name: String
    public var label: String
    public var hint: String?
    public var error: String?
    public var kind: Kind
    public var value: String
    public var isRequired: Bool
    /// Shown after the label of a field that may stay empty, for example "(optional)", unless the label says it already.
    public var optionalMark: String?
    public var autocomplete: String?
    public var inputmode: String?
    public var maxLength: Int?
    /// What a script says when the answer is left empty, or cannot be one: the sentences that the server would say.
    public var missing: String?
    public var wrong: String?

    public init(
        id: String, name: String, label: String, hint: String? = nil, error: String? = nil, kind: Kind = .text,
        value: String = "", isRequired: Bool = false, optionalMark: String? = nil, autocomplete: String? = nil,
        inputmode: String? = nil, maxLength: Int? = nil,
        missing: String? = nil, wrong: String? = nil
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.kind = kind
        self.value = value
        self.isRequired = isRequired
        self.optionalMark = optionalMark
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.maxLength = maxLength
        self.missing = missing
        self.wrong = wrong
    }
}

/// One of several answers. An answer of a list that opens shows no hint.
public struct Choice: Sendable {
    public let value: String
    public let title: String
    public let hint: String?

    public init(value: String, title: String, hint: String? = nil) {
        self.value = value
        self.title = title
        self.hint = hint
    }
}

/// A labelled control. Hint and error are its description, so that a screen reader says them with the label.
public func field(_ model: FieldModel) -> HTML {
    switch model.kind {
    case .hidden: input(.type("hidden"), .name(model.name), .value(model.value))
    case .radios(let choices): radios(model, choices)
    case .checkbox: checkbox(model)
    case .choice(let choices): labelled(model, choiceList(model, PreparedChoices(choices)))
    case .prepared(let choices): labelled(model, choiceList(model, choices))
    case .multiline(let rows): labelled(model, textArea(model, rows: rows))
    case .text: labelled(model, textInput(model, type: "text"))
    case .email: labelled(model, textInput(model, type: "email", .spellcheck(false), .named("autocapitalize", "none")))
    case .telephone: labelled(model, textInput(model, type: "tel"))
    case .code: labelled(model, textInput(model, type: "text", .named("inputmode", "numeric"), .spellcheck(false)))
    case .search: labelled(model, textInput(model, type: "search"))
    case .date: labelled(model, textInput(model, type: "date"))
    case .newPassword: labelled(model, password(model, autocomplete: "new-password"))
    case .currentPassword: labelled(model, password(model, autocomplete: "current-password"))
    }
}

/// A control and the button beside it: a search field and "Search".
public func joined(@HTMLBuilder _ content: () -> HTML) -> HTML { div(.class("join"), content: content) }

/// Short fields side by side where there is room: the filters of a search.
public func fieldRow(@HTMLBuilder _ content: () -> HTML) -> HTML { div(.class("fields"), content: content) }

/// The filters of a search: side by side where there is room. On a phone they open from their title, so that what was found is not
/// pushed away; `isOpen` when something has to be corrected in one of them.
public func filters(isOpen: Bool, title: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    details(.class("filters"), .open(isOpen)) {
        summary { title }
        fieldRow(content)
    }
}

extension FieldModel {
    fileprivate var fullLabel: String {
        guard !isRequired, let mark = optionalMark, !label.lowercased().contains(mark.lowercased()) else { return label }
        return "\(label) \(mark)"
    }
    fileprivate var wrapperClass: String { error == nil ? "field" : "field error" }
    fileprivate var description: String? {
        let ids = [hint.map { _ in "\(id)-hint" }, error.map { _ in "\(id)-error" }].compactMap { $0 }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }
    fileprivate var isInvalid: String? { error == nil ? nil : "true" }
    fileprivate var isOn: Bool { !["", "no", "false", "0"].contains(value.lowercased()) }

    /// The attributes every single control has.
    fileprivate var control: [Attribute] {
        [
            .id(id), .name(name), .aria("describedby", description), .aria("invalid", isInvalid), .data("missing", missing),
            .data("wrong", wrong),
        ]
    }
}

private func hintAndError(_ model: FieldModel) -> HTML {
    group {
        if let hint = model.hint { span(.class("hint"), .id("\(model.id)-hint")) { hint } }
        if let error = model.error { span(.class("problem"), .id("\(model.id)-error")) { error } }
    }
}

private func labelled(_ model: FieldModel, _ control: HTML) -> HTML {
    div(.class(model.wrapperClass)) {
        label(.for(model.id)) { model.fullLabel }
        hintAndError(model)
        control
    }
}

private func textInput(_ model: FieldModel, type: String, _ more: Attribute...) -> HTML {
    // What somebody types may run from right to left.
    let isFree = type == "text" || type == "search"
    let attributes: [Attribute] = [
        .type(type), .named("dir", isFree ? "auto" : nil), .value(model.value), .autocomplete(model.autocomplete),
        .inputmode(model.inputmode),
        .maxlength(type == "date" ? nil : model.maxLength), .required(model.isRequired),
    ]
    return voidElement("input", model.control + attributes + more)
}

private func password(_ model: FieldModel, autocomplete: String) -> HTML {
    let attributes: [Attribute] = [
        .type("password"), .autocomplete(model.autocomplete ?? autocomplete), .maxlength(model.maxLength),
        .required(model.isRequired), .spellcheck(false), .named("autocapitalize", "none"),
    ]
    return voidElement("input", model.control + attributes)
}

private func textArea(_ model: FieldModel, rows: Int) -> HTML {
    let attributes: [Attribute] = [
        .rows(rows), .named("dir", "auto"), .autocomplete(model.autocomplete), .maxlength(model.maxLength),
        .required(model.isRequired),
    ]
    // A browser drops the first line break after the tag; without a second one the person's own would be lost.
    let value = model.value.first?.isNewline == true ? "\n" + model.value : model.value
    return element("textarea", model.control + attributes, HTML(value))
}

private func choiceList(_ model: FieldModel, _ choices: PreparedChoices) -> HTML {
    // HTML allows `required` only when the first answer is an empty one; without it there always is an answer.
    let isRequired = model.isRequired && choices.beginsEmpty
    return element(
        "select", model.control + [.autocomplete(model.autocomplete), .required(isRequired)],
        choices.options(chosen: model.value))
}

/// The options of a list, as markup: made once, a list of a hundred is no work for the pages that show it.
public struct PreparedChoices: Sendable {
    private let choices: [Choice]
    private let all: HTML
    let beginsEmpty: Bool

    public init(_ choices: [Choice]) {
        self.choices = choices
        all = group { for choice in choices { option(.value(choice.value)) { choice.title } } }
        beginsEmpty = choices.first?.value == ""
    }

    func options(chosen value: String) -> HTML {
        // Nothing chosen is what a browser shows of the first one.
        if value.isEmpty { return all }
        return group {
            for choice in choices { option(.value(choice.value), .selected(choice.value == value)) { choice.title } }
        }
    }
}

/// The first answer carries the field's id, so that a link from the error summary leads to it.
private func radios(_ model: FieldModel, _ choices: [Choice]) -> HTML {
    fieldset(
        .class(model.wrapperClass), .role("radiogroup"), .aria("describedby", model.description),
        .aria("invalid", model.isInvalid), .aria("required", model.isRequired ? "true" : nil)
    ) {
        legend { model.fullLabel }
        hintAndError(model)
        for (index, choice) in choices.enumerated() {
            let id = index == 0 ? model.id : "\(model.id)-\(index + 1)"
            let hintID = choice.hint.map { _ in "\(id)-note" }
            div(.class("check")) {
                input(
                    .type("radio"), .id(id), .name(model.name), .value(choice.value), .aria("describedby", hintID),
                    .checked(choice.value == model.value), .required(model.isRequired))
                label(.for(id)) { choice.title }
                if let hint = choice.hint { span(.class("hint"), .id(hintID)) { hint } }
            }
        }
    }
}

private func checkbox(_ model: FieldModel) -> HTML {
    let attributes: [Attribute] = [
        .type("checkbox"), .value("yes"), .checked(model.isOn), .required(model.isRequired),
    ]
    return div(.class(model.wrapperClass)) {
        if let error = model.error { span(.class("problem"), .id("\(model.id)-error")) { error } }
        div(.class("check")) {
            voidElement("input", model.control + attributes)
            label(.for(model.id)) { model.fullLabel }
            if let hint = model.hint { span(.class("hint"), .id("\(model.id)-hint")) { hint } }
        }
    }
}
