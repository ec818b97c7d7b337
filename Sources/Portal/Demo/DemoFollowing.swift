internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import Following
internal import Import
internal import Primitives

/// The homeowner of the demo city keeps an eye on what is built nearby: two public cases of a company, and a collection with them and
/// a case of their own (C5).
enum DemoFollowing {
    private static let title = "Bear Mountain Drive"
    private static let followed = 2

    @Sendable static func enter(_ accounts: [DemoAccount], _ change: Change) throws {
        guard let home = accounts.first(where: { $0.role == "homeowner" }), let email = FoldedEmail(home.email),
            let account = try Account.find(email: email, change.conn)?.id
        else { return }
        let others = accounts.first { $0.role == "company owner" }?.cases ?? []
        let nearby = try others.compactMap { try publicCase($0, change) }.prefix(followed)
        let own = try home.cases.compactMap { try publicCase($0, change) }.prefix(1)
        guard !nearby.isEmpty else { return }
        let writer = CollectionWriter(change, for: account)
        let collection = try writer.make(title)
        for id in own + nearby { try writer.add(id, to: collection) }
        for id in nearby { try FollowWriter(change, for: account).begin(id) }
    }

    private static func publicCase(_ number: String, _ change: Change) throws -> CaseID? {
        try change.conn.value(
            """
            SELECT c.id FROM case_record c
            WHERE c.number = \(number) AND \(change.city.access.visible("case.public-view", to: .guest, alias: "c"))
            """)
    }
}
