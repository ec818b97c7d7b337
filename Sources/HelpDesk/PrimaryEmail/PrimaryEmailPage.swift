internal import Accounts
internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/help/primary-email`: designate our company's primary email (I1). The mailbox says yes first, then a steward.
enum PrimaryEmailPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let account = visit.principal.account
        let emails = try await visit.read { conn in try account.map { try Account.emails(of: $0, conn) } ?? [] }
        let (t, submission) = (visit.t, visit.submission)
        return visit.page(
            t("helpDesk.primary.title"),
            crumbs: [
                Crumb(title: t("helpDesk.help.title"), link: HelpDeskAddresses.help()),
                Crumb(title: t("helpDesk.topics.title"), link: HelpDeskAddresses.topics()),
            ], isIndexed: true
        ) {
            submission.summary(t)
            h1 { t("helpDesk.primary.title") }
            columns(
                main: group {
                    p { t("helpDesk.primary.lead") }
                    postForm(HelpDeskAddresses.primaryEmail(), once: visit.once) {
                        submission.view(PrimaryEmailForm.company, t)
                        submission.view(PrimaryEmailForm.mailbox, t)
                        submission.view(PrimaryEmailForm.why, t)
                        if let email = emails.first {
                            p(.class("soft")) { t("helpDesk.ask.answerTo", ["email": .text(email.typed)]) }
                        } else {
                            GuestFields.view(submission, t)
                        }
                        submitButton(t("helpDesk.ask.send"))
                    }
                },
                aside: panel(title: t("helpDesk.next.title")) {
                    ol {
                        li { t("helpDesk.primary.step1") }
                        li { t("helpDesk.primary.step2") }
                        li { t("helpDesk.primary.step3") }
                    }
                })
        }
    }

    static func send(_ visit: Visit) async throws -> WebResponse {
        try await Receiving.take(
            visit,
            fill: { new in
                let topic = visit.city.pack.topic(.primaryEmail)
                new.kind = .primaryEmail
                new.topic = topic?.key ?? ""
                new.workingDays = topic?.workingDays
                new.wish = [
                    "company": try visit.submission[PrimaryEmailForm.company],
                    "email": try visit.submission[PrimaryEmailForm.mailbox].typed,
                ]
                new.partText = try visit.submission[PrimaryEmailForm.why]
                new.turn = .asker
            },
            follow: { received, change in
                let mailbox = try visit.submission[PrimaryEmailForm.mailbox]
                let address = TypedAddress(typed: mailbox.typed, folded: mailbox.folded)
                let owner = try Account.find(email: address.folded, change.conn)?.id
                if let owner, owner == visit.principal.account {
                    // Proven on this very account.
                    try MailboxProof.accept(received.id, change)
                } else {
                    try MailboxProof.ask(address, for: received, visit.language, change)
                }
            })
    }
}
