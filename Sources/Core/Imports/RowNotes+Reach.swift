public import Primitives

extension RowNotes {
    /// The addresses in a field of an older system: usually one, sometimes several, sometimes with what a mail program put around it.
    public struct Addresses: Sendable {
        public let typed: [String]
        /// What had to be taken away, as a sentence; nil when the field was an address as it stands.
        let mended: String?
    }

    /// - Returns: nothing when the field holds no address.
    public static func addresses(in field: String) -> Addresses {
        let whole = tidied(field)
        if FoldedEmail(whole) != nil, !whole.lowercased().hasPrefix("mailto:"), whole.last.map({ !".,;".contains($0) }) ?? false {
            return Addresses(typed: [whole], mended: nil)
        }
        let parts = joined(whole).split { ",; /<>()[]\"".contains($0) }.map(bare).filter { FoldedEmail($0) != nil }
        var seen: Set<FoldedEmail> = []
        let typed = parts.filter { part in FoldedEmail(part).map { seen.insert($0).inserted } ?? false }
        let mended =
            typed.count > 1
            ? "Several addresses stood in one field. Each was kept by itself."
            : "What stood around the address was taken away."
        return Addresses(typed: typed, mended: typed.isEmpty ? nil : mended)
    }

    /// Without spaces beside the @, which no address has, and beside its dots when nothing else stands in the field.
    private static func joined(_ text: String) -> String {
        var result = text
        for spaced in [" @ ", " @", "@ "] { result = result.replacing(spaced, with: "@") }
        let closed = result.replacing(" .", with: ".").replacing(". ", with: ".")
        return closed.contains(" ") || FoldedEmail(closed) == nil ? result : closed
    }

    private static func bare(_ part: Substring) -> String {
        var part = part
        if part.lowercased().hasPrefix("mailto:") { part = part.dropFirst(7) }
        while let last = part.last, ".,;:".contains(last) { part.removeLast() }
        while let first = part.first, ".,;:".contains(first) { part.removeFirst() }
        return String(part)
    }

    /// Every address of a field, each by itself.
    public mutating func emails(_ field: String) -> [String] {
        let raw = text(field)
        guard !raw.isEmpty else { return [] }
        let found = RowNotes.addresses(in: raw)
        if found.typed.isEmpty {
            repair(field, was: raw, "This is not an email address. It was left out, so it cannot connect anybody.")
        } else if let mended = found.mended {
            repair(field, was: raw, mended)
        }
        return found.typed
    }

    /// The one address of a field; what cannot be one comes out as it stands.
    public mutating func email(_ field: String) -> String {
        let raw = text(field)
        let found = RowNotes.addresses(in: raw)
        guard found.typed.count == 1, let email = found.typed.first else { return raw }
        if let mended = found.mended { repair(field, was: raw, mended) }
        return email
    }

    /// A phone number as it was typed; empty when nobody can be called by it.
    public mutating func phone(_ field: String) -> String {
        let typed = text(field)
        guard !typed.isEmpty else { return "" }
        if RowNotes.isLossy(typed) {
            repair(field, was: typed, "A spreadsheet shortened this phone number, so its last digits are lost. It was left out.")
            return ""
        }
        let digits = typed.filter { $0.isASCII && $0.isNumber }
        guard digits.count >= 7 else {
            repair(field, was: typed, "This is not a phone number. It was left out.")
            return ""
        }
        if Set(digits).count == 1 {
            repair(field, was: typed, "This number is a filler of the older system. It was left out.")
            return ""
        }
        return firstNumber(field, typed)
    }

    /// `303-555-0144 / 303-555-0145`: the first one is kept.
    private mutating func firstNumber(_ field: String, _ typed: String) -> String {
        // Two numbers have at least fourteen digits.
        guard typed.utf8.count > 14 else { return typed }
        for mark in [" / ", "/", ";", ",", " or ", " and "] {
            let parts = typed.split(separator: mark, maxSplits: 1).map { tidied(String($0)) }
            guard parts.count == 2, parts.allSatisfy({ $0.filter { $0.isASCII && $0.isNumber }.count >= 7 }) else { continue }
            repair(field, was: typed, "Two numbers stood in one field. The first one was kept.")
            return parts[0]
        }
        return typed
    }
}
