/// One attribute of an element. Its value is escaped; a nil or false one is left out.
public struct Attribute: Sendable {
    /// Empty for none at all.
    let name: String
    /// Escaped; nil for a flag.
    let value: String?

    private init(_ name: String, escaped value: String?) {
        self.name = name
        self.value = value
    }

    /// How many bytes it takes, with the space before it.
    var size: Int { name.isEmpty ? 0 : name.utf8.count + 1 + (value.map { $0.utf8.count + 3 } ?? 0) }

    func write(to text: inout String) {
        guard !name.isEmpty else { return }
        text += " "
        text += name
        guard let value else { return }
        text += "=\""
        text += value
        text += "\""
    }

    public static let none = Attribute("", escaped: nil)
    static func named(_ name: String, _ value: String?) -> Attribute {
        value.map { Attribute(name, escaped: HTML.escaped($0)) } ?? .none
    }
    static func flag(_ name: String, _ isOn: Bool) -> Attribute { isOn ? Attribute(name, escaped: nil) : .none }

    public static func `class`(_ names: String?) -> Attribute { named("class", names) }
    public static func id(_ id: String?) -> Attribute { named("id", id) }
    public static func href(_ link: Link) -> Attribute { named("href", link.description) }
    public static func lang(_ code: String?) -> Attribute { named("lang", code) }
    public static func name(_ name: String) -> Attribute { named("name", name) }
    public static func value(_ value: String?) -> Attribute { named("value", value) }
    public static func type(_ type: String) -> Attribute { named("type", type) }
    public static func `for`(_ id: String) -> Attribute { named("for", id) }
    public static func action(_ link: Link) -> Attribute { named("action", link.description) }
    public static func method(_ method: String) -> Attribute { named("method", method) }
    public static func role(_ role: String?) -> Attribute { named("role", role) }
    public static func aria(_ name: String, _ value: String?) -> Attribute { named("aria-\(name)", value) }
    public static func data(_ name: String, _ value: String?) -> Attribute { named("data-\(name)", value) }
    public static func autocomplete(_ token: String?) -> Attribute { named("autocomplete", token) }
    public static func inputmode(_ mode: String?) -> Attribute { named("inputmode", mode) }
    public static func maxlength(_ count: Int?) -> Attribute { named("maxlength", count.map(String.init)) }
    public static func rows(_ count: Int) -> Attribute { named("rows", String(count)) }
    public static func scope(_ scope: String) -> Attribute { named("scope", scope) }
    public static func colspan(_ count: Int) -> Attribute { named("colspan", String(count)) }
    public static func datetime(_ text: String) -> Attribute { named("datetime", text) }
    public static func tabindex(_ index: Int) -> Attribute { named("tabindex", String(index)) }
    public static func popovertarget(_ id: String) -> Attribute { named("popovertarget", id) }
    public static func rel(_ rel: String?) -> Attribute { named("rel", rel) }
    public static func hreflang(_ code: String?) -> Attribute { named("hreflang", code) }
    public static func enctype(_ type: String?) -> Attribute { named("enctype", type) }
    public static func required(_ isOn: Bool) -> Attribute { flag("required", isOn) }
    public static func selected(_ isOn: Bool) -> Attribute { flag("selected", isOn) }
    public static func checked(_ isOn: Bool) -> Attribute { flag("checked", isOn) }
    public static func disabled(_ isOn: Bool) -> Attribute { flag("disabled", isOn) }
    public static func open(_ isOn: Bool) -> Attribute { flag("open", isOn) }
    public static func hidden(_ isOn: Bool) -> Attribute { flag("hidden", isOn) }
    public static func novalidate() -> Attribute { flag("novalidate", true) }
    public static func spellcheck(_ isOn: Bool) -> Attribute { named("spellcheck", isOn ? "true" : "false") }
}
