internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// A record that the asker may be, with the evidence and what a link would give (C3).
struct Suggestion: Sendable {
    let match: ContactMatch
    let gain: SuggestionGain

    var contact: Contact { match.contact }

    /// The evidence as the audit keeps it.
    func evidence(_ number: String, _ t: Voice) -> String {
        let list = match.reasons.map { "\(t($0.phrase)) \(points($0.tenths, signed: true))" }.joined(separator: "; ")
        return "\(number): \(list) = \(points(match.tenths))"
    }
}

/// Tenths of a point as people read them: `7.5`, `+7.5`, `−1.0`. Every weight is shown to the tenth, so that the weights shown add up.
func points(_ tenths: Int, signed: Bool = false) -> String {
    let sign = tenths < 0 ? "−" : (signed ? "+" : "")
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
}

enum Suggestions {
    static let most = 8

    /// The likeliest first; records that the asker acts as already, or will by a decision, are not among them.
    static func find(
        in records: MatchPool, for asker: ContactMatch.Asker, also: Set<ContactID>, without own: Set<ContactID>
    ) -> [ContactMatch] {
        let matches = records.suggestions(for: asker, also: also, limit: most + own.count)
        return Array(matches.filter { !own.contains($0.contact.id) }.prefix(most))
    }

    /// What is known of whoever asks, for scoring.
    static func known(of asker: Asker, caseText: String, _ cases: [MatchedCase]) -> ContactMatch.Asker {
        var known = ContactMatch.Asker()
        known.firstName = asker.firstName
        known.lastName = asker.lastName
        // A guest may have given a company's name.
        known.company = asker.isProven ? "" : asker.name
        known.emails = asker.emails.map(\.folded)
        known.hasProven = asker.isProven
        known.phones = [asker.phone]
        known.street = MatchedCases.addresses(in: caseText).last ?? ""
        for matched in cases {
            for party in matched.parties { known.onCases[party.contact] = matched.summary.number }
        }
        return known
    }
}
