internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Follows a case from its page, and stops that.
enum FollowCase {
    static let routes: [Route] = [
        .post(FollowingAddresses.follow, .anyone, follow),
        .post(FollowingAddresses.unfollow, .account, unfollow),
    ]

    private static func follow(_ visit: Visit) async throws -> WebResponse {
        let back = CaseAddresses.show(visit.parameter("number"))
        if visit.principal == .guest {
            // Whatever the number: a guest learns nothing here.
            let signIn = AccountAddresses.signIn().with([("return", back.description)])
            return visit.redirect(.init(signIn, say: Phrase("following.signIn")))
        }
        return try await change(visit) { writer, seen in
            try writer.begin(seen.record.id)
            return Phrase("following.followed", ["number": .text(seen.number)])
        }
    }

    private static func unfollow(_ visit: Visit) async throws -> WebResponse {
        try await change(visit) { writer, seen in
            try writer.end(seen.record.id)
            return Phrase("following.stopped", ["number": .text(seen.number)])
        }
    }

    private static func change(
        _ visit: Visit, _ what: @escaping @Sendable (FollowWriter, SeenCase) throws -> Phrase
    ) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), visit, change.conn)
            try change.countFollowing(account)
            let said = try what(FollowWriter(change, for: account), seen)
            return .init(CaseAddresses.show(seen.number), say: said)
        }
    }
}
