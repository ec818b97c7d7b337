/// A drawing of dark squares, row by row, that a phone reads: inside the page, so that nothing is fetched and what it says is in no
/// address. Dark on white in every color scheme, with the quiet border that readers need.
public func squares(_ isDark: [Bool], side size: Int, label: String) -> HTML {
    let border = 4
    let side = size + 2 * border
    var path = ""
    for row in 0..<size {
        for column in 0..<size where isDark[row * size + column] { path += "M\(column + border) \(row + border)h1v1h-1z" }
    }
    return element(
        "svg",
        [
            .class("squares"), .role("img"), .aria("label", label), .named("viewBox", "0 0 \(side) \(side)"),
            .named("width", "\(side * 5)"), .named("height", "\(side * 5)"),
        ],
        element("rect", [.named("width", "\(side)"), .named("height", "\(side)"), .named("fill", "#fff")], .empty)
            + element("path", [.named("d", path), .named("fill", "#000")], .empty))
}
