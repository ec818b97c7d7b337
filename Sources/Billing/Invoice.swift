public import Core
public import Database
public import Primitives

public enum InvoiceSubject: Sendable {}
public typealias InvoiceID = ID<InvoiceSubject>

/// What somebody owes the city for a case, and how much of it is paid. Exact cents (F6).
public struct Invoice: Sendable, Hashable {
    public let id: InvoiceID
    /// `1042`: as it stands on paper.
    public let number: String
    public let caseID: CaseID
    /// Who is to pay, by name; empty where nobody is named.
    public let billedTo: String
    public let issued: CivilDate?
    public let due: CivilDate?
    public let total: Money
    public let paid: Money

    public var open: Money { total - paid }

    public enum State: String, Sendable, CaseIterable { case paid, due, pastDue }

    /// Due on its day, past due on the day after. Without a day it is due and never past due.
    public func state(on today: CivilDate) -> State {
        guard open > .zero else { return .paid }
        return due.map { $0 < today } ?? false ? .pastDue : .due
    }

    /// Of a case, the newest first.
    static func all(of id: CaseID, _ conn: Connection) throws -> [Invoice] {
        try conn.rows(
            """
            SELECT i.id, i.number, i.case_id, i.issued, i.due, i.total_cents, i.paid_cents,
                   k.kind, k.company_name, k.first_name, k.last_name
            FROM invoice i LEFT JOIN contact k ON k.id = i.contact_id
            WHERE i.case_id = \(id) ORDER BY i.issued IS NULL, i.issued DESC, i.id DESC LIMIT 500
            """
        ).map(Invoice.init)
    }

    private init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        number = try row["number"]
        caseID = try row["case_id"]
        let (kind, company, first, last): (String?, String?, String?, String?) = (
            try row["kind"], try row["company_name"], try row["first_name"], try row["last_name"]
        )
        let person = [first ?? "", last ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        billedTo = kind == "company" || person.isEmpty ? company ?? "" : person
        issued = try row["issued"]
        due = try row["due"]
        total = try row["total_cents"]
        paid = try row["paid_cents"]
    }
}

extension FactKind {
    /// In the case's chain. Arguments: `number`.
    public static let invoiceIssued: FactKind = "invoice.issued"
    /// In the case's chain. Arguments: `number`; `before` and `after` hold what changed.
    public static let invoiceCorrected: FactKind = "invoice.corrected"
}
