internal import Core

/// Who sees a request: staff with the right, and the account that asked. A guest has a secret link instead.
enum AccessRequestAccess {
    static let rules: [AccessRule] = [
        AccessRule("access-request.view", on: "access_request", when: .any([.staff("access-request.view"), own])),
        AccessRule("access-request.answer", on: "access_request", when: .staff("access-request.answer")),
        AccessRule("access-request.own", on: "access_request", when: own),
    ]

    private static let own = Condition.reached(by: [Relation("access_request", from: "account_id", to: "id")])
}
