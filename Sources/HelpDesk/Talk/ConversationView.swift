internal import Core
internal import HTML
internal import Primitives

/// What was said on a ticket, as either side reads it.
enum ConversationView {
    /// - Parameter asker: what the desk calls whoever asked; nil when that person reads.
    static func view(_ messages: [TicketMessage], asker: String?, _ visit: Visit) -> HTML {
        let t = visit.t
        return ul(.class("rows"), .aria("label", t("helpDesk.talk.title"))) {
            for message in messages {
                li {
                    div(.class("title")) { author(of: message, asker, t) }
                    div(.class("soft")) { said(message, visit) }
                    if message.isNote { div { tag(t("helpDesk.talk.note"), .calm) } }
                    asWritten(message.text)
                }
            }
        }
    }

    private static func author(of message: TicketMessage, _ asker: String?, _ t: Voice) -> String {
        switch message.author {
        case .asker: asker ?? t("helpDesk.talk.you")
        case .staff where message.name.isEmpty: t("helpDesk.talk.desk")
        case .staff where asker == nil: t("helpDesk.talk.staff", ["name": .text(message.name)])
        case .staff: message.name
        }
    }

    private static func said(_ message: TicketMessage, _ visit: Visit) -> String {
        let t = visit.t
        let moment = t("helpDesk.talk.moment", visit.moment(message.writtenAt))
        return message.way == .mail ? t("helpDesk.talk.byMail", ["moment": .text(moment)]) : moment
    }
}
