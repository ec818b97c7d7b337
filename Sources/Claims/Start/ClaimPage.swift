internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/claim`: what one can show, and what one has shown.
struct ClaimPage {
    let evidence: [EvidenceSource]
    let asking: Link

    func show(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let (claims, letters) = try await visit.read { conn in
            (
                try Claim.all(of: account, limit: OwnClaims.most, conn),
                try MailedCode.all(of: account, limit: OwnClaims.most, conn)
            )
        }
        let t = visit.t
        return visit.page(t("claims.title")) {
            h1 { t("claims.title") }
            p { t("claims.lead") }
            listRows(ways(visit), label: t("claims.ways"))
            p {
                t("claims.otherwise")
                " "
                a(asking.with([(CardForm.number.definition.name, visit.query(CardForm.number.definition.name))])) {
                    t("claims.ask")
                }
            }
            h2 { t("claims.own.title") }
            if claims.isEmpty, letters.isEmpty {
                p(.class("soft")) { t("claims.own.none") }
            } else {
                listRows(OwnClaims.rows(claims, letters, visit), label: t("claims.own.title"))
            }
        }
    }

    private func ways(_ visit: Visit) -> [ListRow] {
        let t = visit.t
        let number = CardForm.number.definition.name
        var rows: [ListRow] = []
        func way(_ title: WordKey, _ text: WordKey, _ link: Link) {
            rows.append(ListRow(title: a(link) { t(title) }, subtitle: t(text)))
        }
        if visit.city.pack.cardType != nil {
            way("claims.card.title", "claims.card.explanation", ClaimAddresses.card().with([(number, visit.query(number))]))
        }
        for source in evidence { way(source.title, source.explanation, ClaimAddresses.evidence(source.key)()) }
        way("claims.letter.title", "claims.letter.explanation", ClaimAddresses.letter())
        way("claims.code.title", "claims.code.explanation", ClaimAddresses.code())
        return rows
    }
}

/// On the way from the page of all ways to one of them.
func claimCrumbs(_ t: Voice) -> [Crumb] { [Crumb(title: t("claims.title"), link: ClaimAddresses.claim())] }
