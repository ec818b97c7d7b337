internal import Core
internal import HTML
internal import Mail
internal import Primitives

/// The two mails that "Create an account" may send: only the owner of the mailbox learns which.
enum RegistrationLetters {
    static func confirm(_ email: TypedAddress, _ token: SecretToken, _ language: Language, _ city: CityContext) -> Letter {
        let t = city.voice(language)
        return Letter(
            to: email.typed, language: language, subject: t("accounts.mail.confirm.subject"),
            paragraphs: [
                t("accounts.mail.confirm.what"), t("accounts.mail.confirm.how"), t("accounts.mail.confirm.oldPortal"),
                t("accounts.mail.confirm.notYou"),
            ],
            button: .init(
                title: t("accounts.mail.confirm.button"), url: city.url(AccountAddresses.confirm().with([("token", token.text)]))),
            closing: accountLetterClosing(city, t))
    }

    static func alreadyThere(_ account: Account, _ email: TypedAddress, _ city: CityContext) -> Letter {
        let t = city.voice(account.language)
        return Letter(
            to: email.typed, language: account.language, subject: t("accounts.mail.known.subject"),
            paragraphs: [
                t("accounts.mail.known.what"), t("accounts.mail.known.forgot"), t("accounts.mail.known.notYou"),
            ],
            button: .init(title: t("accounts.signIn.button"), url: city.url(AccountAddresses.signIn())),
            closing: accountLetterClosing(city, t))
    }
}
