public import HTML
public import Primitives

/// One question of a form, declared once: its HTML, its decoding, its checks, its line in `routes --json` come from here.
public struct Field<Value: Sendable>: Sendable {
    public let definition: FieldDefinition
    let parse: @Sendable (String) -> Result<Value, FieldRefusal>

    public init(_ definition: FieldDefinition, parse: @escaping @Sendable (String) -> Result<Value, FieldRefusal>) {
        self.definition = definition
        self.parse = parse
    }
}

/// Why an answer cannot be taken, as a sentence that says what to do.
public struct FieldRefusal: Error, Sendable {
    public let phrase: Phrase
    public init(_ key: WordKey, _ arguments: [String: WordArgument] = [:]) { phrase = Phrase(key, arguments) }
}

/// What is known of a field without its type.
public struct FieldDefinition: Sendable {
    public enum Kind: String, Sendable {
        case text, email, telephone, search, date, multiline, choice, radios, checkbox, hidden
        /// Digits from an app.
        case code
        case newPassword = "new-password"
        case currentPassword = "current-password"
    }

    public let name: String
    public let kind: Kind
    public let label: WordKey
    public let hint: WordKey?
    public let isRequired: Bool
    public let maxLength: Int
    public let autocomplete: String?
    /// What to say when a required answer is missing.
    public let missing: WordKey
    /// What to say of an answer that is none, where a browser can tell: an address, a day.
    var wrong: WordKey? {
        switch kind {
        case .email: "form.email.wrong"
        case .date: "form.date.wrong"
        default: nil
        }
    }
    /// Whether somebody types or chooses the answer in one control.
    var isSaidAtOnce: Bool {
        switch kind {
        case .text, .email, .telephone, .date, .multiline, .choice, .code, .newPassword, .currentPassword: true
        case .search, .radios, .checkbox, .hidden: false
        }
    }

    public init(
        _ name: String, _ kind: Kind, label: WordKey, hint: WordKey? = nil, isRequired: Bool = true, maxLength: Int = 200,
        autocomplete: String? = nil, missing: WordKey = "form.missing"
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.hint = hint
        self.isRequired = isRequired
        self.maxLength = maxLength
        self.autocomplete = autocomplete
        self.missing = missing
    }

    /// Never written into a page, never kept.
    public var isSecret: Bool { [.code, .newPassword, .currentPassword].contains(kind) }
}

/// An address as it was typed and as it is compared.
public struct TypedEmail: Sendable, Hashable {
    public let typed: String
    public let folded: FoldedEmail
}

extension Field where Value == String {
    /// One line of text, tidied; empty when it is not required and was left out.
    public static func text(
        _ name: String, kind: FieldDefinition.Kind = .text, label: WordKey, hint: WordKey? = nil, isRequired: Bool = true,
        maxLength: Int = 200, autocomplete: String? = nil, missing: WordKey = "form.missing"
    ) -> Field {
        Field(
            FieldDefinition(
                name, kind, label: label, hint: hint, isRequired: isRequired, maxLength: maxLength, autocomplete: autocomplete,
                missing: missing)
        ) { .success(tidied($0, keepingLines: kind == .multiline)) }
    }

    /// A password, taken to the letter.
    public static func password(_ name: String, isNew: Bool, label: WordKey, hint: WordKey? = nil, missing: WordKey) -> Field {
        Field(
            FieldDefinition(
                name, isNew ? .newPassword : .currentPassword, label: label, hint: hint, maxLength: 1000,
                autocomplete: isNew ? "new-password" : "current-password", missing: missing)
        ) { .success($0) }
    }

    /// A code from an app or a device, taken to the letter.
    public static func code(_ name: String, label: WordKey, hint: WordKey? = nil, missing: WordKey = "form.code.missing") -> Field
    {
        Field(
            FieldDefinition(
                name, .code, label: label, hint: hint, maxLength: 20, autocomplete: "one-time-code", missing: missing)
        ) { .success($0) }
    }

    /// A value the page itself put there; checked again by whoever reads it.
    public static func hidden(_ name: String, isRequired: Bool = true) -> Field {
        Field(FieldDefinition(name, .hidden, label: "form.hidden", isRequired: isRequired, maxLength: 4000)) { .success($0) }
    }

    /// One of several; the choices are given where the form is shown.
    public static func choice(
        _ name: String, radios: Bool = false, label: WordKey, hint: WordKey? = nil, isRequired: Bool = true,
        missing: WordKey = "form.choose"
    ) -> Field {
        Field(
            FieldDefinition(name, radios ? .radios : .choice, label: label, hint: hint, isRequired: isRequired, missing: missing)
        ) {
            .success($0)
        }
    }
}

extension Field where Value == TypedEmail {
    public static func email(
        _ name: String = "email", label: WordKey, hint: WordKey? = nil, autocomplete: String? = "email"
    ) -> Field {
        Field(
            FieldDefinition(
                name, .email, label: label, hint: hint, maxLength: 254, autocomplete: autocomplete, missing: "form.email.missing")
        ) { typed in
            let trimmed = tidied(typed)
            guard let folded = FoldedEmail(trimmed) else { return .failure(FieldRefusal("form.email.wrong")) }
            return .success(TypedEmail(typed: trimmed, folded: folded))
        }
    }
}

extension Field where Value == Bool {
    public static func checkbox(_ name: String, label: WordKey, hint: WordKey? = nil) -> Field {
        Field(FieldDefinition(name, .checkbox, label: label, hint: hint, isRequired: false, maxLength: 10)) {
            .success(!$0.isEmpty)
        }
    }
}

extension Field where Value == CivilDate? {
    public static func date(_ name: String, label: WordKey, hint: WordKey? = nil) -> Field {
        Field(FieldDefinition(name, .date, label: label, hint: hint, isRequired: false, maxLength: 10)) { text in
            if text.isEmpty { return .success(nil) }
            guard let date = CivilDate(text) ?? CivilDate(american: text) else {
                return .failure(FieldRefusal("form.date.wrong"))
            }
            return .success(date)
        }
    }
}
