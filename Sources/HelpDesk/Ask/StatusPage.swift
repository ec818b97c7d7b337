internal import Accounts
internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// One request as whoever asked sees it: by a guest's secret link, or on one's own account.
enum StatusPage {
    struct Model: Sendable {
        let request: Ticket
        let place: Int
        /// What was decided, with how many cases came of it; empty unless linked.
        let decisions: [(name: String, isConnected: Bool)]
        let messages: [TicketMessage]

        init(_ request: Ticket, _ conn: Connection) throws {
            self.request = request
            place = try request.placeInQueue(conn)
            let decided = try AccessDecision.all(of: request.id, conn)
            let records = try decided.isEmpty ? [] : Contact.find(decided.map(\.contact), conn)
            decisions = decided.compactMap { decision in
                records.first { $0.id == decision.contact }.map { ($0.name, decision.account != nil) }
            }
            messages = try TicketMessage.said(on: request.id, conn)
        }
    }

    static func showToGuest(_ visit: Visit) async throws -> WebResponse {
        guard let token = SecretToken(presented: visit.parameter("token")) else { throw NotFound() }
        let now = visit.now
        let found: Model? = try await visit.read { conn in
            try Ticket.find(token: token, at: now, conn).map { try Model($0, conn) }
        }
        guard let model = found else { return ended(visit) }
        var page = page(
            visit, model, say: HelpDeskAddresses.sayByToken(token.text), withdraw: HelpDeskAddresses.withdrawByToken(token.text))
        // The secret of the address stands in its forms.
        page.isCompressible = false
        return page
    }

    /// The same for a link that ended and for one that never was.
    private static func ended(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("helpDesk.ended.title"), status: 410) {
            h1 { t("helpDesk.ended.title") }
            p { t("helpDesk.ended.text", ["days": .number(Int(Ticket.linkLasts.seconds / 86_400))]) }
            p { a(HelpDeskAddresses.accessRequest()) { t("helpDesk.ended.ask") } }
        }
    }

    static func showToAccount(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let model = try await visit.read { conn in
            guard let request = try Ticket.find(number: number, conn),
                try visit.may("access-request.own", on: request.id.value, conn)
            else { throw NotFound() }
            return try Model(request, conn)
        }
        return page(
            visit, model, say: HelpDeskAddresses.say(model.request.number),
            withdraw: HelpDeskAddresses.withdraw(model.request.number),
            crumbs: [Crumb(title: visit.t("helpDesk.requests.title"), link: HelpDeskAddresses.requests())])
    }

    private static func page(_ visit: Visit, _ model: Model, say: Link, withdraw: Link, crumbs: [Crumb] = []) -> WebResponse {
        let title = visit.t(title(of: model))
        return visit.page(title, crumbs: crumbs) {
            visit.submission.summary(visit.t)
            h1 { title }
            view(visit.t, visit.city.pack.city, model)
            if !model.messages.isEmpty || model.request.takesAnswers {
                h2 { visit.t("helpDesk.talk.title") }
                if !model.messages.isEmpty { ConversationView.view(model.messages, asker: nil, visit) }
                AskerWords.form(model.request, to: say, visit)
            }
            if model.request.state == .waiting {
                postForm(withdraw, once: visit.once) { submitButton(visit.t("helpDesk.status.withdraw"), quiet: true) }
            }
        }
    }

    private static func title(of model: Model) -> WordKey {
        switch model.request.state {
        case .waiting where model.request.turn == .asker: "helpDesk.status.yourTurn"
        case .waiting: "helpDesk.received.title"
        case .linked: model.decisions.allSatisfy(\.isConnected) ? "helpDesk.status.connected" : "helpDesk.status.register"
        case .declined, .ended: "helpDesk.status.answered"
        case .withdrawn: "helpDesk.status.withdrawn"
        }
    }

    static func view(_ t: Voice, _ city: City, _ model: Model) -> HTML {
        let request = model.request
        return group {
            turnPanel(title: t("helpDesk.received.number", ["number": .text(request.number)]), tone: request.tone) {
                p(.class("lines")) { answer(t, model) }
            }
            next(t, model)
            descriptionList(
                request.asked(t) + request.wished(t) + [
                    Detail(term: t("helpDesk.asked.on"), value: HTML(t.date(request.receivedOn)))
                ])
            if request.state == .waiting, request.turn == .city {
                NextSteps.view(
                    t, city, place: model.place, due: request.due(city), kind: request.kind, isGuest: request.account == nil)
            } else if request.state == .declined, request.kind.queue == .access {
                CutOver.view(t, city)
            }
        }
    }

    /// The one thing to do now, if there is one.
    private static func next(_ t: Voice, _ model: Model) -> HTML {
        switch model.request.state {
        case .waiting, .ended: .empty
        case .declined, .withdrawn:
            p {
                linkButton(
                    t("helpDesk.status.askAgain"),
                    model.request.kind.queue == .access ? HelpDeskAddresses.accessRequest() : HelpDeskAddresses.topics(),
                    quiet: model.request.state == .withdrawn)
            }
        case .linked where model.decisions.allSatisfy(\.isConnected):
            p { linkButton(t("helpDesk.status.openCases"), CaseAddresses.dashboard()) }
        case .linked: p { linkButton(t("helpDesk.status.create"), AccountAddresses.register()) }
        }
    }

    private static func answer(_ t: Voice, _ model: Model) -> String {
        switch model.request.state {
        case .waiting where model.request.turn == .asker && model.request.kind == .primaryEmail && model.messages.isEmpty:
            t("helpDesk.primary.waitsForMailbox", ["email": .text(model.request.wish["email"] ?? "")])
        case .waiting where model.request.turn == .asker: t("helpDesk.status.weWrote")
        case .waiting: t("helpDesk.status.waits")
        case .declined: model.request.answer
        case .ended where model.request.kind.queue == .questions:
            model.request.answer.isEmpty ? t("helpDesk.status.closedText") : model.request.answer
        case .ended: t("helpDesk.status.endedText")
        case .withdrawn: t("helpDesk.status.withdrawnText")
        case .linked:
            model.decisions.map { name, isConnected in
                isConnected
                    ? t("helpDesk.status.connectedText", ["name": .text(name)])
                    : t("helpDesk.status.registerText", ["email": .text(model.request.email.typed)])
            }.joined(separator: " ")
        }
    }
}
