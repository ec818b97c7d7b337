internal import CityPack
internal import Core
internal import Primitives

extension CityPack {
    func topic(_ key: String) -> HelpTopic? { topics.first { $0.key == key } }
    func topic(_ kind: TopicKind) -> HelpTopic? { topics.first { $0.kind == kind } }

    /// The ready-made answers that fit a ticket.
    func macros(for ticket: Ticket) -> [Macro] { macros.filter { $0.topics.isEmpty || $0.topics.contains(ticket.topic) } }
}
