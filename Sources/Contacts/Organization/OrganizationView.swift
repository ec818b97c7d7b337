internal import Accounts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The page of an organization's people.
struct OrganizationView {
    let model: OrganizationPage.Model
    let visit: Visit

    private var t: Voice { visit.t }
    private var id: String { model.organization.publicID.description }
    private var company: [String: WordArgument] { ["company": .text(model.organization.name)] }
    private var mine: Membership.Role { model.readersRole }

    var content: HTML {
        group {
            visit.submission.summary(t)
            h1 { model.organization.name }
            p { t("contacts.organization.lead") }
            if !model.askers.isEmpty { askers }
            h2 { t("contacts.organization.members") }
            members
            if !mine.mayInvite.isEmpty {
                p { linkButton(t("contacts.invite.open"), ContactAddresses.invite(id), quiet: true) }
            }
            if !model.invitations.isEmpty { invitations }
            p { t("contacts.organization.joining", company) }
            p(.class("soft")) { t("contacts.organization.roles") }
            if mine == .owner { leaving }
        }
    }

    private var members: HTML {
        dataTable(
            caption: t("contacts.organization.members"), captionHidden: true,
            columns: [
                TableColumn(title: t("contacts.organization.name")), TableColumn(title: t("contacts.organization.role")),
                TableColumn(title: t("contacts.scope.cases")), TableColumn(title: t("contacts.organization.since")),
                TableColumn(title: t("contacts.organization.actions"), isHidden: true),
            ],
            rows: model.members.map { member in
                TableRow(cells: [
                    HTML(member.name), HTML(OrganizationPage.roleName(member.role, t)),
                    HTML(OrganizationPage.scopeName(member.scope, t)),
                    span(.class("whole")) { member.since.short(in: t.language) }, memberActions(member),
                ])
            })
    }

    private func memberActions(_ member: OrganizationPage.Model.Person) -> HTML {
        let name: [String: WordArgument] = ["name": .text(member.name)]
        let isReader = member.account == model.reader
        let mayRemove = isReader ? !model.isOnlyOwner : mine.looksAfter(member.role)
        let mayChange = mine == .owner && !(isReader && model.isOnlyOwner)
        let mayChoose = member.role == .member && mine.looksAfter(member.role)
        guard mayRemove || mayChange || mayChoose else { return .empty }
        return actions {
            if mayChoose {
                linkButton(
                    t("contacts.scope.choose"), ContactAddresses.personCases(id, member.publicID), quiet: true,
                    accessibleName: t("contacts.scope.chooseName", name))
            }
            if mayChange {
                linkButton(
                    t("contacts.person.change"), ContactAddresses.person(id, member.publicID), quiet: true,
                    accessibleName: t("contacts.person.changeName", name))
            }
            if mayRemove {
                postForm(ContactAddresses.remove(id, member.publicID), once: "\(visit.once)r") {
                    if isReader {
                        submitButton(t("contacts.organization.leave"), quiet: true, danger: true)
                    } else {
                        submitButton(
                            t("contacts.organization.remove"), quiet: true,
                            accessibleName: t("contacts.organization.removeName", name), danger: true)
                    }
                }
            }
        }
    }

    private var askers: HTML {
        group {
            h2 { t("contacts.organization.requests") }
            listRows(
                model.askers.map { asker in
                    let name: [String: WordArgument] = ["name": .text(asker.name)]
                    return ListRow(
                        title: HTML(asker.name), subtitle: asker.email,
                        note: t("contacts.organization.asked", ["day": .date(visit.day(of: asker.since))]),
                        action: actions {
                            postForm(ContactAddresses.accept(id, asker.accountPublicID), once: "\(visit.once)a") {
                                submitButton(
                                    t("contacts.organization.accept"),
                                    accessibleName: t("contacts.organization.acceptName", name))
                            }
                            postForm(ContactAddresses.decline(id, asker.accountPublicID), once: "\(visit.once)d") {
                                submitButton(
                                    t("contacts.organization.decline"), quiet: true,
                                    accessibleName: t("contacts.organization.declineName", name))
                            }
                        })
                }, label: t("contacts.organization.requests"))
        }
    }

    /// Who was invited and has not said yes; what became of it lately.
    private var invitations: HTML {
        group {
            h2 { t("contacts.invite.pending") }
            listRows(model.invitations.map(invitation), label: t("contacts.invite.pending"))
        }
    }

    private func invitation(_ invitation: OrganizationInvitation) -> ListRow {
        let role = t(
            "contacts.invite.as",
            [
                "role": .text(OrganizationPage.roleName(invitation.role, t)),
                "scope": .text(OrganizationPage.scopeName(invitation.scope, t)), "name": .text(invitation.inviterName),
            ])
        switch invitation.state {
        case .open:
            return ListRow(
                title: HTML(invitation.email.typed), subtitle: role, status: tag(t("contacts.invite.waiting"), .waiting),
                note: t("contacts.invite.until", ["date": .date(visit.day(of: invitation.expires))]),
                action: mine.mayInvite.contains(invitation.role) ? buttons(invitation) : .empty)
        case .declined(let day):
            return ListRow(
                title: HTML(invitation.email.typed), subtitle: role, status: tag(t("contacts.invite.no"), .calm),
                note: t("contacts.invite.saidNo", ["date": .date(visit.day(of: day))]))
        case .accepted, .over:
            return ListRow(
                title: HTML(invitation.email.typed), subtitle: role, status: tag(t("contacts.invite.over"), .calm),
                note: t("contacts.invite.ended", ["date": .date(visit.day(of: invitation.expires))]))
        }
    }

    private func buttons(_ invitation: OrganizationInvitation) -> HTML {
        let email: [String: WordArgument] = ["email": .text(invitation.email.typed)]
        return actions {
            postForm(ContactAddresses.sendAgain(id, invitation.publicID), once: "\(visit.once)s") {
                submitButton(
                    t("contacts.invite.again"), quiet: true, accessibleName: t("contacts.invite.againTo", email))
            }
            postForm(ContactAddresses.withdraw(id, invitation.publicID), once: "\(visit.once)w") {
                submitButton(
                    t("contacts.invite.takeBack"), quiet: true, accessibleName: t("contacts.invite.takeBackFrom", email),
                    danger: true)
            }
        }
    }

    /// An owner who goes hands over first; both is one act.
    private var leaving: HTML {
        let others = model.members.filter { $0.account != model.reader }
        return group {
            h2 { t("contacts.handOver.title") }
            if others.isEmpty {
                p(.class("soft")) { t("contacts.organization.onlyOwner") }
            } else {
                p { t("contacts.handOver.lead") }
                postForm(ContactAddresses.handOver(id), once: "\(visit.once)h") {
                    visit.submission.view(
                        MemberActions.heirField, t,
                        choices: [Choice(value: "", title: t("contacts.handOver.choose"))]
                            + others.map { Choice(value: $0.publicID, title: $0.name) })
                    submitButton(t("contacts.handOver.button"), quiet: true, danger: true)
                }
            }
        }
    }
}
