/// A form that a script fills in from what its data attributes say.
public func passkeyForm(_ link: Link, _ data: [(name: String, value: String)], @HTMLBuilder content: () -> HTML) -> HTML {
    let attributes: [Attribute] = [.method("post"), .action(link), .novalidate()] + data.map { .data($0.name, $0.value) }
    return element("form", attributes, content())
}
