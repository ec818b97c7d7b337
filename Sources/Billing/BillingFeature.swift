public import Cases
public import Core
public import Database
internal import HTML
public import Jobs
public import Primitives

enum BillingAddresses {
    static let fees = Address<String>("/cases/{number}/fees")
}

/// What people owe the city for their cases.
public struct BillingFeature: CaseFeature {
    public init() {}
    public let name = "Billing"
    public var words: WordSource? { billingWords }
    public var migrations: [Migration] { billingMigrations }
    public var routes: [Route] { [.get(BillingAddresses.fees, .anyone, FeesPage.show)] }
    public var jobs: [CityJob] { [PastDue.job] }
    public var schedules: [JobSchedule] { [PastDue.schedule] }
    public var importers: [Importer] { [InvoicesFile.importer] }

    public var caseFields: [String] {
        ["invoice_number", "invoice_contact", "invoice_issued", "invoice_due", "invoice_total", "invoice_paid"]
    }

    public var tellings: [FactTelling] {
        [
            FactTelling(.invoiceIssued, for: .staff) { Phrase("billing.told.issued", ["number": .text($0.text("number"))]) },
            FactTelling(.invoiceCorrected, for: .staff) {
                Phrase("billing.told.corrected", ["number": .text($0.text("number"))])
            },
        ]
    }

    public var caseTabs: [CaseTab] {
        [
            CaseTab(
                title: "billing.tab", order: 40, visibility: .party, right: "case.bill", link: { BillingAddresses.fees($0) },
                count: { seen in "SELECT COUNT(*) FROM invoice WHERE case_id = \(seen.record.id)" })
        ]
    }

    public var evidenceSources: [EvidenceSource] { [InvoiceEvidence.source] }
    public var attentionReasons: [AttentionReason] { [AttentionReason(PastDue.reason, title: "billing.attention.pastDue")] }
}
