internal import Core
internal import Database
internal import HTML
internal import Jobs
internal import Mail
internal import Primitives
internal import Web

/// The particular words for somebody of the older portal who cannot sign in: create the account again with this address (A5). They go
/// by mail to that address only, once a day at most.
///
/// Every failed sign-in queues the same job, whoever it was for; whether a mail follows is decided there, so that neither the page
/// nor its time tells (A2). The owner of an account hears there of many wrong guesses.
enum OldPortalMail {
    private static let kind: JobKind = "accounts.old-portal-mail"

    static func consider(_ email: TypedEmail, _ language: Language, _ change: Change) throws {
        let payload: JSON = ["email": .string(email.typed), "language": .string(language.rawValue)]
        try JobQueue.add(NewJob(kind, payload), at: change.now, change.conn)
    }

    static func job(_ isOldPortalUser: @escaping @Sendable (FoldedEmail, Connection) throws -> Bool, oldPortal: Link) -> CityJob {
        CityJob(kind) { run, city in
            guard let email = run.payload["email"]?.string.flatMap({ TypedAddress($0) }) else { return }
            let language = run.payload["language"]?.string.flatMap(Language.init(rawValue:)) ?? .english
            try await city.write(as: .job("accounts")) { change in
                if let account = try Account.find(email: email.folded, change.conn) {
                    try DelayedGuesses.note(account.id, change)
                } else if try isOldPortalUser(email.folded, change.conn),
                    try change.allows(.oldPortalMail, email.folded.description)
                {
                    try Outbox.queue(letter(email, language, oldPortal, city), at: change.now, change.conn)
                }
                try run.finish(change.conn)
            }
        }
    }

    static func letter(_ email: TypedAddress, _ language: Language, _ oldPortal: Link, _ city: CityContext) -> Letter {
        let t = city.voice(language)
        return Letter(
            to: email.typed, language: language, subject: t("accounts.mail.oldUser.subject"),
            paragraphs: [
                t("accounts.mail.oldUser.what"), t("accounts.mail.oldUser.how", ["email": .text(email.typed)]),
                t("accounts.mail.oldUser.guide") + " " + city.url(oldPortal), t("accounts.mail.oldUser.notYou"),
            ],
            button: .init(title: t("accounts.register.title"), url: city.url(AccountAddresses.register())),
            closing: accountLetterClosing(city, t))
    }
}
