internal import Accounts
internal import Contacts
internal import Core
internal import Primitives

/// What speaks for a record being the asker's, and what against it. Pure: no clock, no database.
enum Evidence {
    static func reasons(
        _ contact: Contact, _ details: ContactDetails, _ asker: Asker, isOnCase: Bool, place: String
    ) -> [Reason] {
        var reasons: [Reason] = []
        let theirs = Set(details.emails.map(\.address.folded))
        if asker.emails.contains(where: { theirs.contains($0.folded) }) {
            reasons.append(
                asker.isProven
                    ? Reason(Phrase("helpDesk.why.emailProven"), tenths: 120)
                    : Reason(Phrase("helpDesk.why.emailTyped"), tenths: 40))
        }
        let digits = asker.phone.filter(\.isNumber)
        if digits.count >= 7, details.phones.contains(where: { $0.digits == digits }) {
            reasons.append(Reason(Phrase("helpDesk.why.phone"), tenths: 70))
        }
        reasons += names(contact, asker)
        if isOnCase { reasons.append(Reason(Phrase("helpDesk.why.onCase"), tenths: 60)) }
        let about = foldedForSearch(place)
        let lives = details.addresses.contains { address in
            let street = foldedForSearch(address.street)
            return !street.isEmpty && about.hasPrefix(street)
        }
        if lives { reasons.append(Reason(Phrase("helpDesk.why.address"), tenths: 40)) }
        return reasons
    }

    private static func names(_ contact: Contact, _ asker: Asker) -> [Reason] {
        let theirs = foldedForSearch(contact.name)
        let name = foldedForSearch(asker.name)
        guard !name.isEmpty, !theirs.isEmpty else { return [] }
        if name == theirs { return [Reason(Phrase("helpDesk.why.name", ["name": .text(contact.name)]), tenths: 80)] }
        guard contact.kind == .person else { return [] }
        let sameLast = foldedForSearch(asker.lastName) == foldedForSearch(contact.lastName)
        return sameLast
            ? [Reason(Phrase("helpDesk.why.lastName", ["name": .text(contact.lastName)]), tenths: 30)]
            : [Reason(Phrase("helpDesk.why.otherName", ["name": .text(contact.name)]), tenths: -50)]
    }
}
