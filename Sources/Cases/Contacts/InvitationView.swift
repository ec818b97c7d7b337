internal import Accounts
public import CityPack
internal import Core
internal import HTML
public import Primitives
internal import Web

/// An invitation as whoever has its link sees it.
struct InvitationView {
    let model: InvitationPage.Model
    let visit: Visit

    private var t: Voice { visit.t }
    private var invitation: Invitation { model.invitation }
    private var token: String { visit.parameter("token") }
    private var email: [String: WordArgument] { ["email": .text(invitation.email.typed)] }

    var content: HTML {
        switch invitation.state {
        case .open: open
        case .accepted(let day): over("cases.invitation.accepted", day)
        case .declined(let day): over("cases.invitation.declined", day)
        case .over: over("cases.invitation.over", invitation.expires)
        }
    }

    private var open: HTML {
        group {
            p {
                if let company = invitation.organization {
                    t("cases.invitation.by", ["company": .text(company)])
                } else {
                    t("cases.invitation.bySomebody")
                }
            }
            facts
            if visit.principal.signedIn == nil {
                p { t("cases.invitation.how", email) }
            } else if !model.isTheirs {
                otherAccount
            }
            actions {
                if visit.principal.signedIn == nil || model.isTheirs {
                    postForm(CaseAddresses.acceptInvitation(token), once: "\(visit.once)a") {
                        submitButton(t("cases.invitation.accept"))
                    }
                }
                postForm(CaseAddresses.declineInvitation(token), once: "\(visit.once)d") {
                    submitButton(t("cases.invitation.decline"), quiet: true, danger: true)
                }
            }
            p(.class("soft")) { t("cases.invitation.declineHow") }
        }
    }

    private var facts: HTML {
        let rights = invitation.rights ?? model.part?.rights ?? .view
        return descriptionList(
            [
                Detail(
                    term: t("cases.invitation.case"),
                    value: group {
                        if model.maySee { a(CaseAddresses.show(model.number)) { model.number } } else { model.number }
                        " · "
                        t(model.caseType)
                    }),
                Detail(
                    term: t("cases.contacts.part"),
                    value: group {
                        strong { model.part.map { t($0.name) } ?? invitation.type }
                        if let part = model.part {
                            " "
                            t(part.explanation)
                        }
                    }),
                Detail(term: t("cases.contacts.may"), value: HTML(rightsWords(rights, t))),
                Detail(term: t("cases.invitation.for"), value: HTML(invitation.email.typed)),
            ]
                + (invitation.expires > visit.now
                    ? [Detail(term: t("cases.invitation.until"), value: HTML(day(invitation.expires).long(in: t.language)))] : [])
        )
    }

    /// Somebody is signed in, and not with the invited address.
    private var otherAccount: HTML {
        let names = email.merging(["name": .text(visit.identity.name)]) { $1 }
        return group {
            p { t("cases.invitation.otherAccount", names) }
            if visit.principal.account != nil {
                p { linkButton(t("cases.invitation.addAddress"), AccountAddresses.emails(), quiet: true) }
            }
        }
    }

    private func over(_ key: WordKey, _ when: Instant) -> HTML {
        emptyState(
            t(key, ["date": .date(day(when)), "number": .text(model.number)]),
            action: linkButton(t("cases.mail.open"), CaseAddresses.dashboard(), quiet: true))
    }

    private func day(_ instant: Instant) -> CivilDate { visit.day(of: instant) }
}

/// What somebody can do on a case: "see, act, pay".
public func rightsWords(_ rights: Rights, _ t: Voice) -> String {
    var words: [String] = []
    if rights.contains(.view) { words.append(t("cases.rights.view")) }
    if rights.contains(.act) { words.append(t("cases.rights.act")) }
    if rights.contains(.bill) { words.append(t("cases.rights.bill")) }
    if rights.contains(.requestInspection) { words.append(t("cases.rights.requestInspection")) }
    return words.joined(separator: ", ")
}
