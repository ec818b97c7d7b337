internal import Primitives

/// A company's name without the words that say only what kind of company it is.
public func companyCore(_ name: String) -> String { CompanyName(name).core }

/// A company's name taken apart: what it is called, the legal form it gives itself, the name it does business under.
public struct CompanyName: Sendable, Hashable {
    /// How a company is set up. Two companies that state different forms are two companies.
    public enum Form: UInt8, Sendable, Hashable {
        case unstated, limitedLiability, corporation, limited, limitedPartnership, liabilityPartnership, professional
    }

    /// Folded words without "the" and without the words of the form.
    public let core: String
    public let form: Form
    /// The core of what follows "d/b/a"; empty when nothing does.
    public let trade: String

    public init(_ name: String) {
        let words = foldedForSearch(name).split(separator: " ").map(String.init)
        let (legal, trade) = CompanyName.sides(words)
        (core, form) = CompanyName.core(legal)
        self.trade = CompanyName.core(trade).core
    }

    /// What stands before and after "dba", "d/b/a" (which folds to single letters) or the words in full.
    private static func sides(_ words: [String]) -> ([String], [String]) {
        for mark in [["dba"], ["d", "b", "a"], ["doing", "business", "as"]] where words.count > mark.count {
            for start in words.indices.dropFirst() where start + mark.count < words.count {
                guard Array(words[start..<(start + mark.count)]) == mark else { continue }
                return (Array(words[..<start]), Array(words[(start + mark.count)...]))
            }
        }
        return (words, [])
    }

    private static func core(_ given: [String]) -> (core: String, form: Form) {
        var words = given
        var form = Form.unstated
        // "L.L.C." folds to single letters.
        if words.count > 3, words.suffix(3) == ["l", "l", "c"] {
            words.removeLast(3)
            form = .limitedLiability
        }
        if words.first == "the" { words.removeFirst() }
        while words.count > 1, let last = words.last, let stated = forms[last] {
            if form == .unstated { form = stated }
            words.removeLast()
        }
        return (words.joined(separator: " "), form)
    }

    private static let forms: [String: Form] = [
        "llc": .limitedLiability, "inc": .corporation, "incorporated": .corporation, "co": .unstated, "corp": .corporation,
        "corporation": .corporation, "company": .unstated, "ltd": .limited, "limited": .limited, "lp": .limitedPartnership,
        "llp": .liabilityPartnership, "pc": .professional,
    ]
}
