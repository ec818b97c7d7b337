internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Where that link leads, without signing in. Looking changes nothing: mail scanners open links. It says neither who nor which case.
enum StopMailPage {
    static let routes: [Route] = [
        .get(FollowingAddresses.stopMail, .anyone, show),
        .post(FollowingAddresses.stopMail, .anyone, stop),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let isOn: Bool? = try await visit.read { conn in
            try StopMail.account(visit.parameter("token"), at: visit.now, conn).map {
                try MailKind.following.isWanted(by: $0, conn)
            }
        }
        let t = visit.t
        var page = visit.page(t("following.stopMail.title"), status: isOn == nil ? 410 : 200) {
            h1 { t("following.stopMail.title") }
            switch isOn {
            case true?:
                p { t("following.stopMail.text") }
                postForm(FollowingAddresses.stopMail(visit.parameter("token")), once: visit.once) {
                    submitButton(t("following.stopMail.button"))
                }
            case false?: p { t("following.stopMail.done") }
            case nil: p { t("following.stopMail.dead") }
            }
            p { a(AccountAddresses.mailChoices()) { t("following.stopMail.choices") } }
        }
        // The secret of the address stands in its form.
        page.isCompressible = false
        return page
    }

    private static func stop(_ visit: Visit) async throws -> WebResponse {
        try await visit.change { change in
            if let account = try StopMail.account(visit.parameter("token"), at: change.now, change.conn) {
                try MailKind.following.set(false, by: account, change)
            }
            return .init(FollowingAddresses.stopMail(visit.parameter("token")))
        }
    }
}
