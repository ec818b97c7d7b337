internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The conversation as the desk has it: what was said, a reply with ready-made answers, a note for colleagues.
struct DeskTalk {
    let visit: Visit
    let ticket: Ticket
    let messages: [TicketMessage]
    let mayAnswer: Bool
    private var t: Voice { visit.t }

    init(visit: Visit, ticket: Ticket, messages: [TicketMessage], mayAnswer: Bool) {
        self.visit = visit
        self.ticket = ticket
        self.messages = messages
        self.mayAnswer = mayAnswer
    }

    var content: HTML {
        group {
            h2 { t("helpDesk.talk.title") }
            if messages.isEmpty {
                emptyState(t("helpDesk.talk.none"))
            } else {
                ConversationView.view(messages, asker: ticket.asker, visit)
            }
            if mayAnswer, ticket.state == .waiting { reply }
            if mayAnswer { note }
        }
    }

    private var reply: HTML {
        let macros = visit.city.pack.macros(for: ticket)
        return group {
            if !macros.isEmpty {
                getForm(HelpDeskAddresses.answer(ticket.number), class: "join") {
                    MacroForm.form.blank(["macro": visit.query("macro")]).view(
                        MacroForm.macro, t, choices: macros.map { Choice(value: $0.key, title: t($0.name)) }, marksOptional: false
                    )
                    submitButton(t("helpDesk.talk.insert"), quiet: true)
                }
            }
            postForm(HelpDeskAddresses.reply(ticket.number), once: "\(visit.once)r") {
                answers.view(ReplyForm.text, t)
                submitButton(t("helpDesk.talk.send"))
            }
        }
    }

    /// What was typed and could not be taken; else the ready-made answer that was chosen.
    private var answers: Submission {
        if visit.submission.form.has(ReplyForm.text) { return visit.submission }
        let macro = visit.city.pack.macros(for: ticket).first { $0.key == visit.query("macro") }
        let text = macro.map {
            $0.text(name: ticket.asker, number: ticket.number, phone: visit.city.pack.city.phone)[ticket.language]
        }
        return ReplyForm.form.blank([ReplyForm.text.definition.name: text ?? ""])
    }

    private var note: HTML {
        let isThis = visit.submission.form.has(NoteForm.text)
        return details(.open(isThis)) {
            summary { t("helpDesk.talk.addNote") }
            postForm(HelpDeskAddresses.note(ticket.number), once: "\(visit.once)n") {
                (isThis ? visit.submission : NoteForm.form.blank()).view(NoteForm.text, t)
                submitButton(t("helpDesk.talk.saveNote"), quiet: true)
            }
        }
    }
}

extension Form {
    func has<Value>(_ field: Field<Value>) -> Bool { fields.contains { $0.name == field.definition.name } }
}
