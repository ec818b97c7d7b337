internal import Contacts
internal import Core
internal import Mail
internal import Primitives

/// What became of a proposal, to whoever made it.
enum ProposalMail {
    static let effect = Effect(on: .mergeProposalDecided) { fact, change in
        guard let person = try ContactPeople.person(AccountID(fact.subject.id), change.conn) else { return }
        let t = change.city.voice(person.language)
        let names: [String: WordArgument] = ["one": .text(fact.text("one")), "other": .text(fact.text("other"))]
        let isMerged = fact.arguments["merged"] == .bool(true)
        try Outbox.queue(
            Letter(
                to: person.email.typed, language: person.language,
                subject: t(isMerged ? "cleanUp.mail.merged.subject" : "cleanUp.mail.declined.subject"),
                paragraphs: isMerged
                    ? [t("cleanUp.mail.merged.text", names)]
                    : [t("cleanUp.mail.declined.text", names), fact.text("answer")],
                closing: t("cleanUp.mail.closing", ["city": .text(change.city.pack.city.name)])),
            at: change.now, change.conn)
    }

    static let tellings: [FactTelling] = [
        FactTelling(.mergeProposed, for: .party) { Phrase("cleanUp.told.proposed", words($0)) },
        FactTelling(.mergeProposalDecided, for: .party) {
            $0.arguments["merged"] == .bool(true)
                ? Phrase("cleanUp.told.proposalMerged", words($0)) : Phrase("cleanUp.told.proposalDeclined", words($0))
        },
    ]

    private static func words(_ fact: Fact) -> [String: WordArgument] {
        ["one": .text(fact.text("one")), "other": .text(fact.text("other"))]
    }
}
