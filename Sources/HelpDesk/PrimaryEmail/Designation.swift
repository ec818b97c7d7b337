internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What a steward looks at before an email stands for a company.
struct Designation: Sendable {
    let email: TypedAddress?
    /// Whether the owner of the mailbox said yes.
    let isProven: Bool
    /// Companies that may be meant, the likeliest first.
    let companies: [ContactMatch]

    static let most = 8

    init(_ head: TicketHead, in records: MatchPool, for company: ContactMatch.Asker) {
        email = Designation.email(head)
        isProven = head.isMailboxProven
        companies = records.suggestions(for: company, only: .company, limit: Designation.most)
    }

    /// What is known of the company that the ticket is about.
    static func company(_ head: TicketHead) -> ContactMatch.Asker {
        var known = ContactMatch.Asker()
        known.company = head.request.wish["company"] ?? ""
        known.emails = ([email(head)] + head.asker.emails).compactMap { $0?.folded }
        known.hasProven = head.isMailboxProven
        known.phones = [head.asker.phone]
        return known
    }

    private static func email(_ head: TicketHead) -> TypedAddress? { TypedAddress(head.request.wish["email"] ?? "") }
}

/// The mailbox, the companies it may stand for, and the one click.
struct DesignationView {
    let visit: Visit
    let model: AnswerPage.Model
    private var t: Voice { visit.t }

    init(visit: Visit, model: AnswerPage.Model) {
        self.visit = visit
        self.model = model
    }

    var content: HTML {
        guard let designation = model.designation else { return .empty }
        let email = designation.email?.typed ?? ""
        return group {
            turnPanel(
                title: designation.isProven
                    ? t("helpDesk.primary.proven", ["email": .text(email)])
                    : t("helpDesk.primary.notProven", ["email": .text(email)]),
                tone: designation.isProven ? .good : .waiting
            ) { p { designation.isProven ? t("helpDesk.primary.provenText") : t("helpDesk.primary.notProvenText") } }
            if model.request.state == .waiting {
                h2 { t("helpDesk.primary.companies") }
                if designation.companies.isEmpty { emptyState(t("helpDesk.primary.noCompany")) }
                for match in designation.companies { company(match, designation) }
            }
        }
    }

    private func company(_ match: ContactMatch, _ designation: Designation) -> HTML {
        let name = match.contact.name
        let emails = match.details.emails.map { email in
            email.isPrimary
                ? t("helpDesk.primary.isPrimary", ["email": .text(email.address.folded.masked)]) : email.address.folded.masked
        }
        return section(.aria("label", name)) {
            h3 { name }
            descriptionList([
                Detail(
                    term: t("helpDesk.suggest.email"),
                    value: HTML(emails.isEmpty ? t("helpDesk.answer.unknown") : emails.joined(separator: ", "))),
                Detail(
                    term: t("helpDesk.why.reason"),
                    value: HTML(
                        match.reasons.map { "\(t($0.phrase)) \(points($0.tenths, signed: true))" }.joined(separator: "; "))),
            ])
            if designation.isProven, visit.city.access.may("contact.correct", visit.principal) {
                postForm(HelpDeskAddresses.designate(model.request.number), once: "\(visit.once)d\(match.contact.id)") {
                    input(.type("hidden"), .name(DesignateForm.contact.definition.name), .value(match.contact.id.description))
                    input(.type("hidden"), .name(DesignateForm.seen.definition.name), .value(String(model.request.revision)))
                    submitButton(t("helpDesk.primary.designate", ["name": .text(name)]), quiet: match.band != .strong)
                }
            }
        }
    }
}

/// The steward's yes. A company without an owner gets the account that proved the email as its owner; otherwise whoever proves the
/// email later asks to join, as always (C1).
enum DesignateAction {
    static func run(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        guard let id = Int64(try visit.submission[DesignateForm.contact]),
            let seen = Int(try visit.submission[DesignateForm.seen])
        else { throw NotFound() }
        return try await visit.change { change in
            let model = try AnswerPage.model(number, as: visit.principal, visit.city, change.conn)
            guard let designation = model.designation else { throw NotFound() }
            let ticket = model.request
            guard designation.isProven, let email = designation.email else { throw Refusal("helpDesk.refused.notProven") }
            guard let match = designation.companies.first(where: { $0.contact.id.value == id }) else {
                throw Refusal("helpDesk.refused.notSuggested")
            }
            try TicketWriter(change).close(ticket, seen: seen)
            try ContactWriter(change).designate(email, asPrimaryOf: match.contact.id, evidence: ticket.number)
            // Who proved the email becomes the owner of a company without one.
            if let account = try Account.find(email: email.folded, change.conn)?.id,
                try !Membership.hasOwner(match.contact.id, change.conn)
            {
                try ContactWriter(change).connect(account, to: match.contact.id, how: .steward, evidence: ticket.number)
            }
            try TicketMail.tellOfDesignation(email, match, ticket, change)
            return .init(
                HelpDeskAddresses.answer(ticket.number),
                say: Phrase("helpDesk.said.designated", ["email": .text(email.typed), "name": .text(match.contact.name)]))
        }
    }
}
