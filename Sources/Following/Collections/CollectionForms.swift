internal import Core
internal import Primitives
internal import Web

/// How a collection is called.
enum CollectionForms {
    static let title = Field<String>.text(
        "title", label: "following.collections.name", hint: "following.collections.nameHint",
        maxLength: CaseCollection.longestTitle)
    static let form = Form(title)

    /// On the page of a case: one more, if it has a name.
    static let another = Field<String>.text(
        "title", label: "following.collections.another", hint: "following.collections.nameHint", isRequired: false,
        maxLength: CaseCollection.longestTitle)
    /// Outside names of the collections on the page. The boxes are called `in-` and the name.
    static let shown = Field<String>.hidden("shown", isRequired: false)
    static let boxes = Form(shown, another)

    static func box(_ id: String) -> String { "in-\(id)" }
}
