internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

struct CompareView {
    let visit: Visit
    let model: ComparePage.Model

    private var t: Voice { visit.t }

    var content: HTML {
        group {
            pageHeading(t("cleanUp.merge.title"), lead: t("cleanUp.merge.lead"))
            table
            if model.isSameKind { form } else { emptyState(t("cleanUp.merge.otherKind")) }
        }
    }

    private var table: HTML {
        dataTable(
            caption: t("cleanUp.merge.caption"), captionHidden: true,
            columns: [TableColumn(title: t("cleanUp.merge.what"))] + model.both.map { TableColumn(title: heading($0)) },
            rows: rows.map { title, value in TableRow(cells: [HTML(title)] + model.both.map { HTML(value($0)) }) })
    }

    /// The name; with the record's number where both have the same one.
    private func heading(_ contact: FullContact) -> String {
        guard model.one.name == model.other.name else { return contact.name }
        return t("cleanUp.merge.record", ["name": .text(contact.name), "number": .text(contact.survivor.description)])
    }

    private var rows: [(String, (FullContact) -> String)] {
        let none = t("cleanUp.contact.none")
        func list(_ lines: [FullContact.Line]) -> String { lines.isEmpty ? none : lines.map(\.text).joined(separator: "; ") }
        return [
            (t("cleanUp.merge.kind"), { FindContactPage.kindName($0.kind, t) }),
            (
                t("cleanUp.contact.emails"),
                { contact in
                    contact.emails.isEmpty
                        ? none
                        : contact.emails.map { $0.isShared ? "\($0.text) (\(t("cleanUp.contact.shared")))" : $0.text }.joined(
                            separator: "; ")
                }
            ),
            (t("cleanUp.contact.phones"), { list($0.phones) }),
            (t("cleanUp.contact.addresses"), { list($0.addresses) }),
            (
                t("cleanUp.contact.actsFor"),
                { $0.holders.isEmpty ? t("cleanUp.contact.nobody") : $0.holders.map(\.name).joined(separator: "; ") }
            ),
            (t("cleanUp.contact.cases"), { String($0.cases) }),
            (
                t("cleanUp.merge.known"),
                { contact in contact.records.map(\.since).min().map { visit.day(of: $0).long(in: t.language) } ?? "" }
            ),
        ]
    }

    private var form: HTML {
        postForm(CleanUpAddresses.compare(visit.parameter("id"), visit.parameter("other")), once: visit.once) {
            input(.type("hidden"), .name("seen"), .value(model.fingerprint))
            field(
                FieldModel(
                    id: "keep", name: "keep", label: t("cleanUp.merge.keep"), hint: t("cleanUp.merge.keepHint"),
                    error: problem("keep"),
                    kind: .radios(
                        model.both.map { contact in
                            Choice(
                                value: contact.publicID, title: heading(contact),
                                hint: t("cleanUp.merge.onCases", ["count": .number(contact.cases)]))
                        }), value: visit.submission.values["keep"] ?? usual.publicID, isRequired: true))
            for part in FaceField.of(model.one.kind) { choice(of: part) }
            gains
            visit.submission.view(ComparePage.evidence, t)
            p { t("cleanUp.merge.undo") }
            actions {
                submitButton(t("cleanUp.merge.button"))
                linkButton(t("cleanUp.merge.not"), CleanUpAddresses.contact(model.one.publicID), quiet: true)
            }
        }
    }

    private func problem(_ name: String) -> String? {
        visit.submission.problems.first { $0.field == name }.map { t($0.phrase) }
    }

    /// The record that most is known of.
    private var usual: FullContact { model.other.cases > model.one.cases ? model.other : model.one }

    /// Which record a part of the name comes from, where they differ.
    private func choice(of part: FaceField) -> HTML {
        var values: [(value: String, id: ContactID)] = []
        for record in model.records where !values.contains(where: { $0.value == record.own[part] }) {
            values.append((record.own[part], record.id))
        }
        guard values.count > 1 else { return .empty }
        let name = ComparePage.choice(part)
        let wanted = usual.face[part].isEmpty ? values.first { !$0.value.isEmpty }?.value : usual.face[part]
        let current = visit.request.fields[name] ?? values.first { $0.value == wanted }?.id.description ?? ""
        return field(
            FieldModel(
                id: name, name: name, label: title(of: part),
                kind: .radios(
                    values.map { value, id in
                        Choice(value: id.description, title: value.isEmpty ? t("cleanUp.merge.leaveEmpty") : value)
                    }), value: current, isRequired: true))
    }

    private func title(of part: FaceField) -> String {
        switch part {
        case .companyName: t("cleanUp.merge.companyName")
        case .firstName: t("cleanUp.merge.firstName")
        case .middleName: t("cleanUp.merge.middleName")
        case .lastName: t("cleanUp.merge.lastName")
        case .title: t("cleanUp.merge.nameTitle")
        }
    }

    /// A merge by itself opens no case to anybody. Whoever is ticked gains what the other record has; the same proven address is ticked.
    private var gains: HTML {
        guard !model.gains.isEmpty else { return p { t("cleanUp.gain.none") } }
        return fieldset(.class("field")) {
            legend { t("cleanUp.gain.title") }
            p(.class("soft")) { t("cleanUp.gain.hint") }
            for gain in model.gains { box(gain) }
        }
    }

    private func box(_ gain: MergeGain) -> HTML {
        let name = ComparePage.box(gain)
        let isTicked = visit.request.method == .get ? gain.proof != nil : visit.request.fields[name] != nil
        let record = gain.contacts.first.map { heading(model.side(of: $0)) } ?? ""
        let words: [String: WordArgument] = [
            "person": .text(gain.person), "name": .text(record), "count": .number(model.counts[gain.key] ?? 0),
        ]
        let label =
            switch gain.way {
            case .link: t("cleanUp.gain.link", words)
            case .membership(.owner): t("cleanUp.gain.owner", words)
            case .membership(.manager): t("cleanUp.gain.manager", words)
            case .membership(.member): t("cleanUp.gain.member", words)
            }
        return field(
            FieldModel(
                id: name, name: name, label: label,
                hint: gain.proof.map { t("cleanUp.gain.proof", ["email": .text($0.description)]) } ?? t("cleanUp.gain.noProof"),
                kind: .checkbox, value: isTicked ? "yes" : ""))
    }
}
