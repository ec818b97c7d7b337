internal import Accounts
internal import Core
internal import Database
internal import Primitives

enum TicketSubject: Sendable {}
typealias TicketID = ID<TicketSubject>

extension Subject {
    static func request(_ id: TicketID) -> Subject { Subject(.request, id.value) }
}

/// Somebody wants something of the help desk (C3, I1). Rows of `access_request`: asking for access was the first kind.
struct Ticket: Sendable {
    enum Kind: String, Sendable, SQLConvertible, CaseIterable {
        /// To be connected to a case or a record that they do not see.
        case asked
        /// Proving an email did not decide who this is (C1).
        case claimUndecided = "claim-undecided"
        /// Somebody was told of a connection and says it is wrong.
        case objection
        case question
        /// What the city has on file about the asker is wrong.
        case correction
        /// Which email stands for a company (I1).
        case primaryEmail = "primary-email"

        var queue: Queue {
            switch self {
            case .asked, .claimUndecided, .objection: .access
            case .question, .correction, .primaryEmail: .questions
            }
        }
    }

    /// The two lines people stand in.
    enum Queue: String, Sendable, CaseIterable {
        case access, questions

        var kinds: [Kind] { Kind.allCases.filter { $0.queue == self } }
        var kindNames: [String] { kinds.map(\.rawValue) }
        /// The beginning of its numbers.
        var prefix: String {
            switch self {
            case .access: "AR"
            case .questions: "HD"
            }
        }
    }

    enum State: String, Sendable, SQLConvertible, CaseIterable {
        case waiting, linked, declined
        /// It is over: a question was answered, a record corrected, an objection found right.
        case ended
        case withdrawn
    }

    /// Who has to say something next, while it waits.
    enum Turn: String, Sendable, SQLConvertible {
        case city, asker
    }

    let id: TicketID
    let number: String
    /// nil for a guest who has not proven the email.
    let account: AccountID?
    let email: TypedAddress
    let name: String
    let phone: String
    let language: Language
    let kind: Kind
    let caseText: String
    let partText: String
    let contacts: [ContactID]
    let reason: String
    let about: TicketID?
    /// Whose connection an objection is about.
    let objectedAccount: AccountID?
    let state: State
    let turn: Turn
    /// The topic of the city pack it was sent under; empty for what was asked before there were topics.
    let topic: String
    /// What a correction or a designation asks for, field by field.
    let wish: [String: String]
    let assignedTo: AccountID?
    let revision: Int
    let receivedOn: CivilDate
    /// The day by which it is answered; nil for what was asked before each ticket had its own.
    let dueOn: CivilDate?
    let createdAt: Instant
    let answeredOn: CivilDate?
    let answeredBy: AccountID?
    let answer: String

    static let columns: SQL = """
        r.id, r.number, r.account_id, r.typed, r.folded, r.name, r.phone, r.language, r.kind, r.case_text, r.part_text, r.contacts,
        r.reason, r.about_id, r.objected_account, r.state, r.turn, r.topic, r.wish, r.assigned_to, r.revision, r.received_on, r.due_on,
        r.created_at, r.answered_on, r.answered_by, r.answer
        """

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        number = try row["number"]
        account = try row["account_id"]
        email = TypedAddress(typed: try row["typed"], folded: try row["folded"])
        name = try row["name"]
        phone = try row["phone"]
        language = try row["language"]
        kind = try row["kind"]
        caseText = try row["case_text"]
        partText = try row["part_text"]
        contacts = JSON(parsing: try row["contacts"])?.array?.compactMap(\.integer).map { ContactID($0) } ?? []
        reason = try row["reason"]
        about = try row["about_id"]
        objectedAccount = try row["objected_account"]
        state = try row["state"]
        turn = try row["turn"]
        topic = try row["topic"]
        wish = JSON(parsing: try row["wish"])?.object?.compactMapValues(\.string) ?? [:]
        assignedTo = try row["assigned_to"]
        revision = try row["revision"]
        receivedOn = try row["received_on"]
        dueOn = try row["due_on"]
        createdAt = try row["created_at"]
        answeredOn = try row["answered_on"]
        answeredBy = try row["answered_by"]
        answer = try row["answer"]
    }
}

/// `AR-00012` asks for access, `HD-00012` for anything else. Numbers rise, and a gap is possible.
enum TicketNumber {
    static func next(_ queue: Ticket.Queue, _ conn: Connection) throws(DatabaseError) -> String {
        let counter = queue == .access ? "access-request" : queue.rawValue
        let last: Int =
            try conn.value(
                """
                INSERT INTO help_desk_counter (name, last) VALUES (\(counter), 1)
                ON CONFLICT (name) DO UPDATE SET last = help_desk_counter.last + 1
                RETURNING last
                """) ?? 1
        return "\(queue.prefix)-\(padded(last, 5))"
    }

    /// The number as we write it; nil when the text is none.
    static func parse(_ text: String) -> String? {
        let text = tidied(text).uppercased()
        guard let queue = Ticket.Queue.allCases.first(where: { text.hasPrefix("\($0.prefix)-") }) else { return nil }
        let digits = text.dropFirst(queue.prefix.count + 1)
        guard (1...12).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits) else {
            return nil
        }
        return "\(queue.prefix)-\(padded(number, 5))"
    }
}
