internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Who asks, when nobody signed in.
enum GuestFields {
    static func view(_ submission: Submission, _ t: Voice) -> HTML {
        group {
            submission.view(AskForm.guestEmail, t)
            submission.view(AskForm.name, t)
            submission.view(AskForm.phone, t)
        }
    }
}

/// Takes a ticket in, from an account or from a guest: one way for every form of the help desk. A guest's secret link goes by mail
/// only: whoever types somebody else's address learns nothing.
enum Receiving {
    /// - Parameters:
    ///   - fill: what was asked, out of the form; who asks is filled in already. What is wrong with the form is thrown here, after
    ///     a guest was asked for an address, so that both are said at once.
    ///   - follow: what else happens in the same transaction.
    static func take(
        _ visit: Visit, fill: @escaping @Sendable (inout NewTicket) throws -> Void,
        follow: @escaping @Sendable (TicketWriter.Received, Change) throws -> Void = { _, _ in }
    ) async throws -> WebResponse {
        guard let account = visit.principal.account else { return try await takeFromGuest(visit, fill, follow) }
        return try await visit.change { change in
            guard try change.allows(.accessRequest, account.description) else { throw Refusal.tooMany }
            guard let person = try Account.find(account, change.conn),
                let email = try Account.emails(of: account, change.conn).first
            else { throw NotFound() }
            var new = NewTicket(
                account: account, email: email, name: person.name, phone: person.phone, language: visit.language)
            try fill(&new)
            let received = try TicketWriter(change).receive(new)
            try follow(received, change)
            return .init(HelpDeskAddresses.request(received.number))
        }
    }

    private static func takeFromGuest(
        _ visit: Visit, _ fill: @escaping @Sendable (inout NewTicket) throws -> Void,
        _ follow: @escaping @Sendable (TicketWriter.Received, Change) throws -> Void
    ) async throws -> WebResponse {
        let missing = visit.submission.refusing(AskForm.email, "form.email.missing")
        guard !(visit.submission.values[AskForm.email.definition.name] ?? "").allSatisfy(\.isWhitespace) else { throw missing }
        guard let email = try visit.submission[AskForm.email] else { throw missing }
        var guest = NewTicket(
            email: email, name: try visit.submission[AskForm.name], phone: try visit.submission[AskForm.phone],
            language: visit.language)
        try fill(&guest)
        let new = guest
        return try await visit.change { change in
            guard try change.allows(.accessRequest, visit.request.network) else { throw Refusal.tooMany }
            let received = try TicketWriter(change).receive(new)
            try TicketMail.receipt(toGuest: received, change)
            try follow(received, change)
            return .init(HelpDeskAddresses.received(received.number))
        }
    }
}
