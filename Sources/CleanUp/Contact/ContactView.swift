internal import Cases
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

struct ContactView {
    let visit: Visit
    let model: ContactPage.Model

    private var t: Voice { visit.t }
    private var contact: FullContact { model.contact }

    var content: HTML {
        group {
            pageHeading(
                contact.name,
                lead: t(
                    "cleanUp.contact.lead",
                    ["kind": .text(FindContactPage.kindName(contact.kind, t)), "count": .number(contact.cases)]))
            columns(main: main, aside: aside)
        }
    }

    private var main: HTML {
        group {
            h2 { t("cleanUp.contact.reach") }
            descriptionList(reach)
            h2 { t("cleanUp.contact.actsFor") }
            people
            h2 { t("cleanUp.contact.cases") }
            cases
            h2 { t("cleanUp.history.title") }
            model.history.view(visit, label: t("cleanUp.history.title"))
        }
    }

    private var aside: HTML {
        group {
            panel(title: t("cleanUp.contact.records")) {
                p { t("cleanUp.contact.recordCount", ["count": .number(contact.records.count)]) }
                if contact.records.count > 1 { records }
                if model.mayMerge { findOther }
            }
            holds
        }
    }

    private var holds: HTML {
        panel(title: t("cleanUp.hold.holds")) {
            if contact.holds.isEmpty { p { t("cleanUp.hold.none") } }
            if !contact.holds.isEmpty {
                listRows(
                    contact.holds.map { hold in
                        ListRow(
                            title: HTML(hold.held.map { t($0.title) }.joined(separator: "; ")),
                            subtitle: t("cleanUp.contact.since", ["date": .date(visit.day(of: hold.since))]),
                            note: HTML(hold.reason),
                            action: model.mayHold
                                ? linkButton(
                                    t("cleanUp.hold.lift"), CleanUpAddresses.lift(contact.publicID, hold.id.description),
                                    quiet: true)
                                : .empty)
                    }, label: t("cleanUp.hold.holds"), isCompact: true)
            }
            if model.mayHold { p { linkButton(t("cleanUp.hold.title"), CleanUpAddresses.hold(contact.publicID), quiet: true) } }
        }
    }

    private var reach: [Detail] {
        var details: [Detail] = []
        details.append(
            Detail(
                term: t("cleanUp.contact.emails"),
                value: contact.emails.isEmpty
                    ? HTML(t("cleanUp.contact.none")) : group { for one in contact.emails { email(one) } }))
        let phones = contact.phones.map { "\($0.text) (\(phoneKind($0.kind)))" }
        details.append(
            Detail(
                term: t("cleanUp.contact.phones"),
                value: phones.isEmpty ? HTML(t("cleanUp.contact.none")) : callable(phones.joined(separator: "; "))))
        let addresses = contact.addresses.map(\.text)
        details.append(
            Detail(
                term: t("cleanUp.contact.addresses"),
                value: HTML(addresses.isEmpty ? t("cleanUp.contact.none") : addresses.joined(separator: "; "))))
        details.append(
            Detail(
                term: t("cleanUp.contact.findable"),
                value: HTML(contact.isFindable ? t("cleanUp.contact.isFindable") : t("cleanUp.contact.isHidden"))))
        return details
    }

    private func email(_ line: FullContact.Line) -> HTML {
        div {
            breakable(line.text)
            if line.isShared {
                " "
                tag(t("cleanUp.contact.shared"), .calm)
            }
            if model.mayCorrect { actions { mark(line) } }
        }
    }

    /// Marking a mailbox that several people read, or taking the mark away (C1 d).
    private func mark(_ email: FullContact.Line) -> HTML {
        postForm(CleanUpAddresses.mailbox(visit.parameter("id")), once: "\(visit.once).\(email.id)") {
            input(.type("hidden"), .name("email"), .value(String(email.id)))
            input(.type("hidden"), .name("shared"), .value(email.isShared ? "no" : "yes"))
            submitButton(
                t(email.isShared ? "cleanUp.mailbox.own" : "cleanUp.mailbox.share"), quiet: true,
                accessibleName: t(
                    email.isShared ? "cleanUp.mailbox.ownNamed" : "cleanUp.mailbox.shareNamed", ["email": .text(email.text)]))
        }
    }

    private func phoneKind(_ kind: String) -> String {
        switch kind {
        case "business": t("cleanUp.contact.business")
        case "home": t("cleanUp.contact.home")
        default: t("cleanUp.contact.mobile")
        }
    }

    private var people: HTML {
        guard !contact.holders.isEmpty else { return emptyState(t("cleanUp.contact.nobody")) }
        return listRows(
            contact.holders.map { holder in
                let role = holder.role.map { t(Membership.roleName($0)) } ?? t("cleanUp.contact.themselves")
                let of = contact.records.count > 1 ? contact.record(holder.record)?.name : nil
                return ListRow(
                    title: HTML(holder.name),
                    subtitle: [
                        role, of.map { t("cleanUp.contact.ofRecord", ["name": .text($0)]) },
                        t("cleanUp.contact.since", ["date": .date(visit.day(of: holder.since))]),
                    ].compactMap(\.self).joined(separator: " · "),
                    status: holder.isByMerge ? tag(t("cleanUp.contact.byMerge"), .calm) : .empty)
            }, label: t("cleanUp.contact.actsFor"))
    }

    private var cases: HTML {
        guard !model.cases.isEmpty else { return emptyState(t("cleanUp.contact.noCases")) }
        return group {
            listRows(
                model.cases.map { one in
                    ListRow(
                        title: a(CaseAddresses.show(one.number)) { one.number },
                        subtitle: [one.type, one.place].filter { !$0.isEmpty }.joined(separator: " · "))
                }, label: t("cleanUp.contact.cases"))
            if contact.cases > model.cases.count {
                p(.class("soft")) { t("cleanUp.contact.moreCases", ["count": .number(model.cases.count)]) }
            }
        }
    }

    private var records: HTML {
        listRows(
            contact.records.map { record in
                let edge = contact.edges.first { $0.from == record.id }
                let into = edge.flatMap { contact.record($0.into)?.name } ?? ""
                return ListRow(
                    title: HTML(record.name),
                    subtitle: record.id == contact.survivor
                        ? t("cleanUp.contact.survivor")
                        : edge.map {
                            t("cleanUp.contact.mergedOn", ["date": .date(visit.day(of: $0.since)), "name": .text(into)])
                        } ?? "",
                    note: edge.map { HTML($0.evidence) } ?? .empty,
                    action: model.mayMerge && edge != nil
                        ? linkButton(
                            t("cleanUp.separate.open"),
                            CleanUpAddresses.separate(contact.publicID, edge?.id.description ?? ""), quiet: true,
                            accessibleName: t("cleanUp.separate.openNamed", ["name": .text(record.name)])) : .empty)
            }, label: t("cleanUp.contact.records"), isCompact: true)
    }

    /// The other record by its address or its name.
    private var findOther: HTML {
        getForm(CleanUpAddresses.others(visit.parameter("id")), role: "search") {
            joined {
                field(
                    FieldModel(
                        id: "q", name: "q", label: t("cleanUp.contact.findOther"), hint: t("cleanUp.contact.findOtherHint"),
                        kind: .search))
                submitButton(t("cleanUp.find.button"), quiet: true)
            }
        }
    }
}
