internal import Accounts
internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/claim/card`: whoever has the permit card has a part in the case, as much of one as the city pack says (C2).
struct CardClaim {
    static let evidence = "card"
    let requests: Link
    let hasher: PasswordHasher

    var routes: [Route] {
        [
            .get(ClaimAddresses.card, .account, form: Form(CardForm.number), show),
            .post(ClaimAddresses.card, .account, form: CardForm.form, invalid: show, take),
        ]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        guard let type = visit.city.pack.cardType, let rights = type.cardRights else { throw NotFound() }
        let t = visit.t
        return visit.page(t("claims.card.title"), crumbs: claimCrumbs(t)) {
            visit.submission.summary(t)
            h1 { t("claims.card.title") }
            p { t("claims.card.lead") }
            postForm(ClaimAddresses.card(), once: visit.once) {
                visit.submission.view(CardForm.number, t)
                visit.submission.view(CardForm.code, t)
                submitButton(t("claims.show"))
            }
            p(.class("soft")) {
                t("claims.card.gives", ["type": .text(t(type.name)), "rights": .text(rightsWords(rights, t))])
            }
        }
    }

    private func take(_ visit: Visit) async throws -> WebResponse {
        guard visit.city.pack.cardType != nil else { throw NotFound() }
        let number = try visit.submission[CardForm.number].filter { !$0.isWhitespace }
        let code = try visit.submission[CardForm.code]
        let language = visit.language
        return try await ClaimTry.run(
            visit, evidence: CardClaim.evidence, target: number.uppercased(),
            prepare: { _ in try await PrintedCode.hash(code, for: .card(number), on: hasher) },
            take: { account, hash, change in
                guard let shown = try CardCode.find(number, hash: hash, change.conn) else { return nil }
                return try give(shown, to: account, language, change)
            })
    }

    private func give(
        _ shown: CardCode.Shown, to account: AccountID, _ language: Language, _ change: Change
    ) throws -> Visit.Outcome {
        let there = CaseAddresses.show(shown.number)
        let name: [String: WordArgument] = ["number": .text(shown.number)]
        if try change.city.access.may("case.party-view", change.principal, on: shown.id.value, change.conn) {
            return .init(there, say: Phrase("claims.card.already", name))
        }
        let label = Phrase("claims.card.label", name)
        let grants = GrantWriter(change)
        guard let type = change.city.pack.cardType,
            let contact = try ContactWriter(change).ownContact(
                of: account, how: .claim, evidence: "showed the permit card of \(shown.number)")
        else { throw NotFound() }
        if try grants.wasEnded(for: account, on: shown.id) {
            try RecordClaim(change: change, requests: requests)
                .leave(.endedBefore, contact: contact, shown: label, name: shown.number, to: account, language)
            return .init(requests, say: Phrase("claims.undecided"))
        }
        guard try grants.add(contact, to: shown.id, as: type, rights: type.cardRights) else {
            return .init(there, say: Phrase("claims.card.already", name))
        }
        try ClaimRecords(change).make(
            .grant, by: CardClaim.evidence, shown: label, for: account, contact: contact, on: shown.id,
            grant: grants.live(contact, on: shown.id, as: type.key), code: shown.code)
        return .init(there, say: Phrase("claims.card.connected", name))
    }
}
