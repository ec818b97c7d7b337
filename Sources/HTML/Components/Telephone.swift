/// A sentence of the city in which every number, as in `303-441-1880`, can be called and stays on one line.
public func callable(_ sentence: String) -> HTML {
    var html = HTML.empty
    var rest = sentence[...]
    while let number = rest.firstMatch(of: /\d{3}-\d{3}-\d{4}/) {
        html +=
            HTML(String(rest[..<number.range.lowerBound])) + a(Link.telephone(String(number.output))) { String(number.output) }
        rest = rest[number.range.upperBound...]
    }
    return html + HTML(String(rest))
}
