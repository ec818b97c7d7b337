internal import Foundation

/// Where a link goes: a path of this portal with its query, percent-encoded. Made by an `Address`, or for mail and telephone.
public struct Link: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    private init(_ description: String) { self.description = description }

    /// The same page with these query parameters; nil and empty ones are left out.
    public func with(_ query: [(String, String?)], fragment: String? = nil) -> Link {
        let pairs = query.compactMap { name, value -> String? in
            guard let value, !value.isEmpty else { return nil }
            return "\(Link.encoded(name))=\(Link.encoded(value))"
        }
        var text = description
        if !pairs.isEmpty { text += (text.contains("?") ? "&" : "?") + pairs.joined(separator: "&") }
        if let fragment { text += "#\(fragment)" }
        return Link(text)
    }

    /// With scheme and host, for mail. `base` has no slash at its end.
    public func absolute(_ base: String) -> String { base + description }

    /// A place on the same page.
    public static func fragment(_ id: String) -> Link { Link("#\(id)") }
    public static func telephone(_ number: String) -> Link { Link("tel:\(number.filter { $0.isNumber || $0 == "+" })") }
    public static func mail(_ address: String) -> Link { Link("mailto:\(encoded(address, also: "@"))") }
    /// An address outside, written in the program or in the city pack.
    public static func outside(_ url: StaticString) -> Link { Link("\(url)") }

    /// The button of a mail: an address that the portal itself made, with scheme and host.
    public init?(mailed url: String) {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else { return nil }
        description = url
    }

    /// A path of this portal that came back from outside (a `return` parameter): only a plain path is accepted, so that nobody
    /// is led elsewhere.
    public init?(local text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), text.utf8.count < 2000,
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") })
        else { return nil }
        description = text
    }

    fileprivate init(path: String) { description = path }

    /// One step of a path. `.` and `..` would mean another path, in whatever way they are written.
    fileprivate static func segment(_ text: String) -> String { text == "." || text == ".." ? "-" : encoded(text) }

    /// Percent-encoded (RFC 3986, 2): letters, digits and `-._~` stay, and what is in `also`.
    public static func encoded(_ text: String, also: String = "") -> String {
        let others = Array(also.utf8)
        func stays(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                true
            default: others.contains(byte)
            }
        }
        if text.utf8.allSatisfy(stays) { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 3)
        for byte in text.utf8 {
            if stays(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

/// A page's address with its parameters, declared once: `let contacts = Address<String>("/cases/{number}/contacts")`.
/// The router serves its `template`; a view gets a `Link` by calling it: `contacts(number)`.
public struct Address<each Parameter: LosslessStringConvertible & Sendable>: Sendable {
    public let template: String

    public init(_ template: String) { self.template = template }

    public func callAsFunction(_ parameter: repeat each Parameter) -> Link {
        var values: [String] = []
        repeat values.append((each parameter).description)
        var path = ""
        var next = values.makeIterator()
        for segment in template.split(separator: "/") {
            path += "/"
            path += segment.hasPrefix("{") ? Link.segment(next.next() ?? "") : String(segment)
        }
        return Link(path: path.isEmpty ? "/" : path)
    }
}

/// A page's address without parameters: `let home = PlainAddress("/")`.
/// (The formatter takes the empty list of parameters for an operator.)
// swift-format-ignore
public typealias PlainAddress = Address< >
