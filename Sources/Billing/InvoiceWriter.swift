internal import Cases
public import Core
internal import Database
public import Primitives

/// An invoice before it is stored.
public struct NewInvoice: Sendable {
    public let number: String
    public let caseID: CaseID
    public let contact: ContactID?
    public let issued: CivilDate?
    public let due: CivilDate?
    public let total: Money
    public let paid: Money

    public init(
        number: String, caseID: CaseID, contact: ContactID?, issued: CivilDate?, due: CivilDate?, total: Money, paid: Money
    ) {
        self.number = number
        self.caseID = caseID
        self.contact = contact
        self.issued = issued
        self.due = due
        self.total = total
        self.paid = paid
    }
}

/// Makes and corrects invoices. Whether a case needs attention because of them is kept in the same transaction.
public struct InvoiceWriter {
    private let change: Change
    public init(_ change: Change) { self.change = change }

    /// Makes many at once.
    @discardableResult
    public func create(all new: [NewInvoice]) throws -> [InvoiceID] {
        let keys = try change.conn.newKeys(new.count, of: "invoice")
        try change.conn.load(
            table: "invoice",
            columns: ["id", "number", "case_id", "contact_id", "issued", "due", "total_cents", "paid_cents", "created_at"],
            rows: zip(keys, new).map { key, one in
                [
                    .integer(key), .text(one.number), one.caseID.sqlValue, one.contact.sqlValue, one.issued.sqlValue,
                    one.due.sqlValue, one.total.sqlValue, one.paid.sqlValue, change.now.sqlValue,
                ]
            })
        try change.record(
            all: new.map { one in
                TimedFact(
                    NewFact(.invoiceIssued, about: .case(one.caseID), ["number": .string(one.number)]),
                    at: one.issued.map { change.city.cityClock.start(of: $0) })
            })
        // Only what is open can put a case in front of somebody.
        let open = Set(new.filter { $0.paid < $0.total }.map(\.caseID))
        for id in open.sorted() { try keepAttention(of: id) }
        return keys.map { InvoiceID($0) }
    }

    public func correct(_ id: InvoiceID, to new: NewInvoice) throws {
        let before = try state(id)
        let earlier: CaseID? = try change.conn.value("SELECT case_id FROM invoice WHERE id = \(id)")
        try change.conn.run(
            """
            UPDATE invoice
            SET number = \(new.number), case_id = \(new.caseID), contact_id = \(new.contact), issued = \(new.issued),
                due = \(new.due), total_cents = \(new.total), paid_cents = \(new.paid)
            WHERE id = \(id)
            """)
        let after = try state(id)
        guard before != after else { return }
        try change.record(
            NewFact(
                .invoiceCorrected, about: .case(new.caseID), ["number": .string(new.number)], before: .object(before),
                after: .object(after)))
        for id in Set([earlier, new.caseID].compactMap(\.self)).sorted() { try keepAttention(of: id) }
    }

    private func state(_ id: InvoiceID) throws -> [String: JSON] {
        let row = try change.conn.row(
            "SELECT number, case_id, contact_id, issued, due, total_cents, paid_cents FROM invoice WHERE id = \(id)")
        var state: [String: JSON] = [:]
        for (name, value) in row?.all ?? [] {
            switch value {
            case .integer(let number): state[name] = .integer(number)
            case .text(let text): state[name] = .string(text)
            default: state[name] = .null
            }
        }
        return state
    }

    /// A case is put in front of people while one of its invoices is past due (D4).
    func keepAttention(of id: CaseID) throws {
        let isPastDue = try change.conn.exists(
            """
            SELECT 1 FROM invoice
            WHERE case_id = \(id) AND paid_cents < total_cents AND due < \(change.today) LIMIT 1
            """)
        try CaseWriter(change).setAttention(PastDue.reason, isPastDue, of: id)
    }
}
