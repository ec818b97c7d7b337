internal import Accounts
internal import Cases
internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/access-request`: anybody may ask; nothing on the page or in its answer says whether a case or an email is known (A2, C3).
enum AskPage {
    static func show(_ visit: Visit) async throws -> WebResponse { try await page(visit) }
    static func showAgain(_ visit: Visit) async throws -> WebResponse { try await page(visit) }

    private static func page(_ visit: Visit) async throws -> WebResponse {
        let account = visit.principal.account
        let emails = try await visit.read { conn in try account.map { try Account.emails(of: $0, conn) } ?? [] }
        return visit.page(visit.t("helpDesk.ask.title"), isIndexed: true) {
            view(
                visit.t, visit.city.pack.city, visit.submission, ways: visit.city.waysBeforeAsking,
                answerTo: account == nil ? nil : emails.first?.typed,
                once: visit.once)
        }
    }

    /// - Parameter answerTo: the address of somebody signed in; nil for a guest, who is asked for one.
    static func view(
        _ t: Voice, _ city: City, _ submission: Submission, ways: [OlderCaseWay] = [], answerTo: String?, once: String
    ) -> HTML {
        group {
            submission.summary(t)
            h1 { t("helpDesk.ask.title") }
            columns(
                main: group {
                    p { t("helpDesk.ask.lead") }
                    postForm(HelpDeskAddresses.accessRequest(), once: once) {
                        submission.view(AskForm.place, t)
                        submission.view(AskForm.part, t)
                        if let answerTo {
                            p(.class("soft")) { t("helpDesk.ask.answerTo", ["email": .text(answerTo)]) }
                        } else {
                            GuestFields.view(submission, t)
                        }
                        submitButton(t("helpDesk.ask.send"))
                    }
                },
                aside: group {
                    if !ways.isEmpty {
                        panel(title: t("helpDesk.ask.waysTitle")) {
                            p { t("helpDesk.ask.waysText") }
                            for way in ways {
                                p { a(way.link(submission.values[AskForm.place.definition.name] ?? "")) { t(way.title) } }
                            }
                        }
                    }
                    panel(title: t("helpDesk.cutOver.title")) { CutOver.view(t, city) }
                    if answerTo != nil {
                        p { a(HelpDeskAddresses.requests()) { t("helpDesk.requests.title") } }
                    }
                })
        }
    }

    static func send(_ visit: Visit) async throws -> WebResponse {
        try await Receiving.take(visit) { new in
            new.topic = visit.city.pack.topic(.caseAccess)?.key ?? ""
            new.workingDays = visit.city.pack.topic(.caseAccess)?.workingDays
            new.caseText = try visit.submission[AskForm.place]
            new.partText = try visit.submission[AskForm.part]
        }
    }
}
