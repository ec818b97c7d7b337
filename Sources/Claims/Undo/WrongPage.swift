internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Where the link “This is wrong” of a mail leads. Looking changes nothing (mail scanners open links): the button takes the claim back.
enum WrongPage {
    static let routes: [Route] = [
        .get(ClaimAddresses.wrong, .anyone, show), .post(ClaimAddresses.wrong, .anyone, undo),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let token = SecretToken(presented: visit.parameter("token")),
            let (claim, expires) = try await visit.read({ conn in try Claim.find(token, at: visit.now, conn) })
        else { return dead(visit) }
        let t = visit.t
        var page = visit.page(t("claims.wrong.title")) {
            h1 { t("claims.wrong.title") }
            p { claim.sentence(t) }
            descriptionList([
                Detail(term: t("claims.all.shown"), value: HTML(t(claim.shown))),
                Detail(term: t("claims.all.when"), value: HTML(visit.day(of: claim.since).long(in: t.language))),
            ])
            if let until = claim.until {
                emptyState(t("claims.wrong.done", ["date": .date(visit.day(of: until))]))
            } else {
                p { t("claims.wrong.explain", ["date": .date(visit.day(of: expires))]) }
                postForm(ClaimAddresses.wrong(token.text), once: visit.once) {
                    submitButton(t("claims.wrong.button"), danger: true)
                }
            }
            p(.class("soft")) { callable(t("claims.wrong.call", ["phone": .text(visit.city.pack.city.phone)])) }
        }
        // The secret of the address stands in its form.
        page.isCompressible = false
        return page
    }

    private static func undo(_ visit: Visit) async throws -> WebResponse {
        guard let token = SecretToken(presented: visit.parameter("token")) else { return dead(visit) }
        return try await visit.change { change in
            guard try change.allows(.invitationAnswer, visit.request.network) else { throw Refusal.tooMany }
            let link = ClaimAddresses.wrong(token.text)
            guard let (claim, _) = try Claim.find(token, at: change.now, change.conn) else { return .init(link) }
            try change.conn.run(
                "UPDATE claim_notice SET used_at = \(change.now) WHERE token_hash = \(token.hash) AND used_at IS NULL")
            let isFirst = try ClaimRecords(change).undo(claim, why: "")
            return .init(link, say: isFirst ? Phrase("claims.wrong.thanks") : nil)
        }
    }

    private static func dead(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("claims.wrong.deadTitle"), status: 410) {
            h1 { t("claims.wrong.deadTitle") }
            p { callable(t("claims.wrong.dead", ["phone": .text(visit.city.pack.city.phone)])) }
        }
    }
}
