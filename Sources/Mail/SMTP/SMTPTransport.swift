internal import Foundation
internal import Primitives

extension MailTransport {
    /// Sends by a mail server, in the name of one address.
    public static func smtp(_ server: SMTPServer, from sender: MailAddress) -> MailTransport {
        let delivery = SMTPDelivery(server)
        let host = sender.address.split(separator: "@").last.map(String.init) ?? "localhost"
        return MailTransport(
            deliver: { mail in
                // Mails queued before there were ids of this kind have none.
                let left = mail.messageID.isEmpty ? "mail-\(mail.id)" : mail.messageID
                let recipient: MailAddress
                let message: MIMEMessage
                do throws(MailProblem) {
                    recipient = try MailAddress(mail.to)
                    message = try MIMEMessage(
                        from: sender, to: recipient, subject: mail.subject, date: mail.at, messageID: "\(left)@\(host)",
                        language: mail.language, text: mail.text, html: mail.html)
                } catch { return .refused(reply: "\(error)") }
                switch await delivery.deliver(message, from: sender, to: recipient) {
                case .accepted(let reply): return .accepted(reply: reply)
                case .refused(let code, let reply): return .refused(reply: "\(code) \(reply)")
                // Whether a copy arrived nobody can say; its Message-ID lets the receiver tell a second one.
                case .later(let reason), .unknown(let reason): return .later(reason: reason)
                }
            },
            check: { await delivery.check() })
    }
}
