public import Primitives

/// What a page is about, for search engines (JSON-LD, schema.org). No browser runs it or shows it.
public func structuredData(_ json: JSON) -> HTML {
    // Inside a script element only `<` could end it or begin another; as an escape of JSON it is text to every reader.
    HTML(trusted: "<script type=\"application/ld+json\">\(json.description.replacing("<", with: "\\u003c"))</script>")
}
