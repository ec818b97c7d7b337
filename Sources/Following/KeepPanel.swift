internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Beside the summary of a case: follow it, and one's collections that hold it. A guest sees the same as somebody who keeps nothing,
/// and signs in on the way.
enum KeepPanel {
    static let casePanel = CasePanel(order: 50, right: "case.public-view") { seen, visit, conn in
        guard visit.principal == .guest || visit.principal.account != nil else { return .empty }
        let kept = try visit.principal.account.map { try Kept.find($0, seen.record.id, conn) } ?? Kept()
        let mayFollow = try seen.may("case.public-view", conn)
        let t = visit.t
        return panel(title: t("following.panel.title")) {
            if mayFollow { follow(seen.number, kept, t) }
            let holding = kept.collections.filter(\.holds)
            if !holding.isEmpty {
                p { t("following.panel.holding") }
                ul { for one in holding { li { a(FollowingAddresses.collection(one.id.description)) { one.title } } } }
            }
            p {
                a(FollowingAddresses.collect(seen.number)) {
                    holding.isEmpty ? t("following.panel.collect") : t("following.panel.change")
                }
            }
        }
    }

    private static func follow(_ number: String, _ kept: Kept, _ t: Voice) -> HTML {
        group {
            if kept.isFollowed {
                p {
                    t("following.panel.following")
                    " "
                    a(FollowingAddresses.list()) { t("following.list.title") }
                    "."
                }
                repeatableForm(FollowingAddresses.unfollow(number)) { submitButton(t("following.stop"), quiet: true) }
            } else {
                p { t("following.panel.text") }
                repeatableForm(FollowingAddresses.follow(number)) { submitButton(t("following.follow"), quiet: true) }
            }
        }
    }
}

/// What an account keeps of one case: whether it is followed, and all collections with whether they hold it.
struct Kept: Sendable {
    struct Shelf: Sendable {
        let id: PublicID
        let title: String
        let holds: Bool
    }

    var isFollowed = false
    /// By name.
    var collections: [Shelf] = []

    static func find(_ account: AccountID, _ id: CaseID, _ conn: Connection) throws(DatabaseError) -> Kept {
        var kept = Kept()
        for row in try conn.rows(list(account, id)) {
            let (name, title): (String, String) = (try row["public_id"], try row["title"])
            guard let shelf = PublicID(name) else {
                kept.isFollowed = true
                continue
            }
            kept.collections.append(Shelf(id: shelf, title: title, holds: try row["holds"]))
        }
        kept.collections.sort { $0.title.lowercased() < $1.title.lowercased() }
        return kept
    }

    static func list(_ account: AccountID, _ id: CaseID) -> SQL {
        """
        SELECT '' AS public_id, '' AS title, 1 AS holds FROM case_follow
        WHERE account_id = \(account) AND case_id = \(id) AND until IS NULL
        UNION ALL
        SELECT k.public_id, k.title, CASE WHEN EXISTS (
            SELECT 1 FROM collection_case m WHERE m.collection_id = k.id AND m.case_id = \(id) AND m.until IS NULL)
            THEN 1 ELSE 0 END
        FROM collection k WHERE k.account_id = \(account) AND k.until IS NULL
        """
    }
}
