internal import Accounts
internal import Cases
internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Jobs
internal import Mail
internal import Primitives

/// Whoever follows a case is told when its status changes. A case may have thousands of followers, so the change only queues a job,
/// which asks again whether the case is still public.
enum FollowMail {
    static let kind: JobKind = "follow.tell"
    /// So many people in one transaction.
    static let batch = 200

    static let effect = Effect(on: .statusChanged) { fact, change in
        guard fact.subject.kind == .case,
            try change.conn.exists("SELECT 1 FROM case_follow WHERE case_id = \(fact.subject.id) AND until IS NULL LIMIT 1")
        else { return }
        try queue(fact.subject.id, fact: fact.id, after: 0, change)
    }

    private static func queue(_ id: Int64, fact: Int64, after: Int64, _ change: Change) throws {
        try JobQueue.add(
            NewJob(
                kind, ["case": .integer(id), "fact": .integer(fact), "after": .integer(after)],
                uniqueKey: "following:\(fact):\(after)"), at: change.now, change.conn)
    }

    static let job = CityJob(kind) { run, city in
        guard let id = run.payload["case"]?.integer, let fact = run.payload["fact"]?.integer,
            let after = run.payload["after"]?.integer
        else { throw JobHopeless("It does not say which case.") }
        try await city.write(as: .job(kind.rawValue)) { change in
            try tell(CaseID(id), fact: fact, after: after, change)
            try run.finish(change.conn)
        }
    }

    /// Nothing when the case is not public any more, or when its status has changed once more: that change has a job of its own.
    private static func tell(_ id: CaseID, fact: Int64, after: Int64, _ change: Change) throws {
        guard try change.city.access.may("case.public-view", .guest, on: id.value, change.conn),
            let summary = try CaseSummary.find([id], for: .public, change.city, change.conn).first,
            let newest = try CaseNews.facts(of: [summary], change.city, change.conn)[id], newest.id == fact
        else { return }
        let followers = try change.conn.rows(FollowMail.followers(of: id, after: after))
        for row in followers { try write(try row["account_id"], about: summary, newest, change) }
        if followers.count == batch, let last = followers.last {
            try queue(id.value, fact: fact, after: try last["id"], change)
        }
    }

    static func followers(of id: CaseID, after: Int64) -> SQL {
        """
        SELECT id, account_id FROM case_follow WHERE case_id = \(id) AND until IS NULL AND id > \(after)
        ORDER BY id LIMIT \(batch)
        """
    }

    private static func write(_ id: AccountID, about summary: CaseSummary, _ fact: Fact, _ change: Change) throws {
        guard try MailKind.following.isWanted(by: id, change.conn), let account = try Account.find(id, change.conn),
            let email = try Account.emails(of: id, change.conn).first, try change.allows(.followingMail, id.description)
        else { return }
        let t = change.city.voice(account.language)
        let city = change.city.pack.city
        let number: [String: WordArgument] = ["number": .text(summary.number)]
        let status = summary.status.map { t($0.name) } ?? summary.statusKey
        let what = [t(summary.typeName), summary.address ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        let stop = try StopMail.issue(for: id, change)
        try Outbox.queue(
            Letter(
                to: email.typed, language: t.language,
                subject: t("following.mail.subject", number.merging(["status": .text(status)]) { $1 }),
                paragraphs: [
                    t("following.mail.what", number),
                    try CaseNews.sentence(of: fact, summary, change.city, t, change.conn), "\(summary.number): \(what)",
                ],
                button: .init(title: t("following.mail.open"), url: change.city.url(CaseAddresses.show(summary.number))),
                closing: t("following.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)]),
                stop: .init(title: t("following.mail.stop"), url: change.city.url(stop))),
            at: change.now, change.conn)
    }
}
