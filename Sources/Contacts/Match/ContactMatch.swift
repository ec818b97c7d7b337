public import Core
internal import Matching
public import Primitives

/// Which records may be the same person or company as somebody who asks (C3): for a steward, who decides. Every piece of evidence
/// is named and weighed, and the weights add up to the score.
public struct ContactMatch: Sendable {
    /// What is known of whoever asks.
    public struct Asker: Sendable {
        public var firstName = ""
        public var lastName = ""
        public var company = ""
        public var emails: [FoldedEmail] = []
        /// Whether the addresses were proven.
        public var hasProven = false
        public var phones: [String] = []
        public var street = ""
        public var zip = ""
        /// Contacts of the cases that the request names, each with the case's number.
        public var onCases: [ContactID: String] = [:]
        public init() {}
    }

    /// One piece of evidence. Weights are tenths of a point, so that they are exact.
    public struct Reason: Sendable, Hashable {
        public let phrase: Phrase
        public let tenths: Int
    }

    /// How much stands behind a suggestion; a steward decides in any case.
    public enum Band: Sendable, Hashable { case strong, possible, weak }

    public let contact: Contact
    public let details: ContactDetails
    public let reasons: [Reason]

    public var tenths: Int { reasons.reduce(0) { $0 + $1.tenths } }
    public var band: Band { tenths >= 150 ? .strong : (tenths >= 60 ? .possible : .weak) }

    /// What speaks for one record, and what against it. Pure.
    public static func reasons(_ asker: Asker, _ contact: Contact, _ details: ContactDetails) -> [Reason] {
        var reasons = [email(asker, details), phone(asker, details), street(asker, details)].compactMap(\.self)
        switch contact.kind {
        case .company: reasons += [company(asker, contact)].compactMap(\.self)
        case .person: reasons += [person(asker, contact)].compactMap(\.self)
        }
        if let number = asker.onCases[contact.id] {
            reasons.append(Reason(phrase: Phrase("contacts.match.onCase", ["number": .text(number)]), tenths: 60))
        }
        return reasons
    }

    private static func email(_ asker: Asker, _ details: ContactDetails) -> Reason? {
        let theirs = Set(details.emails.map(\.address.folded))
        if let same = asker.emails.first(where: theirs.contains) {
            let email: [String: WordArgument] = ["email": .text(same.description)]
            return asker.hasProven
                ? Reason(phrase: Phrase("contacts.match.emailProven", email), tenths: 120)
                : Reason(phrase: Phrase("contacts.match.emailTyped", email), tenths: 40)
        }
        let domains = Set(theirs.map(\.domain))
        guard
            let domain = asker.emails.map(\.domain).first(where: {
                domains.contains($0) && !Mailboxes.isPublicProvider(domain: $0)
            })
        else { return nil }
        return Reason(phrase: Phrase("contacts.match.domain", ["domain": .text(domain)]), tenths: 25)
    }

    private static func phone(_ asker: Asker, _ details: ContactDetails) -> Reason? {
        let theirs = Set(details.phones.map { localDigits($0.digits) })
        let isSame = asker.phones.map(localDigits).contains { $0.count >= 7 && theirs.contains($0) }
        return isSame ? Reason(phrase: Phrase("contacts.match.phone"), tenths: 70) : nil
    }

    private static func street(_ asker: Asker, _ details: ContactDetails) -> Reason? {
        let street = foldedForSearch(asker.street)
        guard !street.isEmpty else { return nil }
        let same = details.addresses.filter { foldedForSearch($0.street) == street }
        guard !same.isEmpty else { return nil }
        let isSameZip = same.contains { !$0.zip.isEmpty && $0.zip.prefix(5) == asker.zip.prefix(5) }
        return isSameZip
            ? Reason(phrase: Phrase("contacts.match.streetAndZip"), tenths: 50)
            : Reason(phrase: Phrase("contacts.match.street"), tenths: 30)
    }

    private static func company(_ asker: Asker, _ contact: Contact) -> Reason? {
        let (ours, theirs) = (companyCore(asker.company), companyCore(contact.companyName))
        guard !ours.isEmpty, !theirs.isEmpty else { return nil }
        if ours == theirs {
            return Reason(phrase: Phrase("contacts.match.company", ["name": .text(contact.companyName)]), tenths: 80)
        }
        return isTypo(ours, theirs)
            ? Reason(phrase: Phrase("contacts.match.companyNearly", ["name": .text(contact.companyName)]), tenths: 50) : nil
    }

    private static func person(_ asker: Asker, _ contact: Contact) -> Reason? {
        let (first, last) = (foldedForSearch(asker.firstName), foldedForSearch(asker.lastName))
        let (theirFirst, theirLast) = (foldedForSearch(contact.firstName), foldedForSearch(contact.lastName))
        guard !last.isEmpty, !theirLast.isEmpty else { return nil }
        let name: [String: WordArgument] = ["name": .text(contact.name)]
        switch (last == theirLast, isTypo(last, theirLast), FirstNames.likeness(first, theirFirst)) {
        case (true, _, .same): return Reason(phrase: Phrase("contacts.match.name", name), tenths: 80)
        case (true, _, .shortForm): return Reason(phrase: Phrase("contacts.match.shortForm", name), tenths: 65)
        case (true, _, .typo): return Reason(phrase: Phrase("contacts.match.nameNearly", name), tenths: 55)
        case (false, true, .same): return Reason(phrase: Phrase("contacts.match.nameNearly", name), tenths: 55)
        case (true, _, .unknown): return Reason(phrase: Phrase("contacts.match.lastName", name), tenths: 30)
        case (true, _, .different): return Reason(phrase: Phrase("contacts.match.otherFirst", name), tenths: 10)
        default: return Reason(phrase: Phrase("contacts.match.otherName", name), tenths: -50)
        }
    }
}

extension FoldedEmail {
    var domain: String { String(description.drop { $0 != "@" }.dropFirst()) }
}
