internal import CityPack
internal import Core
internal import Primitives

/// How the facts of a case are told, and to whom at least. On the case's own timeline the city's words for statuses and contact
/// types stand in the sentence; elsewhere it is told without them.
struct CaseTelling: Sendable {
    let kind: FactKind
    let visibility: Visibility
    /// The field of the case that the sentence speaks of: its class holds here as well.
    let field: String
    /// The sentence with the pack's words.
    let tell: @Sendable (Fact, CityPack, Voice) -> String
    /// The same without them.
    let plain: @Sendable (Fact) -> Phrase

    var registered: FactTelling { FactTelling(kind, for: visibility, plain) }

    static let all: [CaseTelling] = [
        CaseTelling(
            kind: .caseCreated, visibility: .public, field: "number", tell: { _, _, t in t("cases.told.created") },
            plain: { _ in Phrase("cases.told.created") }),
        CaseTelling(
            kind: .statusChanged, visibility: .public, field: "status",
            tell: { fact, pack, t in
                t(
                    "cases.told.status",
                    ["from": .text(status(fact.text("from"), pack, t)), "to": .text(status(fact.text("to"), pack, t))])
            },
            plain: { _ in Phrase("cases.told.statusPlain") }),
        CaseTelling(
            kind: .parentLinked, visibility: .public, field: "parent", tell: { _, _, t in t("cases.told.parent") },
            plain: { _ in Phrase("cases.told.parent") }),
        CaseTelling(
            kind: .contactAdded, visibility: .party, field: "contacts",
            tell: { fact, pack, t in
                t("cases.told.added", ["name": .text(fact.text("name")), "type": .text(type(fact.text("type"), pack, t))])
            },
            plain: { Phrase("cases.told.addedPlain", ["name": .text($0.text("name"))]) }),
        CaseTelling(
            kind: .contactRemoved, visibility: .party, field: "contacts",
            tell: { fact, _, t in t("cases.told.removed", ["name": .text(fact.text("name"))]) },
            plain: { Phrase("cases.told.removed", ["name": .text($0.text("name"))]) }),
        CaseTelling(
            kind: .contactInvited, visibility: .party, field: "contacts",
            tell: { fact, pack, t in
                t("cases.told.invited", ["email": .text(fact.text("email")), "type": .text(type(fact.text("type"), pack, t))])
            },
            plain: { Phrase("cases.told.invitedPlain", ["email": .text($0.text("email"))]) }),
        CaseTelling(
            kind: .invitationSent, visibility: .party, field: "contacts",
            tell: { fact, _, t in t("cases.told.sentAgain", ["email": .text(fact.text("email"))]) },
            plain: { Phrase("cases.told.sentAgain", ["email": .text($0.text("email"))]) }),
        CaseTelling(
            kind: .invitationAnswered, visibility: .party, field: "contacts",
            tell: { fact, _, t in t(answered(fact)) }, plain: answered),
        CaseTelling(
            kind: .invitationExpired, visibility: .staff, field: "contacts",
            tell: { fact, _, t in t("cases.told.expired", ["email": .text(fact.text("email"))]) },
            plain: { Phrase("cases.told.expired", ["email": .text($0.text("email"))]) }),
        CaseTelling(
            kind: .invitationWithdrawn, visibility: .party, field: "contacts",
            tell: { fact, _, t in t("cases.told.removed", ["name": .text(fact.text("email"))]) },
            plain: { Phrase("cases.told.removed", ["name": .text($0.text("email"))]) }),
        CaseTelling(
            kind: .nameShown, visibility: .party, field: "contacts",
            tell: { fact, pack, t in
                t("cases.told.named", ["name": .text(fact.text("name")), "type": .text(type(fact.text("type"), pack, t))])
            },
            plain: { Phrase("cases.told.namedPlain", ["name": .text($0.text("name"))]) }),
        // Who stands behind an address is for the city alone, until that person shows their name (B5).
        CaseTelling(
            kind: .invitationAccepted, visibility: .staff, field: "contacts",
            tell: { fact, pack, t in
                t("cases.told.accepted", ["name": .text(fact.text("name")), "type": .text(type(fact.text("type"), pack, t))])
            },
            plain: { Phrase("cases.told.acceptedPlain", ["name": .text($0.text("name"))]) }),
        CaseTelling(
            kind: .caseCorrected, visibility: .staff, field: "number", tell: { _, _, t in t("cases.told.corrected") },
            plain: { _ in Phrase("cases.told.corrected") }),
    ]

    private static let byKind = Dictionary(all.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })

    static func of(_ fact: Fact) -> CaseTelling? { byKind[fact.kind] }

    /// The sentence for whoever sees the case so; nil when it is not for them.
    static func sentence(of fact: Fact, _ seen: SeenCase, _ city: CityContext, _ t: Voice) -> String? {
        guard let telling = byKind[fact.kind] else { return city.sentence(of: fact, for: seen.audience, t) }
        guard telling.visibility <= seen.audience, seen.shows(telling.field) else { return nil }
        return telling.tell(fact, seen.pack, t)
    }

    @Sendable private static func answered(_ fact: Fact) -> Phrase {
        let email: [String: WordArgument] = ["email": .text(fact.text("email"))]
        return fact.arguments["accepted"] == .bool(true)
            ? Phrase("cases.told.answeredYes", email) : Phrase("cases.told.answeredNo", email)
    }

    private static func status(_ key: String, _ pack: CityPack, _ t: Voice) -> String {
        pack.status(key).map { t($0.name) } ?? key
    }

    private static func type(_ key: String, _ pack: CityPack, _ t: Voice) -> String {
        pack.contactType(key).map { t($0.name) } ?? key
    }
}
