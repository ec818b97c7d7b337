internal import Accounts
internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import HTML
internal import Mail
internal import Primitives

/// What people are told about a request: whoever asked, and whoever's record it is (C3). Whoever is taken out of an organization
/// hears it from there, and not twice.
enum TicketMail {
    static let effects: [Effect] = decisions + talk

    private static let decisions: [Effect] = [
        Effect(on: .requestReceived) { fact, change in
            guard let request = try find(fact, change), let account = request.account,
                try MailKind.requests.isWanted(by: account, change.conn)
            else { return }
            try receipt(request, link: HelpDeskAddresses.request(request.number), change)
        },
        Effect(on: .requestLinked) { fact, change in
            guard let request = try find(fact, change), fact.arguments["waits"] == .bool(true) else { return }
            let t = change.city.voice(request.language)
            try send(
                to: request, t, t("helpDesk.mail.register.subject", ["number": .text(request.number)]),
                [t("helpDesk.mail.register.text", ["email": .text(request.email.typed)]), t("helpDesk.mail.register.why")],
                (t("helpDesk.mail.register.button"), AccountAddresses.register()), change)
        },
        Effect(on: .requestConnected) { fact, change in
            guard let request = try find(fact, change) else { return }
            let t = change.city.voice(request.language)
            let count = Int(fact.number("cases") ?? 0)
            try send(
                to: request, t, t("helpDesk.mail.connected.subject", ["number": .text(request.number)]),
                [
                    t("helpDesk.mail.connected.text", ["name": .text(fact.text("name"))]),
                    t("helpDesk.mail.connected.cases", ["count": .number(count)]),
                ], (t("helpDesk.mail.connected.button"), CaseAddresses.dashboard()), change)
            try tellOthers(fact, request, change) { t, person in
                (
                    t("helpDesk.mail.other.subject", ["name": .text(fact.text("name"))]),
                    [
                        t("helpDesk.mail.other.text", ["person": .text(person), "name": .text(fact.text("name"))]),
                        t(
                            "helpDesk.mail.other.object",
                            ["number": .text(request.number), "phone": .text(change.city.pack.city.phone)]),
                    ]
                )
            }
        },
        Effect(on: .requestDeclined) { fact, change in
            guard let request = try find(fact, change) else { return }
            let t = change.city.voice(request.language)
            try send(
                to: request, t, t("helpDesk.mail.declined.subject", ["number": .text(request.number)]),
                [
                    request.kind.queue == .access ? t("helpDesk.mail.declined.text") : t("helpDesk.mail.declined.question"),
                    request.answer, t("helpDesk.mail.declined.next"),
                ],
                (
                    t("helpDesk.mail.declined.button"),
                    request.kind.queue == .access ? HelpDeskAddresses.accessRequest() : HelpDeskAddresses.topics()
                ), change)
        },
        Effect(on: .requestUndone) { fact, change in
            guard let request = try find(fact, change) else { return }
            let t = change.city.voice(request.language)
            if fact.arguments["isTold"] != .bool(true) {
                try send(
                    to: request, t, t("helpDesk.mail.undone.subject", ["number": .text(request.number)]),
                    [
                        t("helpDesk.mail.undone.text", ["name": .text(fact.text("name"))]),
                        t("helpDesk.mail.undone.why", ["why": .text(fact.why ?? "")]),
                    ], nil, change)
            }
            guard fact.number("account") != nil else { return }
            try tellOthers(fact, request, change) { t, person in
                (
                    t("helpDesk.mail.otherUndone.subject", ["name": .text(fact.text("name"))]),
                    [t("helpDesk.mail.otherUndone.text", ["person": .text(person), "name": .text(fact.text("name"))])]
                )
            }
        },
        Effect(on: .requestUpheld) { fact, change in
            guard let request = try find(fact, change) else { return }
            let t = change.city.voice(request.language)
            try send(
                to: request, t, t("helpDesk.mail.upheld.subject", ["number": .text(request.number)]),
                [t("helpDesk.mail.upheld.text", ["person": .text(fact.text("person")), "name": .text(fact.text("name"))])], nil,
                change)
        },
    ]

    /// A guest's receipt with the secret link. It is queued with the request itself: a fact never holds a secret.
    static func receipt(toGuest received: TicketWriter.Received, _ change: Change) throws {
        guard change.origin == .live, let token = received.token, let request = try Ticket.find(received.id, change.conn)
        else {
            return
        }
        try receipt(request, link: HelpDeskAddresses.status(token.text), change)
    }

    /// Whoever is sent too much is sent nothing more for a while; the page says the same (A2).
    private static func receipt(_ request: Ticket, link: Link, _ change: Change) throws {
        guard try change.allows(.mailPerRecipient, request.email.folded.description) else { return }
        let city = change.city.pack.city
        let t = change.city.voice(request.language)
        let first =
            switch request.kind {
            case .claimUndecided where request.caseText.isEmpty:
                t("helpDesk.mail.received.undecided", ["email": .text(request.email.typed)])
            case .asked, .objection, .claimUndecided:
                t("helpDesk.mail.received.text", ["about": .text(request.caseText)])
            case .question, .correction, .primaryEmail:
                t("helpDesk.mail.received.question", ["about": .text(request.summary(t))])
            }
        var paragraphs = [first]
        if request.turn == .city {
            paragraphs += [
                t("helpDesk.next.place", ["count": .number(try request.placeInQueue(change.conn))]),
                t("helpDesk.next.by", ["date": .date(request.due(city))]),
            ]
        } else {
            paragraphs.append(t("helpDesk.primary.waitsForMailbox", ["email": .text(request.wish["email"] ?? "")]))
        }
        if request.kind.queue == .access {
            paragraphs += [
                t("helpDesk.cutOver.text", ["date": .date(city.cutOver)]), t("helpDesk.cutOver.line") + " " + city.inspectionLine,
            ]
        }
        try send(
            to: request, t, t("helpDesk.mail.received.subject", ["number": .text(request.number)]), paragraphs,
            (t("helpDesk.mail.received.button"), link), change)
    }

    static func find(_ fact: Fact, _ change: Change) throws -> Ticket? {
        try Ticket.find(TicketID(fact.subject.id), change.conn)
    }

    /// To whoever asked: an answer to this mail comes back to the ticket.
    static func send(
        to ticket: Ticket, _ t: Voice, _ subject: String, _ paragraphs: [String], _ button: (title: String, link: Link)?,
        _ change: Change
    ) throws {
        let id = try send(to: ticket.email.typed, t, subject, paragraphs, button, change)
        try change.conn.run(
            """
            INSERT INTO ticket_mail (message_id, ticket_id, folded, sent_at)
            VALUES (\(id), \(ticket.id), \(ticket.email.folded), \(change.now))
            """)
    }

    @discardableResult
    static func send(
        to address: String, _ t: Voice, _ subject: String, _ paragraphs: [String], _ button: (title: String, link: Link)?,
        _ change: Change
    ) throws -> String {
        let city = change.city.pack.city
        let letter = Letter(
            to: address, language: t.language, subject: subject, paragraphs: paragraphs,
            button: button.map { Letter.Button(title: $0.title, url: change.city.url($0.link)) },
            closing: t("helpDesk.mail.closing", ["city": .text(city.name), "phone": .text(city.phone)]))
        return try Outbox.queue(letter, at: change.now, change.conn)
    }

    /// The other side: the addresses on file of the record, and of whoever is already connected to it, without the asker's own.
    private static func tellOthers(
        _ fact: Fact, _ request: Ticket, _ change: Change,
        _ words: (Voice, _ person: String) -> (subject: String, paragraphs: [String])
    ) throws {
        guard let contact = fact.number("contact") else { return }
        var own: Set<FoldedEmail> = [request.email.folded]
        if let account = request.account { own.formUnion(try Account.emails(of: account, change.conn).map(\.folded)) }
        let masked = request.email.folded.masked
        let person = request.name.isEmpty ? masked : "\(request.name) (\(masked))"
        for address in try addresses(of: ContactID(contact), change) where !own.contains(address.folded) {
            let language = try Account.find(email: address.folded, change.conn)?.language ?? .english
            let t = change.city.voice(language)
            let (subject, paragraphs) = words(t, person)
            let object = HelpDeskAddresses.accessRequest().with([(AskForm.place.definition.name, request.number)])
            try send(to: address.typed, t, subject, paragraphs, (t("helpDesk.mail.other.button"), object), change)
        }
    }

    private static func addresses(of contact: ContactID, _ change: Change) throws -> [TypedAddress] {
        let rows = try change.conn.rows(
            """
            SELECT typed, folded FROM contact_email WHERE contact_id = \(contact) AND until IS NULL
            UNION ALL
            SELECT e.typed, e.folded FROM account_email e
            WHERE e.until IS NULL AND e.account_id IN (
                SELECT account_id FROM contact_link WHERE contact_id = \(contact) AND until IS NULL
                UNION SELECT account_id FROM membership WHERE organization_id = \(contact) AND role = 'owner' AND until IS NULL)
            LIMIT 20
            """)
        var seen: Set<FoldedEmail> = []
        return try rows.map { TypedAddress(typed: try $0["typed"], folded: try $0["folded"]) }.filter {
            seen.insert($0.folded).inserted
        }
    }
}
