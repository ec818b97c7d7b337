internal import Cases
internal import Core
internal import Database
internal import Primitives
internal import Web

/// The last invoice: whoever knows its number and its amount to the cent is whom the city billed, or holds their mail (C2).
enum InvoiceEvidence {
    private static let number = Field.text(
        "invoice", label: "billing.evidence.number", hint: "billing.evidence.numberHint", maxLength: 60, autocomplete: "off",
        missing: "billing.evidence.numberMissing")

    private static let amount = Field<String>(
        FieldDefinition(
            "amount", .text, label: "billing.evidence.amount", hint: "billing.evidence.amountHint", maxLength: 40,
            autocomplete: "off", missing: "billing.evidence.amountMissing")
    ) { typed in
        let text = tidied(typed)
        return money(text) == nil ? .failure(FieldRefusal("billing.evidence.amountWrong")) : .success(text)
    }

    static let source = EvidenceSource(
        key: "invoice", title: "billing.evidence.title", explanation: "billing.evidence.explanation", fields: [number, amount],
        target: { normal($0.first ?? "") },
        find: { answers, conn in
            guard answers.count == 2, let total = money(answers[1]) else { return nil }
            return try find(normal(answers[0]), total, conn)
        })

    /// Only the newest invoice of whom it bills counts, and none of a confidential case or a draft.
    private static func find(_ number: String, _ total: Money, _ conn: Connection) throws -> EvidenceSource.Found? {
        try conn.row(
            """
            SELECT i.number, i.contact_id, i.case_id FROM invoice i
            JOIN case_record c ON c.id = i.case_id
            JOIN contact k ON k.id = i.contact_id
            WHERE i.number IN (\(number), \(number.uppercased())) AND i.total_cents = \(total) AND k.until IS NULL
              AND c.confidential = 0 AND c.submitted = 1
              AND NOT EXISTS (
                SELECT 1 FROM invoice n
                WHERE n.contact_id = i.contact_id
                  AND (COALESCE(n.issued, '') > COALESCE(i.issued, '')
                    OR (COALESCE(n.issued, '') = COALESCE(i.issued, '') AND n.id > i.id)))
            """
        ).map { row in
            let number: String = try row["number"]
            return EvidenceSource.Found(
                contact: try row["contact_id"], on: try row["case_id"],
                name: Phrase("billing.evidence.name", ["number": .text(number)]),
                evidence: "showed the last invoice, \(number), and its amount")
        }
    }

    /// `1042`, however it is written: `#1042`, `No. 1042`.
    private static func normal(_ typed: String) -> String {
        var text = typed.filter { !$0.isWhitespace }[...]
        for sign in ["#", "No.", "no.", "N.º", "Nº"] where text.hasPrefix(sign) { text = text.dropFirst(sign.count) }
        return String(text)
    }

    /// Dollars as people type them: `1284.2`, `$1,284.20`, `1,284.20 USD`.
    private static func money(_ typed: String) -> Money? {
        let text = typed.uppercased().replacing("USD", with: "").replacing("DOLLARS", with: "").filter { !$0.isWhitespace }
        guard let money = Money(text), money > .zero else { return nil }
        return money
    }
}
