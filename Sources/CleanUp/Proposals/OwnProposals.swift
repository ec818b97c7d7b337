internal import Accounts
internal import Core
internal import HTML
internal import Primitives

/// What somebody said about their own records, in "What the city holds on me" (A7).
enum OwnProposals {
    static let records = AccountRecords("merge_proposals", order: 66, title: "cleanUp.propose.own") { account, visit, conn in
        let waiting = try MergeProposal.waiting(of: account, conn)
        let t = visit.t
        return .init(
            view: waiting.isEmpty
                ? p(.class("soft")) { t("cleanUp.propose.noneWaiting") }
                : listRows(
                    waiting.map { one in
                        ListRow(
                            title: HTML(t("cleanUp.propose.pair", ["one": .text(one.one.name), "other": .text(one.other.name)])),
                            subtitle: t("cleanUp.contact.since", ["date": .date(visit.day(of: one.since))]), note: HTML(one.why))
                    }),
            json: .array(
                waiting.map { one in
                    [
                        "one": .string(one.one.name), "other": .string(one.other.name), "why": .string(one.why),
                        "since": .string(one.since.description),
                    ]
                }))
    }
}
