internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/staff/contacts/{id}/hold` places a hold, `/staff/contacts/{id}/hold/{hold}` lifts it.
struct HoldPages: Sendable {
    static let reason = Field<String>.text(
        "reason", kind: .multiline, label: "cleanUp.hold.reason", hint: "cleanUp.hold.reasonHint", maxLength: 500,
        missing: "cleanUp.hold.reasonMissing")
    static let form = Form(reason)
    private static let why = Field<String>.text(
        "why", kind: .multiline, label: "cleanUp.hold.why", hint: "cleanUp.hold.whyHint", maxLength: 500,
        missing: "cleanUp.hold.whyMissing")
    static let liftForm = Form(why)

    let desk: Link

    static func box(_ held: ContactHold.Held) -> String { "held-\(held.rawValue)" }

    func show(_ visit: Visit) async throws -> WebResponse {
        let contact = try await visit.read { conn in try FullContact.find([visit.parameter("id")], conn).first }
        guard let contact else { throw NotFound() }
        let t = visit.t
        return visit.page(t("cleanUp.hold.title"), crumbs: crumbs(contact, t)) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.hold.title"), lead: t("cleanUp.hold.lead", ["name": .text(contact.name)]))
            postForm(CleanUpAddresses.hold(contact.publicID), once: visit.once) {
                fieldset(.class("field")) {
                    legend { t("cleanUp.hold.what") }
                    for held in ContactHold.Held.allCases {
                        field(
                            FieldModel(
                                id: HoldPages.box(held), name: HoldPages.box(held), label: t(held.title),
                                kind: .checkbox,
                                value: visit.request.fields[HoldPages.box(held)] == nil ? "" : "yes"))
                    }
                }
                visit.submission.view(HoldPages.reason, t)
                submitButton(t("cleanUp.hold.button"))
            }
        }
    }

    private func crumbs(_ contact: FullContact, _ t: Voice) -> [Crumb] {
        contactCrumbs(t, desk) + [Crumb(title: contact.name, link: CleanUpAddresses.contact(contact.publicID))]
    }

    /// POST
    func place(_ visit: Visit) async throws -> WebResponse {
        let submission = visit.submission
        let reason = try submission[HoldPages.reason]
        let held = ContactHold.Held.allCases.filter { visit.request.fields[HoldPages.box($0)] != nil }
        guard !held.isEmpty else { throw submission.refusing("cleanUp.hold.tickOne") }
        return try await visit.change { change in
            guard let contact = try FullContact.find([visit.parameter("id")], change.conn).first else { throw NotFound() }
            try ContactHold.place(on: contact, held, reason: reason, change)
            return .init(
                CleanUpAddresses.contact(contact.publicID), say: Phrase("cleanUp.hold.placed", ["name": .text(contact.name)]))
        }
    }

    private func find(_ visit: Visit) async throws -> (FullContact, ContactHold) {
        try await visit.read { conn in
            guard let contact = try FullContact.find([visit.parameter("id")], conn).first,
                let id = Int64(visit.parameter("hold")), let hold = try ContactHold.find(id, conn),
                contact.record(hold.contact) != nil
            else { throw NotFound() }
            return (contact, hold)
        }
    }

    func showLift(_ visit: Visit) async throws -> WebResponse {
        let (contact, hold) = try await find(visit)
        let t = visit.t
        return visit.page(t("cleanUp.hold.lift"), crumbs: crumbs(contact, t)) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.hold.lift"), lead: t("cleanUp.hold.liftLead", ["name": .text(contact.name)]))
            descriptionList([
                Detail(
                    term: t("cleanUp.hold.what"), value: HTML(hold.held.map { t($0.title) }.joined(separator: "; "))),
                Detail(term: t("cleanUp.hold.reason"), value: HTML(hold.reason)),
                Detail(term: t("cleanUp.hold.since"), value: visit.momentCell(hold.since)),
            ])
            postForm(CleanUpAddresses.lift(contact.publicID, hold.id.description), once: visit.once) {
                visit.submission.view(HoldPages.why, t)
                submitButton(t("cleanUp.hold.liftButton"))
            }
        }
    }

    /// POST
    func lift(_ visit: Visit) async throws -> WebResponse {
        let why = try visit.submission[HoldPages.why]
        let (contact, hold) = try await find(visit)
        return try await visit.change { change in
            try hold.lift(from: contact.name, why: why, change)
            return .init(
                CleanUpAddresses.contact(contact.publicID), say: Phrase("cleanUp.hold.lifted", ["name": .text(contact.name)]))
        }
    }
}
