internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/account/contacts/{contact}/correct`: what the city has on file, and what should stand there (B10). A steward looks before
/// anything changes.
enum CorrectionPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let (contact, now, emails) = try await visit.read { conn in
            let contact = try find(visit, conn)
            return (contact, try ContactField.values(of: contact, conn), try ContactDetails.find(contact.id, conn).emails)
        }
        let t = visit.t
        let answers = visit.request.method == .post ? visit.submission : CorrectionForm.form.blank(named(now))
        return visit.page(
            t("helpDesk.correct.title", ["name": .text(contact.name)]),
            crumbs: [Crumb(title: t("helpDesk.correct.choose"), link: HelpDeskAddresses.records())]
        ) {
            answers.summary(t)
            h1 { t("helpDesk.correct.title", ["name": .text(contact.name)]) }
            columns(
                main: group {
                    p { t("helpDesk.correct.lead") }
                    postForm(HelpDeskAddresses.correct(visit.parameter("contact")), once: visit.once) {
                        for field in ContactField.all(of: contact.kind) {
                            if let shown = CorrectionForm.fields[field] { answers.view(shown, t, marksOptional: false) }
                        }
                        answers.view(CorrectionForm.why, t)
                        submitButton(t("helpDesk.ask.send"))
                    }
                },
                aside: panel(title: t("helpDesk.correct.emails")) {
                    if emails.isEmpty { p { t("helpDesk.correct.noEmail") } }
                    for email in emails { p { email.address.typed } }
                    p(.class("soft")) { t("helpDesk.correct.emailsText") }
                })
        }
    }

    static func send(_ visit: Visit) async throws -> WebResponse {
        let (contact, now) = try await visit.read { conn in
            let contact = try find(visit, conn)
            return (contact, try ContactField.values(of: contact, conn))
        }
        var wish: [String: String] = [:]
        for field in ContactField.all(of: contact.kind) {
            guard let declared = CorrectionForm.fields[field] else { continue }
            let wanted = try visit.submission[declared]
            if wanted != now[field] { wish[field.rawValue] = wanted }
        }
        let why = try visit.submission[CorrectionForm.why]
        guard !wish.isEmpty || !why.isEmpty else {
            throw visit.submission.refusing(CorrectionForm.why, "helpDesk.correct.nothingChanged")
        }
        if [wish["company_name"], wish["last_name"]].contains("") {
            let field = contact.kind == .company ? ContactField.companyName : .lastName
            guard let declared = CorrectionForm.fields[field] else { throw NotFound() }
            throw visit.submission.refusing(declared, "helpDesk.correct.nameMissing")
        }
        let address = ContactField.address.map { wish[$0.rawValue] ?? now[$0] ?? "" }
        if address.first?.isEmpty == true, !address.dropFirst().allSatisfy(\.isEmpty),
            let declared = CorrectionForm.fields[.street]
        {
            throw visit.submission.refusing(declared, "helpDesk.correct.streetMissing")
        }
        wish["name"] = contact.name
        let asked = wish
        return try await Receiving.take(visit) { new in
            let topic = visit.city.pack.topic(.contactCorrection)
            new.kind = .correction
            new.topic = topic?.key ?? ""
            new.workingDays = topic?.workingDays
            new.contacts = [contact.id]
            new.wish = asked
            new.partText = why
        }
    }

    private static func find(_ visit: Visit, _ conn: Connection) throws -> Contact {
        guard let id = PublicID(visit.parameter("contact")), let contact = try Contact.find(id, conn),
            try visit.may("contact.view", on: contact.id.value, conn)
        else { throw NotFound() }
        return contact
    }

    private static func named(_ values: [ContactField: String]) -> [String: String] {
        Dictionary(values.map { ($0.rawValue, $1) }, uniquingKeysWith: { first, _ in first })
    }
}
