internal import Accounts
internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/help/ask/{topic}`: a question, with or without an account (I1, I2).
enum QuestionPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let topic = try topic(of: visit)
        let account = visit.principal.account
        let emails = try await visit.read { conn in try account.map { try Account.emails(of: $0, conn) } ?? [] }
        let t = visit.t
        return visit.page(
            t(topic.name),
            crumbs: [
                Crumb(title: t("helpDesk.help.title"), link: HelpDeskAddresses.help()),
                Crumb(title: t("helpDesk.topics.title"), link: HelpDeskAddresses.topics()),
            ]
        ) { view(visit, topic, answerTo: account == nil ? nil : emails.first?.typed) }
    }

    private static func view(_ visit: Visit, _ topic: HelpTopic, answerTo: String?) -> HTML {
        let (t, submission) = (visit.t, visit.submission)
        return group {
            submission.summary(t)
            h1 { t(topic.name) }
            p { t(topic.explanation) }
            postForm(HelpDeskAddresses.topic(topic.key), once: visit.once) {
                submission.view(QuestionForm.about, t)
                submission.view(QuestionForm.text, t)
                if let answerTo {
                    p(.class("soft")) { t("helpDesk.ask.answerTo", ["email": .text(answerTo)]) }
                } else {
                    GuestFields.view(submission, t)
                }
                p(.class("soft")) { t("helpDesk.question.due", ["count": .number(topic.workingDays)]) }
                submitButton(t("helpDesk.question.send"))
            }
        }
    }

    static func send(_ visit: Visit) async throws -> WebResponse {
        let topic = try topic(of: visit)
        return try await Receiving.take(visit) { new in
            new.kind = .question
            new.topic = topic.key
            new.workingDays = topic.workingDays
            new.caseText = try visit.submission[QuestionForm.about]
            new.partText = try visit.submission[QuestionForm.text]
        }
    }

    private static func topic(of visit: Visit) throws -> HelpTopic {
        guard let topic = visit.city.pack.topic(visit.parameter("topic")), [.question, .accountTrouble].contains(topic.kind)
        else {
            throw NotFound()
        }
        return topic
    }
}
