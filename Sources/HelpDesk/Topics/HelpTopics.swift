internal import CityPack

extension CityPack {
    func topic(_ kind: TopicKind) -> HelpTopic? { topics.first { $0.kind == kind } }

    /// The ready-made answers that fit a ticket.
    func macros(for ticket: Ticket) -> [Macro] { macros.filter { $0.topics.contains(ticket.topic) } }
}
