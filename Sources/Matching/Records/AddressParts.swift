internal import Primitives

/// An address as it is compared: house number, street and unit apart, usual words in one spelling, no spaces.
struct AddressParts: Sendable, Hashable {
    var number = ""
    var street = ""
    var unit = ""

    /// - Parameters:
    ///   - address: one line, "77 N. Aspen Way, Apt 5" or only a street.
    ///   - unit: what stands in a column of its own; the line's unit counts only when this is empty.
    init(_ address: String, unit typedUnit: String) {
        var words = AddressParts.words(address)
        if words.count > 2, words[0] == "p", words[1] == "o", words[2] == "box" { words.replaceSubrange(0..<3, with: ["pobox"]) }
        if words.count > 2, words[0] == "po", words[1] == "box" { words.replaceSubrange(0..<2, with: ["pobox"]) }
        if words.first == "pobox" {
            number = words.dropFirst().joined()
            street = "pobox"
        } else {
            if words.count > 1, let first = words.first, AddressParts.isNumber(first) {
                number = String(first.drop { $0 == "0" })
                words.removeFirst()
            }
            if let at = words.indices.dropFirst().first(where: { AddressParts.unitWords.contains(words[$0]) }) {
                unit = AddressParts.unit(Array(words[at...]))
                words.removeSubrange(at...)
            }
            street = words.joined()
        }
        if !typedUnit.isEmpty { unit = AddressParts.unit(AddressParts.words(typedUnit)) }
    }

    private static func unit(_ words: [String]) -> String { words.filter { !unitWords.contains($0) }.joined() }

    /// "1st" and "22nd" are names of streets.
    private static func isNumber(_ word: String) -> Bool {
        guard let first = word.utf8.first, (48...57).contains(first) else { return false }
        return !["st", "nd", "rd", "th"].contains(word.drop { $0.isNumber })
    }

    private static func words(_ text: String) -> [String] {
        let text = text.utf8.contains(UInt8(ascii: "#")) ? text.split(separator: "#").joined(separator: " unit ") : text
        return foldedForSearch(text).split(separator: " ").map { word in
            let word = String(word)
            return spellings[word] ?? word
        }
    }

    private static let unitWords: Set<String> = ["unit", "apt", "apartment", "suite", "ste", "spc", "lot"]

    private static let spellings = [
        "street": "st", "avenue": "ave", "av": "ave", "drive": "dr", "road": "rd", "lane": "ln", "court": "ct", "place": "pl",
        "circle": "cir", "boulevard": "blvd", "terrace": "ter", "highway": "hwy", "parkway": "pkwy", "trail": "trl",
        "crescent": "cres", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
        "southeast": "se", "southwest": "sw",
    ]
}
