internal import CityPack
internal import Primitives

/// What an invitation by address gives, and for how long it can be answered.
struct InvitationTerms: Sendable {
    /// Fewer than the contact type has; nil for exactly those of the type.
    let rights: Rights?
    let lifetime: Span

    /// What the one press "Add EMAIL as TYPE" means.
    static let usual = InvitationTerms(rights: nil, lifetime: .days(usualDays))
    static let usualDays: Int64 = 30
    /// What one can choose from.
    static let days: [Int64] = [7, 14, usualDays]
}

extension Rights {
    /// As a row keeps chosen rights: `view,bill`. A name that this version does not know gives nothing.
    init?(stored text: String?) {
        guard let text else { return nil }
        let names = text.split(separator: ",").map(String.init)
        self =
            Rights(names: names) ?? Rights(names: names.filter { name in Rights.allNames.contains { $0.name == name } }) ?? .view
    }

    var stored: String { names.joined(separator: ",") }
}
