internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/desk/letters`: letters with a code, to be printed many at a time. The codes are made then, and are seen on paper only.
struct LettersDesk {
    /// So many go on one print.
    private static let most = 20
    private static let name = Field<String>.text(
        "q", kind: .search, label: "claims.letters.name", hint: "claims.letters.nameHint", isRequired: false)

    let desk: Link
    let hasher: PasswordHasher

    var routes: [Route] {
        [
            .get(ClaimAddresses.letters, .staff(ClaimAccess.print), form: Form(LettersDesk.name), show),
            .post(ClaimAddresses.letters, .staff(ClaimAccess.print), make),
            .get(ClaimAddresses.printedLetters, .staff(ClaimAccess.print), printed),
            .post(ClaimAddresses.printAgain, .staff(ClaimAccess.print), again),
        ]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let typed = tidied(visit.submission.values[LettersDesk.name.definition.name] ?? "")
        let (waiting, count, before) = try await visit.read { conn in
            (
                try MailedCode.toPrint(limit: LettersDesk.most, conn), try MailedCode.waiting(conn).count,
                try MailedCode.printed(to: typed, at: visit.now, limit: LettersDesk.most, conn)
            )
        }
        let t = visit.t
        return visit.page(t("claims.letters.title"), crumbs: [Crumb(title: t("claims.desk"), link: desk)]) {
            h1 { t("claims.letters.title") }
            if waiting.isEmpty {
                emptyState(t("claims.letters.none"))
            } else {
                p { t("claims.letters.lead") }
                listRows(waiting.map { row($0, visit, action: .empty) }, label: t("claims.letters.title"))
                if count > waiting.count { p(.class("soft")) { t("claims.letters.more", ["count": .number(count)]) } }
                postForm(ClaimAddresses.letters(), once: visit.once) {
                    submitButton(t("claims.letters.print", ["count": .number(waiting.count)]))
                }
            }
            if !before.isEmpty || !typed.isEmpty { printedBefore(before, visit) }
        }
    }

    /// Whose code still works, the newest, or those with the name that was looked for.
    private func printedBefore(_ letters: [MailedCode], _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            h2 { t("claims.letters.before") }
            p { t("claims.letters.beforeText") }
            getForm(ClaimAddresses.letters(), role: "search") {
                joined {
                    visit.submission.view(LettersDesk.name, t, marksOptional: false)
                    submitButton(t("claims.search"))
                }
            }
            if letters.isEmpty {
                p(.class("soft")) { t("claims.letters.nobody") }
            } else {
                listRows(letters.map { row($0, visit, action: again($0, visit)) }, label: t("claims.letters.before"))
            }
        }
    }

    private func row(_ letter: MailedCode, _ visit: Visit, action: HTML) -> ListRow {
        let when = letter.printedAt ?? letter.requestedAt
        return ListRow(
            title: HTML(letter.recipient), subtitle: letter.address.replacing("\n", with: ", "), note: visit.shortMoment(when),
            action: action)
    }

    private func again(_ letter: MailedCode, _ visit: Visit) -> HTML {
        let t = visit.t
        return postForm(ClaimAddresses.printAgain(letter.publicID.description), once: "\(visit.once)\(letter.id)") {
            submitButton(
                t("claims.letters.again"), quiet: true,
                accessibleName: t(
                    "claims.letters.againNamed",
                    ["name": .text(letter.recipient), "when": .text(visit.shortMoment(letter.printedAt ?? letter.requestedAt))]))
        }
    }

    private func make(_ visit: Visit) async throws -> WebResponse {
        let secret = try visit.sessionSecret(for: "letters")
        let waiting = try await visit.read { conn in try MailedCode.toPrint(limit: LettersDesk.most, conn) }
        // Slow to make: not while everybody waits for the transaction.
        let hashes = try await hasher.run {
            try waiting.map { letter in
                (letter, try PrintedCode.hash(letter.code(from: secret), for: .letter(account: letter.account.value)))
            }
        }
        let response = try await visit.change { change in
            for (letter, hash) in hashes { try print(letter, hash, secret, change) }
            return .init(ClaimAddresses.printedLetters())
        }
        return response.setting(
            Cookie(OwnCookie.printedCodes.rawValue, secret.text, maxAge: Int(CardCode.shownFor.seconds)))
    }

    private func print(_ letter: MailedCode, _ hash: String, _ secret: SecretToken, _ change: Change) throws {
        let printed = try change.conn.run(
            """
            UPDATE mailed_code SET state = 'printed', code_hash = \(hash), batch = \(secret.hash), printed_at = \(change.now),
                printed_by = \(change.principal.signedIn), expires_at = \(change.now + MailedCode.lifetime), tries = 0
            WHERE id = \(letter.id) AND state = 'waiting'
            """)
        guard printed > 0 else { return }
        let contact: ContactID? = try change.conn.value("SELECT contact_id FROM mailed_code WHERE id = \(letter.id)")
        try change.record(
            NewFact(.letterPrinted, about: .account(letter.account), and: contact.map { [.contact($0)] } ?? []))
    }

    /// The letters that this browser made just now.
    private func printed(_ visit: Visit) async throws -> WebResponse {
        let secret = visit.request.cookies[OwnCookie.printedCodes.rawValue].flatMap(SecretToken.init(presented:))
        let since = visit.now - CardCode.shownFor
        let letters = try await visit.read { conn in
            try secret.map { try MailedCode.printed(batch: $0, since: since, conn) } ?? []
        }
        let t = visit.t
        var page = visit.page(
            t("claims.letters.printTitle"),
            crumbs: [
                Crumb(title: t("claims.desk"), link: desk),
                Crumb(title: t("claims.letters.title"), link: ClaimAddresses.letters()),
            ]
        ) {
            div(.class("unprinted")) {
                h1 { t("claims.letters.printTitle") }
                if letters.isEmpty {
                    emptyState(
                        t("claims.letters.printNone"),
                        action: linkButton(t("claims.letters.title"), ClaimAddresses.letters(), quiet: true))
                } else {
                    p { t("claims.letters.printLead", ["count": .number(letters.count)]) }
                }
            }
            if let secret {
                for letter in letters {
                    PrintedSheet.letter(
                        letter, letter.code(from: secret), until: visit.day(of: letter.expiresAt ?? visit.now), visit)
                }
            }
        }
        page.isCompressible = letters.isEmpty
        return page
    }

    /// A letter that did not come out of the printer, or came back: it waits again, and its code is over.
    private func again(_ visit: Visit) async throws -> WebResponse {
        guard let id = PublicID(visit.parameter("letter")) else { throw NotFound() }
        return try await visit.change { change in
            let row = try change.conn.row(
                """
                SELECT id, account_id, contact_id FROM mailed_code
                WHERE public_id = \(id) AND state = 'printed' AND expires_at > \(change.now)
                """)
            // Pressed twice, or its code was used or is over by now: it is not in the list any more.
            guard let row else { return .init(ClaimAddresses.letters()) }
            let (letter, account, contact): (Int64, AccountID, ContactID?) = (
                try row["id"], try row["account_id"], try row["contact_id"]
            )
            try change.conn.run(
                """
                UPDATE mailed_code SET state = 'waiting', code_hash = NULL, batch = NULL, expires_at = NULL
                WHERE id = \(letter) AND state = 'printed'
                """)
            try change.record(NewFact(.letterAgain, about: .account(account), and: contact.map { [.contact($0)] } ?? []))
            return .init(ClaimAddresses.letters(), say: Phrase("claims.letters.waits"))
        }
    }
}
