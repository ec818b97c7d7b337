public import HTML
public import Primitives

/// The questions of one page, in order.
public struct Form: Sendable {
    public let fields: [FieldDefinition]
    private let checks: [@Sendable (String) -> Phrase?]

    /// A form is declared from its typed fields: `Form(email, password)`.
    public init<each Value: Sendable>(_ field: repeat Field<each Value>) {
        var fields: [FieldDefinition] = []
        var checks: [@Sendable (String) -> Phrase?] = []
        func add<V>(_ field: Field<V>) {
            fields.append(field.definition)
            checks.append { text in
                if case .failure(let refusal) = field.parse(text) { refusal.phrase } else { nil }
            }
        }
        repeat add(each field)
        self.fields = fields
        self.checks = checks
    }

    /// Questions that are all answered with text, as a list.
    public init(_ fields: [Field<String>]) {
        self.fields = fields.map(\.definition)
        checks = fields.map { field in
            { text in if case .failure(let refusal) = field.parse(text) { refusal.phrase } else { nil } }
        }
    }

    /// A page seen for the first time, with what it starts from.
    /// What a query says of the form's own fields, none longer than its field takes.
    public func fitting(_ query: [String: String]) -> [String: String] {
        Dictionary(
            fields.compactMap { field in query[field.name].map { (field.name, String($0.prefix(field.maxLength))) } },
            uniquingKeysWith: { first, _ in first })
    }

    public func blank(_ values: [String: String] = [:]) -> Submission { Submission(form: self, values: values, problems: []) }

    /// What somebody sent, checked.
    public func read(_ values: [String: String]) -> Submission {
        var problems: [Submission.Problem] = []
        for (field, check) in zip(fields, checks) {
            let value = values[field.name] ?? ""
            if value.allSatisfy(\.isWhitespace) {
                if field.isRequired { problems.append(.init(field: field.name, phrase: Phrase(field.missing))) }
            } else if value.count > field.maxLength {
                problems.append(.init(field: field.name, phrase: Phrase("form.tooLong", ["count": .number(field.maxLength)])))
            } else if let phrase = check(value) {
                problems.append(.init(field: field.name, phrase: phrase))
            }
        }
        return Submission(form: self, values: values, problems: problems)
    }

    /// No questions: a button alone.
    public static let none = Form()
}

/// Answers to a form, with what is wrong with them. Shown again, it keeps everything but passwords.
public struct Submission: Sendable {
    public struct Problem: Sendable {
        public let field: String?
        public let phrase: Phrase
    }

    public let form: Form
    public let values: [String: String]
    public private(set) var problems: [Problem]

    public var isValid: Bool { problems.isEmpty }

    init(form: Form, values: [String: String], problems: [Problem]) {
        self.form = form
        self.values = values
        self.problems = problems
    }

    /// The typed answer.
    /// - Throws: `InvalidForm` when the answers cannot be taken; whoever runs the route shows the page again.
    public subscript<Value>(_ field: Field<Value>) -> Value {
        get throws(InvalidForm) {
            guard isValid else { throw InvalidForm(submission: self) }
            switch field.parse(values[field.definition.name] ?? "") {
            case .success(let value): return value
            case .failure(let refusal): throw self.refused(field.definition.name, refusal.phrase)
            }
        }
    }

    /// Throws unless every answer can be taken.
    public func check() throws(InvalidForm) {
        if !isValid { throw InvalidForm(submission: self) }
    }

    /// The same answers with one more problem, found by looking at the records.
    public func refusing<Value>(_ field: Field<Value>, _ key: WordKey, _ arguments: [String: WordArgument] = [:]) -> InvalidForm {
        refused(field.definition.name, Phrase(key, arguments))
    }
    /// A problem of the whole form, not of one field.
    public func refusing(_ key: WordKey, _ arguments: [String: WordArgument] = [:]) -> InvalidForm {
        refused(nil, Phrase(key, arguments))
    }

    private func refused(_ field: String?, _ phrase: Phrase) -> InvalidForm {
        var copy = self
        copy.problems.append(Problem(field: field, phrase: phrase))
        return InvalidForm(submission: copy)
    }
}

/// Thrown where answers cannot be taken; the page comes back with status 422, what was typed, and an error summary.
public struct InvalidForm: Error, Sendable {
    public let submission: Submission
}
