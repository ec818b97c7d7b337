internal import Accounts
internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Adds somebody by an exact address with chosen rights and a chosen time to answer; sends the email again; answers for oneself (B7).
enum InviteContact {
    private static let choices: [(field: Field<Bool>, right: Rights)] = [
        (ContactForms.Invite.act, .act), (ContactForms.Invite.bill, .bill),
        (ContactForms.Invite.requestInspection, .requestInspection),
    ]

    /// POST. What is asked for must be within the contact type's rights and within those of whoever asks: the form offers no more,
    /// and a changed one gets no more.
    static func invite(_ visit: Visit) async throws -> WebResponse {
        let submission = visit.submission
        let email = try submission[ContactForms.Invite.email]
        let key = try submission[ContactForms.Invite.type]
        let chosen = try choices.reduce(into: Rights.view) { rights, choice in
            if try submission[choice.field] { rights.insert(choice.right) }
        }
        guard let days = Int64(try submission[ContactForms.Invite.days]), InvitationTerms.days.contains(days) else {
            throw submission.refusing(ContactForms.Invite.days, "cases.invite.chooseDays")
        }
        return try await visit.change { change in
            let seen = try AddContact.open(visit, change)
            let type = try AddContact.contactType(key, seen, visit)
            guard try type.rights.intersection(ownRights(seen, change.conn)).union(.view).isSuperset(of: chosen) else {
                throw submission.refusing("cases.invite.tooMuch", ["type": .text(visit.t(type.name))])
            }
            let terms = InvitationTerms(rights: chosen == type.rights ? nil : chosen, lifetime: .days(days))
            let outcome = try Invitations(change).add(
                TypedAddress(typed: email.typed, folded: email.folded), to: seen.record.id, as: type, language: visit.language,
                terms: terms)
            return .init(
                CaseAddresses.contacts(seen.number),
                say: AddContact.said(email.typed, type, isNew: outcome == .added, visit.t))
        }
    }

    /// What the visitor can do on the case themselves: nobody gives what they do not have.
    static func ownRights(_ seen: SeenCase, _ conn: Connection) throws -> Rights {
        var rights: Rights = []
        if try seen.may("case.party-view", conn) { rights.insert(.view) }
        if try seen.may("case.act", conn) { rights.insert(.act) }
        if try seen.may("case.bill", conn) { rights.insert(.bill) }
        if try seen.may("case.request-inspection", conn) { rights.insert(.requestInspection) }
        return rights
    }

    /// POST: a new email with a new link.
    static func sendAgain(_ visit: Visit) async throws -> WebResponse {
        guard case .email(let id)? = Party.Key(try visit.submission[ContactForms.Remove.party]) else { throw NotFound() }
        return try await visit.change { change in
            let seen = try AddContact.open(visit, change)
            let link = CaseAddresses.contacts(seen.number)
            guard let email = try Invitations(change).sendAgain(id, on: seen.record.id, language: visit.language) else {
                return .init(link, say: Phrase("cases.pending.alreadyAnswered"))
            }
            return .init(link, say: Phrase("cases.pending.sent", ["email": .text(email.typed)]))
        }
    }

    /// POST: whoever has the address says yes on the page of the case itself.
    static func accept(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account,
            case .email(let id)? = Party.Key(try visit.submission[ContactForms.Remove.party])
        else { throw NotFound() }
        return try await visit.change { change in
            let seen = try SeenCase.find(number: visit.parameter("number"), change.city, change.principal, change.conn)
            guard let invitation = try Invitation.find(id, on: seen.record.id, at: change.now, change.conn),
                try Invitations(change).accept(invitation, by: account)
            else { return .init(CaseAddresses.contacts(seen.number), say: Phrase("cases.pending.alreadyAnswered")) }
            return .init(
                CaseAddresses.contacts(seen.number), say: Phrase("cases.invitation.thanks", ["number": .text(seen.number)]))
        }
    }
}
