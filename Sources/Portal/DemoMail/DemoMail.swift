internal import Core
internal import HTML
internal import Mail
internal import Primitives
internal import Web

enum DemoMailAddresses {
    static let list = PlainAddress("/demo/mail")
    static let json = PlainAddress("/demo/mail.json")
    static let show = Address<Int64>("/demo/mail/{id}")
    static let html = Address<Int64>("/demo/mail/{id}/html")
}

/// Every mail of a demo city, for whoever tries it out. These routes exist in demo mode only.
enum DemoMail {
    static let routes: [Route] = [
        .get(DemoMailAddresses.list, .anyone, list),
        .get(DemoMailAddresses.json, .anyone, json),
        .get(DemoMailAddresses.show, .anyone, show),
        .get(DemoMailAddresses.html, .anyone, html),
    ]
    private static let most = 200

    private static func list(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let mails = try await visit.read { conn in try Outbox.newest(most, conn) }
        return visit.page(t("portal.mail.title")) {
            h1 { t("portal.mail.title") }
            p { t("portal.mail.lead") }
            if mails.isEmpty {
                emptyState(t("portal.mail.none"))
            } else {
                listRows(
                    mails.map { mail in
                        ListRow(
                            title: a(DemoMailAddresses.show(mail.id), .lang(mail.language.rawValue)) { mail.subject },
                            subtitle: t("portal.mail.to", ["to": .text(mail.to)]),
                            note: visit.shortMoment(mail.at))
                    }, label: t("portal.mail.title"))
            }
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let mail = try await mail(visit)
        return visit.page(mail.subject, crumbs: [Crumb(title: t("portal.mail.title"), link: DemoMailAddresses.list())]) {
            h1(.lang(mail.language.rawValue)) { mail.subject }
            p(.class("soft")) {
                t("portal.mail.to", ["to": .text(mail.to)]); " · "; visit.shortMoment(mail.at)
            }
            p(.class("unprinted")) { a(DemoMailAddresses.html(mail.id)) { t("portal.mail.html") } }
            div(.class("prose"), .lang(mail.language.rawValue)) {
                for paragraph in mail.text.split(separator: "\n\n") where paragraph.hasPrefix("http") == false {
                    p {
                        let lines = paragraph.split(separator: "\n")
                        for (index, line) in lines.enumerated() {
                            if index > 0 { br() }
                            if let link = Link(mailed: String(line)) { a(link) { String(line) } } else { String(line) }
                        }
                    }
                }
            }
        }
    }

    private static func mail(_ visit: Visit) async throws -> Outbox.Kept {
        guard let id = Int64(visit.parameter("id")), let mail = try await visit.read({ conn in try Outbox.find(id, conn) }) else {
            throw NotFound()
        }
        return mail
    }

    /// The mail's own HTML, as a mail program shows it: alone, with its own styles and nothing else.
    private static func html(_ visit: Visit) async throws -> WebResponse {
        var response = WebResponse.html(try await mail(visit).html)
        response.set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        // It may hold a link that opens something.
        response.isCompressible = false
        return response
    }

    private static func json(_ visit: Visit) async throws -> WebResponse {
        let mails = try await visit.read { conn in try Outbox.newest(most, conn) }
        let list = mails.map { mail in
            JSON.object([
                "to": .string(mail.to), "subject": .string(mail.subject), "text": .string(mail.text),
                "links": .array(mail.link.map { [.string($0)] } ?? []), "at": .string(mail.at.description),
            ])
        }
        return .json(JSON.array(list).description)
    }
}
