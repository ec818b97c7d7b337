internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Who works on a ticket, and how it is given to somebody else.
struct WorkPanel {
    let visit: Visit
    let ticket: Ticket
    let colleagues: [Colleague]
    private var t: Voice { visit.t }

    init(visit: Visit, ticket: Ticket, colleagues: [Colleague]) {
        self.visit = visit
        self.ticket = ticket
        self.colleagues = colleagues
    }

    var content: HTML {
        panel(title: t("helpDesk.work.title")) {
            p {
                if let name = colleagues.first(where: { $0.id == ticket.assignedTo })?.name {
                    strong { isMine ? t("helpDesk.work.mine") : t("helpDesk.work.by", ["name": .text(name)]) }
                } else {
                    t("helpDesk.work.nobody")
                }
            }
            if !isMine, let me = visit.principal.signedIn, colleagues.contains(where: { $0.id == me }) {
                postForm(HelpDeskAddresses.assign(ticket.number), once: "\(visit.once)t") {
                    input(.type("hidden"), .name(AssignForm.to.definition.name), .value(me.description))
                    submitButton(t("helpDesk.work.take"), quiet: true)
                }
            }
            details {
                summary { t("helpDesk.work.give") }
                postForm(HelpDeskAddresses.assign(ticket.number), once: "\(visit.once)g") {
                    AssignForm.form.blank([AssignForm.to.definition.name: ticket.assignedTo?.description ?? ""]).view(
                        AssignForm.to, t,
                        choices: [Choice(value: "", title: t("helpDesk.work.anybody"))]
                            + colleagues.map { Choice(value: $0.id.description, title: $0.name) }, marksOptional: false)
                    submitButton(t("helpDesk.work.save"), quiet: true)
                }
            }
            if ticket.kind == .question, ticket.state == .waiting {
                postForm(HelpDeskAddresses.close(ticket.number), once: "\(visit.once)c") {
                    input(.type("hidden"), .name(CloseForm.seen.definition.name), .value(String(ticket.revision)))
                    submitButton(t("helpDesk.work.close"), quiet: true)
                }
            }
        }
    }

    private var isMine: Bool { ticket.assignedTo != nil && ticket.assignedTo == visit.principal.signedIn }
}
