internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// What somebody showed, and which letters they asked for: on the page of claims and on "What the city holds on me" (A7). Whether
/// a letter goes out is not said: that would tell whether there is a record.
enum OwnClaims {
    static let most = 20
    static let all = [AccountRecords("claims", order: 72, title: "claims.own.title", load: load)]

    static func rows(_ claims: [Claim], _ letters: [MailedCode], _ visit: Visit) -> [ListRow] {
        let t = visit.t
        return claims.map { claim in
            ListRow(
                title: HTML("\(t(claim.shown)): \(claim.about)"), subtitle: visit.day(of: claim.since).long(in: t.language),
                status: claim.state(visit))
        }
            + letters.map { letter in
                ListRow(
                    title: HTML(t("claims.own.letter", ["about": .text(letter.about)])),
                    subtitle: visit.day(of: letter.requestedAt).long(in: t.language))
            }
    }

    private static func load(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let claims = try Claim.all(of: id, limit: 1000, conn)
        let letters = try MailedCode.all(of: id, limit: 1000, conn)
        let t = visit.t
        let rows = Self.rows(claims, letters, visit)
        let shown: [JSON] = claims.map { claim in
            [
                "evidence": .string(claim.evidence), "about": .string(claim.about), "gave": .string(claim.gave.rawValue),
                "since": .string(claim.since.description), "until": claim.until.map { .string($0.description) } ?? .null,
            ]
        }
        let asked: [JSON] = letters.map { ["about": .string($0.about), "asked": .string($0.requestedAt.description)] }
        return .init(
            view: rows.isEmpty ? p(.class("soft")) { t("claims.own.none") } : listRows(rows, label: t("claims.own.title")),
            json: ["shown": .array(shown), "letters": .array(asked)])
    }
}
