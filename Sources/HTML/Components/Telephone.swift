/// A sentence of the city in which every number, as in `303-441-1880`, can be called and stays on one line.
public func callable(_ sentence: String) -> HTML {
    var html = HTML.empty
    var rest = sentence[...]
    while let number = rest.firstTelephone {
        html += HTML(String(rest[..<number.startIndex])) + a(Link.telephone(String(number))) { String(number) }
        rest = rest[number.endIndex...]
    }
    return html + HTML(String(rest))
}

extension Substring {
    /// What it looks like; letters stand for digits. By bytes: it is looked for in every row of a list, and a pattern of the language
    /// is compiled each time.
    private static let telephone = Array("ddd-ddd-dddd".utf8)

    fileprivate var firstTelephone: Substring? {
        let bytes = Array(utf8)
        let shape = Substring.telephone
        guard bytes.count >= shape.count else { return nil }
        let start = (0...(bytes.count - shape.count)).first { start in
            shape.indices.allSatisfy { place in
                let byte = bytes[start + place]
                return shape[place] == UInt8(ascii: "-")
                    ? byte == shape[place] : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        }
        guard let start else { return nil }
        let first = utf8.index(startIndex, offsetBy: start)
        return self[first..<utf8.index(first, offsetBy: shape.count)]
    }
}
