internal import CityPack
internal import Primitives

enum TopicKind: String, Sendable {
    case caseAccess = "case-access", contactCorrection = "contact-correction", primaryEmail = "primary-email", accountTrouble =
        "account-trouble", question
}
struct HelpTopic: Sendable {
    let key: String
    let name: LocalizedText
    let explanation: LocalizedText
    let kind: TopicKind
    let workingDays: Int
}
struct Macro: Sendable {
    let key: String
    let name: LocalizedText
    let text: LocalizedText
    let topics: [String]
    func text(name: String, number: String, phone: String) -> LocalizedText {
        func said(_ text: String) -> String {
            text.replacing("{number}", with: number).replacing("{phone}", with: phone).replacing("{name}", with: name)
        }
        return LocalizedText(english: said(text.english), spanish: said(text.spanish))
    }
}
extension CityPack {
    var topics: [HelpTopic] {
        [
            .init(
                key: "case-access", name: .init(english: "Access to a case", spanish: "Acceso a un caso"),
                explanation: .init(english: "x", spanish: "x"), kind: .caseAccess, workingDays: 3),
            .init(
                key: "contact-correction", name: .init(english: "Correct a contact", spanish: "Corregir un contacto"),
                explanation: .init(english: "x", spanish: "x"), kind: .contactCorrection, workingDays: 3),
            .init(
                key: "primary-email", name: .init(english: "Designate our company's primary email", spanish: "Designar"),
                explanation: .init(english: "x", spanish: "x"), kind: .primaryEmail, workingDays: 3),
            .init(
                key: "permit-question", name: .init(english: "Question about a permit", spanish: "Pregunta"),
                explanation: .init(english: "x", spanish: "x"), kind: .question, workingDays: 3),
        ]
    }
    var macros: [Macro] {
        [
            .init(
                key: "ask-number", name: .init(english: "Ask for the number", spanish: "Pedir el número"),
                text: .init(
                    english: "Hello {name}, which case number is it? Call {phone}.",
                    spanish: "Hola {name}, ¿qué número de caso es? Llame al {phone}."), topics: [])
        ]
    }
}
