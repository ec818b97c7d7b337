internal import Core
internal import Database
internal import Primitives

/// The parts of a queue.
enum QueueView: Sendable, Hashable {
    /// It is the city's turn.
    case open
    /// Those that this person took on.
    case mine(AccountID)
    /// We wrote and wait for an answer.
    case theirs
    case answered

    static func all(for person: AccountID?) -> [QueueView] {
        [.open] + (person.map { [.mine($0)] } ?? []) + [.theirs, .answered]
    }

    /// In the address; nil for the first.
    var name: String? {
        switch self {
        case .open: nil
        case .mine: "mine"
        case .theirs: "theirs"
        case .answered: "answered"
        }
    }

    var title: WordKey {
        switch self {
        case .open: "helpDesk.queue.open"
        case .mine: "helpDesk.queue.mine"
        case .theirs: "helpDesk.queue.theirs"
        case .answered: "helpDesk.queue.answered"
        }
    }

    var caption: WordKey {
        switch self {
        case .open: "helpDesk.queue.openCaption"
        case .mine: "helpDesk.queue.mineCaption"
        case .theirs: "helpDesk.queue.theirsCaption"
        case .answered: "helpDesk.queue.answeredCaption"
        }
    }

    var nothing: WordKey {
        switch self {
        case .open: "helpDesk.queue.noneOpen"
        case .mine: "helpDesk.queue.noneMine"
        case .theirs: "helpDesk.queue.noneTheirs"
        case .answered: "helpDesk.queue.noneAnswered"
        }
    }

    var isOpen: Bool { self != .answered }

    /// For the alias `r`.
    var filter: SQL {
        switch self {
        case .open: "r.state = 'waiting' AND r.turn = 'city'"
        case .mine(let person): "r.state = 'waiting' AND r.assigned_to = \(person)"
        case .theirs: "r.state = 'waiting' AND r.turn = 'asker'"
        case .answered: "r.state <> 'waiting'"
        }
    }

    /// The same for counting: those that were answered by the index that holds nothing else.
    var counted: SQL {
        switch self {
        case .answered: "r.answered_on IS NOT NULL AND \(filter)"
        case .open, .mine, .theirs: filter
        }
    }
}
