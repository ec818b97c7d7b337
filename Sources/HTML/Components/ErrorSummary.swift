/// Something to correct, and the field where it is corrected.
public struct FieldProblem: Sendable, Hashable {
    public let fieldID: String?
    public let message: String

    public init(fieldID: String? = nil, message: String) {
        self.fieldID = fieldID
        self.message = message
    }
}

/// Stands first in the content of a page with errors: what to correct, each with a link to its field. The page opens with the
/// focus on it, without a script; its title should then begin with "Error: ".
/// - Parameter takesFocus: false where it is only shown.
public func errorSummary(title: String, problems: [FieldProblem], takesFocus: Bool = true) -> HTML {
    let id = "error-summary-title"
    return div(.class("errors"), .role("alert"), .aria("labelledby", id), .tabindex(-1), .flag("autofocus", takesFocus)) {
        h2(.id(id)) { title }
        ul {
            for problem in problems {
                li {
                    if let field = problem.fieldID { a(.fragment(field)) { problem.message } } else { problem.message }
                }
            }
        }
    }
}
