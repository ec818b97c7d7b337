/// An element with its attributes and content.
public func element(_ name: String, _ attributes: [Attribute], _ content: HTML) -> HTML {
    var text = opened(name, attributes, room: content.text.utf8.count + name.utf8.count + 3)
    text += content.text
    text += "</"
    text += name
    text += ">"
    return HTML(trusted: text)
}

/// An element that cannot have content.
public func voidElement(_ name: String, _ attributes: [Attribute]) -> HTML { HTML(trusted: opened(name, attributes, room: 0)) }

/// The tag at its beginning, in a text that has room for the rest.
private func opened(_ name: String, _ attributes: [Attribute], room: Int) -> String {
    var text = ""
    text.reserveCapacity(attributes.reduce(name.utf8.count + 2 + room) { $0 + $1.size })
    text += "<"
    text += name
    for attribute in attributes { attribute.write(to: &text) }
    text += ">"
    return text
}

public func div(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("div", attributes, content())
}
public func p(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("p", attributes, content())
}
public func span(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("span", attributes, content())
}
public func h1(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("h1", attributes, content())
}
public func h2(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("h2", attributes, content())
}
public func h3(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("h3", attributes, content())
}
public func ul(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("ul", attributes, content())
}
public func ol(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("ol", attributes, content())
}
public func li(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("li", attributes, content())
}
public func table(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("table", attributes, content())
}
public func thead(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("thead", attributes, content())
}
public func tbody(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("tbody", attributes, content())
}
public func tr(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("tr", attributes, content())
}
public func th(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("th", attributes, content())
}
public func td(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("td", attributes, content())
}
public func caption(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("caption", attributes, content())
}
public func form(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("form", attributes, content())
}
public func label(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("label", attributes, content())
}
public func select(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("select", attributes, content())
}
public func option(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("option", attributes, content())
}
public func button(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("button", attributes, content())
}
public func nav(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("nav", attributes, content())
}
public func section(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("section", attributes, content())
}
public func header(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("header", attributes, content())
}
public func footer(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("footer", attributes, content())
}
public func main(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("main", attributes, content())
}
public func aside(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("aside", attributes, content())
}
public func dl(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("dl", attributes, content())
}
public func dt(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("dt", attributes, content())
}
public func dd(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("dd", attributes, content())
}
public func strong(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("strong", attributes, content())
}
public func em(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("em", attributes, content())
}
public func small(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("small", attributes, content())
}
public func fieldset(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("fieldset", attributes, content())
}
public func legend(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("legend", attributes, content())
}
public func details(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("details", attributes, content())
}
public func summary(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("summary", attributes, content())
}
public func textarea(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("textarea", attributes, content())
}
public func article(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("article", attributes, content())
}
public func figure(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("figure", attributes, content())
}
public func code(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("code", attributes, content())
}
public func blockquote(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("blockquote", attributes, content())
}
public func abbr(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("abbr", attributes, content())
}

public func input(_ attributes: Attribute...) -> HTML { voidElement("input", attributes) }
/// A picture with its size, so that the page does not jump when it comes; it comes when somebody is about to see it. `alt` says what
/// it shows.
public func image(_ link: Link, alt: String, width: Int, height: Int) -> HTML {
    voidElement(
        "img",
        [
            .named("src", link.description), .named("alt", alt), .named("width", String(width)), .named("height", String(height)),
            .named("loading", "lazy"),
        ])
}
public func br() -> HTML { voidElement("br", []) }
public func hr() -> HTML { voidElement("hr", []) }

/// A link. There is no way to write its address as text: it comes from a typed `Address`.
public func a(_ link: Link, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    element("a", [.href(link)] + attributes, content())
}

/// A day or moment with its machine-readable form.
public func time(_ iso: String, @HTMLBuilder content: () -> HTML) -> HTML { element("time", [.datetime(iso)], content()) }
