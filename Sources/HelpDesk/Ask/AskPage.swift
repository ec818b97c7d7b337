internal import Accounts
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
                visit.t, visit.city.pack.city, visit.submission, answerTo: account == nil ? nil : emails.first?.typed,
                once: visit.once)
        }
    }

    /// - Parameter answerTo: the address of somebody signed in; nil for a guest, who is asked for one.
    static func view(_ t: Voice, _ city: City, _ submission: Submission, answerTo: String?, once: String) -> HTML {
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
                            submission.view(AskForm.guestEmail, t)
                            submission.view(AskForm.name, t)
                            submission.view(AskForm.phone, t)
                        }
                        submitButton(t("helpDesk.ask.send"))
                    }
                },
                aside: group {
                    panel(title: t("helpDesk.cutOver.title")) { CutOver.view(t, city) }
                    if answerTo != nil {
                        p { a(HelpDeskAddresses.requests()) { t("helpDesk.requests.title") } }
                    }
                })
        }
    }

    static func send(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { return try await sendAsGuest(visit) }
        let place = try visit.submission[AskForm.place]
        let part = try visit.submission[AskForm.part]
        return try await visit.change { change in
            guard try change.allows(.accessRequest, account.description) else { throw Refusal.tooMany }
            guard let person = try Account.find(account, change.conn),
                let email = try Account.emails(of: account, change.conn).first
            else { throw NotFound() }
            var new = NewAccessRequest(
                account: account, email: email, name: person.name, phone: person.phone, language: visit.language)
            new.caseText = place
            new.partText = part
            let received = try AccessRequestWriter(change).receive(new)
            return .init(HelpDeskAddresses.request(received.number))
        }
    }

    /// The secret link goes by mail only: whoever types somebody else's address learns nothing.
    private static func sendAsGuest(_ visit: Visit) async throws -> WebResponse {
        let missing = visit.submission.refusing(AskForm.email, "form.email.missing")
        guard !(visit.submission.values[AskForm.email.definition.name] ?? "").allSatisfy(\.isWhitespace) else { throw missing }
        guard let email = try visit.submission[AskForm.email] else { throw missing }
        var new = NewAccessRequest(
            email: email, name: try visit.submission[AskForm.name],
            phone: try visit.submission[AskForm.phone], language: visit.language)
        new.caseText = try visit.submission[AskForm.place]
        new.partText = try visit.submission[AskForm.part]
        let request = new
        return try await visit.change { change in
            guard try change.allows(.accessRequest, visit.request.remoteAddress) else {
                throw Refusal.tooMany
            }
            let received = try AccessRequestWriter(change).receive(request)
            try RequestMail.receipt(toGuest: received, change)
            return .init(HelpDeskAddresses.received(received.number))
        }
    }
}
