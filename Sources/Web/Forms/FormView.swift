public import HTML
public import Primitives

extension Submission {
    /// A field with its label, hint, kept answer and problem. `choices` for choices and radios.
    /// - Parameters:
    ///   - id: when one page shows the same field twice.
    ///   - marksOptional: false where nothing has to be filled in, as in a search, so that no label says it of itself.
    public func view<Value>(
        _ field: Field<Value>, _ t: Voice, choices: [Choice] = [], id: String? = nil, marksOptional: Bool = true
    ) -> HTML {
        view(field.definition, t, choices: choices, id: id, marksOptional: marksOptional)
    }

    public func view(
        _ definition: FieldDefinition, _ t: Voice, choices: [Choice] = [], id: String? = nil, marksOptional: Bool = true
    ) -> HTML {
        let problem = problems.first { $0.field == definition.name }
        return field(
            FieldModel(
                id: id ?? definition.name, name: definition.name, label: t(definition.label), hint: definition.hint.map { t($0) },
                error: problem.map { t($0.phrase) }, kind: kind(of: definition, choices),
                value: definition.isSecret ? "" : values[definition.name] ?? "",
                isRequired: definition.isRequired,
                optionalMark: definition.isRequired || !marksOptional ? nil : t("form.optional"),
                autocomplete: definition.autocomplete, inputmode: nil, maxLength: definition.maxLength,
                missing: definition.isRequired && definition.isSaidAtOnce ? t(definition.missing) : nil,
                wrong: definition.wrong.map { t($0) }))
    }

    private func kind(of field: FieldDefinition, _ choices: [Choice]) -> FieldModel.Kind {
        switch field.kind {
        case .text: .text
        case .email: .email
        case .telephone: .telephone
        case .search: .search
        case .date: .date
        case .multiline: .multiline(rows: 5)
        case .choice: .choice(choices)
        case .radios: .radios(choices)
        case .checkbox: .checkbox
        case .hidden: .hidden
        case .code: .code
        case .newPassword: .newPassword
        case .currentPassword: .currentPassword
        }
    }

    /// The list of everything wrong, each with the name of its field and a link to it; nothing when nothing is.
    public func summary(_ t: Voice) -> HTML {
        guard !isValid else { return .empty }
        return errorSummary(
            title: t("form.summary"), problems: problems.map { FieldProblem(fieldID: $0.field, message: sentence($0, t)) })
    }

    private func sentence(_ problem: Problem, _ t: Voice) -> String {
        // What a field's own sentence says is plain; "Choose an answer." needs the name of the question.
        guard problem.phrase.key.hasPrefix("form."),
            let label = form.fields.first(where: { $0.name == problem.field && $0.kind != .hidden }).map({ t($0.label) })
        else { return t(problem.phrase) }
        return label.hasSuffix("?") ? "\(label) \(t(problem.phrase))" : "\(label): \(t(problem.phrase))"
    }
}

/// A form that changes something. It carries the once-key, so that sending it twice has one effect.
public func postForm(_ link: Link, once: String, class name: String? = nil, @HTMLBuilder content: () -> HTML) -> HTML {
    form(.method("post"), .action(link), .class(name), .novalidate()) {
        input(.type("hidden"), .name(onceFieldName), .value(once))
        content()
    }
}

/// A button for a change that is the same however often it is sent. Without a once-key a page with it is the same page every time, so
/// that a guest's browser may keep it.
public func repeatableForm(_ link: Link, @HTMLBuilder content: () -> HTML) -> HTML {
    form(.method("post"), .action(link), .novalidate()) { content() }
}

/// A form that only looks: its answers stand in the address.
public func getForm(_ link: Link, class name: String? = nil, role: String? = nil, @HTMLBuilder content: () -> HTML) -> HTML {
    form(.method("get"), .action(link), .class(name), .role(role), .novalidate()) { content() }
}

/// The hidden field that carries the once-key.
public let onceFieldName = "once"
