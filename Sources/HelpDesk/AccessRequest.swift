internal import Accounts
internal import Core
internal import Database
internal import Primitives

enum AccessRequestSubject: Sendable {}
typealias AccessRequestID = ID<AccessRequestSubject>

extension Subject {
    static func request(_ id: AccessRequestID) -> Subject { Subject(.request, id.value) }
}

/// Somebody asks to be connected to a case or a record that they do not see (C3).
struct AccessRequest: Sendable {
    enum Kind: String, Sendable, SQLConvertible {
        case asked
        /// Proving an email did not decide who this is (C1).
        case claimUndecided = "claim-undecided"
        /// Somebody was told of a connection and says it is wrong.
        case objection
    }

    enum State: String, Sendable, SQLConvertible, CaseIterable {
        case waiting, linked, declined
        /// An objection was right: the connection it was about is over.
        case ended
        case withdrawn
    }

    let id: AccessRequestID
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
    let about: AccessRequestID?
    /// Whose connection an objection is about.
    let objectedAccount: AccountID?
    let state: State
    let revision: Int
    let receivedOn: CivilDate
    let createdAt: Instant
    let answeredOn: CivilDate?
    let answeredBy: AccountID?
    let answer: String

    static let columns: SQL = """
        r.id, r.number, r.account_id, r.typed, r.folded, r.name, r.phone, r.language, r.kind, r.case_text, r.part_text, r.contacts,
        r.reason, r.about_id, r.objected_account, r.state, r.revision, r.received_on, r.created_at, r.answered_on, r.answered_by, r.answer
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
        revision = try row["revision"]
        receivedOn = try row["received_on"]
        createdAt = try row["created_at"]
        answeredOn = try row["answered_on"]
        answeredBy = try row["answered_by"]
        answer = try row["answer"]
    }
}

/// `AR-00012`: rises, and a gap is possible.
enum RequestNumber {
    static func next(_ conn: Connection) throws(DatabaseError) -> String {
        let last: Int =
            try conn.value(
                """
                INSERT INTO help_desk_counter (name, last) VALUES ('access-request', 1)
                ON CONFLICT (name) DO UPDATE SET last = help_desk_counter.last + 1
                RETURNING last
                """) ?? 1
        return "AR-\(padded(last, 5))"
    }

    /// The number as we write it; nil when the text is none.
    static func parse(_ text: String) -> String? {
        let text = tidied(text).uppercased()
        guard text.hasPrefix("AR-") else { return nil }
        let digits = text.dropFirst(3)
        guard (1...12).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits) else {
            return nil
        }
        return "AR-\(padded(number, 5))"
    }
}
