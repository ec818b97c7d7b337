internal import Primitives

/// A picture of a real page for the guide, one for each language. `script/pictures` makes them from a demo city; the guide says
/// everything in words as well.
struct GuidePicture: Sendable {
    let name: String
    let alt: WordKey
    let height: Int

    /// Every picture is as wide as the guide's text.
    static let width = 640

    static let register = GuidePicture(name: "register", alt: "portal.picture.register", height: 390)
    static let checkEmail = GuidePicture(name: "check-email", alt: "portal.picture.checkEmail", height: 330)
    static let confirm = GuidePicture(name: "confirm", alt: "portal.picture.confirm", height: 290)
    static let finish = GuidePicture(name: "finish", alt: "portal.picture.finish", height: 980)
    static let welcome = GuidePicture(name: "welcome", alt: "portal.picture.welcome", height: 620)
    static let addContact = GuidePicture(name: "add-contact", alt: "portal.picture.addContact", height: 640)
    static let ask = GuidePicture(name: "ask", alt: "portal.picture.ask", height: 640)

    static let company = GuidePicture(name: "company", alt: "portal.picture.company", height: 560)
    static let desk = GuidePicture(name: "desk", alt: "portal.picture.desk", height: 560)
    static let suggestion = GuidePicture(name: "suggestion", alt: "portal.picture.suggestion", height: 620)

    static let all = [register, checkEmail, confirm, finish, welcome, addContact, ask, company, desk, suggestion]

    /// Below the `Web` folder.
    func file(_ language: Language) -> String { "guide/\(name).\(language.rawValue).webp" }
}
