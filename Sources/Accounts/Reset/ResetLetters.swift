internal import Core
internal import HTML
internal import Mail
internal import Primitives

/// The two mails that "Reset your password" may send: only the owner of the mailbox learns which.
enum ResetLetters {
    static func choose(_ account: Account, _ email: TypedAddress, _ token: SecretToken, _ city: CityContext) -> Letter {
        let t = city.voice(account.language)
        return Letter(
            to: email.typed, language: account.language, subject: t("accounts.mail.reset.subject"),
            paragraphs: [t("accounts.mail.reset.what"), t("accounts.mail.reset.how"), t("accounts.mail.reset.notYou")],
            button: .init(
                title: t("accounts.choose.title"), url: city.url(AccountAddresses.choosePassword().with([("token", token.text)]))),
            closing: accountLetterClosing(city, t))
    }

    static func noAccount(_ email: TypedAddress, _ language: Language, _ city: CityContext) -> Letter {
        let t = city.voice(language)
        return Letter(
            to: email.typed, language: language, subject: t("accounts.mail.noAccount.subject"),
            paragraphs: [t("accounts.mail.noAccount.what"), t("accounts.oldPortal"), t("accounts.mail.noAccount.notYou")],
            button: .init(title: t("accounts.register.title"), url: city.url(AccountAddresses.register())),
            closing: accountLetterClosing(city, t))
    }
}
