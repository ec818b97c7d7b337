internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/cases/{number}/card`: the permit card with a new code, and the codes that were printed before.
struct CardDesk {
    let hasher: PasswordHasher

    var routes: [Route] {
        [
            .get(ClaimAddresses.cards, .staff(ClaimAccess.print), CardDesk.show),
            .post(ClaimAddresses.cards, .staff(ClaimAccess.print), make),
            .post(ClaimAddresses.withdrawCard, .staff(ClaimAccess.print), CardDesk.withdraw),
        ]
    }

    private static func find(_ visit: Visit, _ conn: Connection) throws -> SeenCase {
        let seen = try SeenCase.find(number: visit.parameter("number"), visit, conn)
        guard try seen.may(ClaimAccess.printCard.action, conn) else { throw NotFound() }
        return seen
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let (seen, codes) = try await visit.read { conn in
            let seen = try find(visit, conn)
            return (seen, try CardCode.all(of: seen.record.id, conn))
        }
        let t = visit.t
        let secret = visit.request.cookies[OwnCookie.printedCodes.rawValue].flatMap(SecretToken.init(presented:))
        let fresh = codes.first {
            $0.until == nil && $0.batch == secret?.hash && $0.printedAt > visit.now - CardCode.shownFor
        }
        let title = t("claims.cards.title", ["number": .text(seen.number)])
        var page = visit.page(title, crumbs: [Crumb(title: seen.number, link: CaseAddresses.show(seen.number))]) {
            if fresh != nil, let secret {
                PrintedSheet.card(seen, PrintedCode.make(from: secret, seen.number), visit)
            } else {
                h1 { title }
                p { t("claims.cards.lead") }
            }
            div(.class("unprinted")) {
                postForm(ClaimAddresses.cards(seen.number), once: visit.once) {
                    submitButton(t("claims.cards.print"), quiet: fresh != nil)
                }
                h2 { t("claims.cards.before") }
                if codes.isEmpty {
                    p(.class("soft")) { t("claims.cards.none") }
                } else {
                    listRows(codes.map { row($0, seen, visit) }, label: t("claims.cards.before"))
                }
            }
        }
        page.isCompressible = fresh == nil
        return page
    }

    private static func row(_ code: CardCode, _ seen: SeenCase, _ visit: Visit) -> ListRow {
        let t = visit.t
        let when = visit.shortMoment(code.printedAt)
        return ListRow(
            title: HTML(t("claims.cards.one", ["when": .text(when)])), subtitle: code.printedBy,
            status: code.until == nil ? tag(t("claims.cards.live"), .good) : tag(t("claims.cards.ended"), .calm),
            action: code.until == nil
                ? postForm(ClaimAddresses.withdrawCard(seen.number, String(code.id)), once: "\(visit.once)\(code.id)") {
                    submitButton(
                        t("claims.cards.withdraw"), quiet: true,
                        accessibleName: t("claims.cards.withdrawNamed", ["when": .text(when)]), danger: true)
                } : .empty)
    }

    private func make(_ visit: Visit) async throws -> WebResponse {
        let number = try await visit.read { conn in try CardDesk.find(visit, conn).number }
        let secret = try visit.sessionSecret(for: "card-\(number)")
        let hash = try await PrintedCode.hash(PrintedCode.make(from: secret, number), for: .card(number), on: hasher)
        let response = try await visit.change { change in
            // Whether it may be printed is asked again where it is kept.
            guard
                let id: CaseID = try change.conn.value(
                    """
                    SELECT c.id FROM case_record c
                    WHERE c.number = \(number) AND \(change.city.access.visible(ClaimAccess.printCard.action, to: change.principal, alias: "c", isOne: true))
                    """)
            else { throw NotFound() }
            try CardCode.keep(hash, batch: secret.hash, for: id, change)
            return .init(ClaimAddresses.cards(number), say: Phrase("claims.cards.made"))
        }
        return response.setting(
            Cookie(OwnCookie.printedCodes.rawValue, secret.text, maxAge: Int(CardCode.shownFor.seconds)))
    }

    private static func withdraw(_ visit: Visit) async throws -> WebResponse {
        let seen = try await visit.read { conn in try find(visit, conn) }
        guard let code = Int64(visit.parameter("code")) else { throw NotFound() }
        return try await visit.change { change in
            let isFirst = try CardCode.withdraw(code, of: seen.record.id, change)
            return .init(
                ClaimAddresses.cards(seen.number), say: Phrase(isFirst ? "claims.cards.withdrawn" : "claims.cards.gone"))
        }
    }
}
