internal import Crypto
internal import Database
internal import Foundation
public import HTML
public import Primitives
public import Web

/// When a session has ended, what was posted is kept, sealed with a key that only the browser has, and comes back after
/// sign-in. Works without JavaScript; nothing typed is lost (A4).
public enum KeptForms {
    static let cookieName = "kept"
    static let address = PlainAddress("/continue")
    private static let lifetime = Span.hours(2)

    static let routes: [Route] = [.get(address, .anyone, show)]

    /// Whether this browser has something waiting; sign-in then leads to it.
    public static func destination(_ request: WebRequest) -> Link? {
        request.cookies[cookieName] == nil ? nil : address()
    }

    /// - Parameters:
    ///   - step: where the person goes first: to sign in, or to enter the password again.
    ///   - notice: what is said there.
    public static func keep(_ visit: Visit, leadingTo step: Link, say notice: Phrase) async throws -> WebResponse {
        let token = SecretToken(randomness: visit.city.randomness)
        let secrets = Set(visit.submission.form.fields.filter(\.isSecret).map(\.name))
        let fields = visit.request.fields.filter { !secrets.contains($0.key) }.mapValues(JSON.string)
        let content = JSON.object(["path": .string(visit.request.path), "fields": .object(fields)]).description
        let sealed = try AES.GCM.seal(Data(content.utf8), using: key(token)).combined
        guard let sealed else { throw NotFound() }
        let isKept = try await visit.write { change in
            guard try change.allows(.keptForm, visit.request.network) else { return false }
            try tidy(at: change.now, change.conn)
            try change.conn.run(
                """
                INSERT INTO kept_form (token_hash, sealed, created_at)
                VALUES (\(token.hash), \([UInt8](sealed)), \(change.now))
                """)
            return true
        }
        guard isKept else { throw Refusal.tooMany }
        return visit.redirect(.init(step, say: notice))
            .setting(Cookie(cookieName, token.text, maxAge: 7200))
    }

    static func tidy(at now: Instant, _ conn: Connection) throws(DatabaseError) {
        try conn.run("DELETE FROM kept_form WHERE created_at < \(now - lifetime)")
    }

    private static func key(_ token: SecretToken) -> SymmetricKey {
        SymmetricKey(data: SHA256.hash(data: Data("kept-form|\(token.text)".utf8)))
    }

    /// Shows what was typed, ready to be sent.
    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let text = visit.request.cookies[cookieName], let token = SecretToken(presented: text) else { throw NotFound() }
        let oldest = visit.now - lifetime
        let sealed: [UInt8]? = try await visit.read { conn in
            try conn.value("SELECT sealed FROM kept_form WHERE token_hash = \(token.hash) AND created_at > \(oldest)")
        }
        guard let sealed, let box = try? AES.GCM.SealedBox(combined: Data(sealed)),
            let opened = try? AES.GCM.open(box, using: key(token)),
            let json = JSON(parsing: String(decoding: opened, as: UTF8.self)),
            let path = json["path"]?.string, let link = Link(local: path),
            case .found(let route, _) = visit.city.paths.match(.post, path)
        else {
            return visit.redirect(.init(SignInAddresses.home())).setting(.removing(cookieName))
        }
        let values = (json["fields"]?.object ?? [:]).compactMapValues(\.string)
        let submission = route.form.blank(values)
        let t = visit.t
        return visit.page(t("core.kept.title")) {
            h1 { t("core.kept.title") }
            p { t("core.kept.text") }
            postForm(link, once: values[onceFieldName] ?? visit.once) {
                for field in route.form.fields {
                    switch field.kind {
                    case .hidden: input(.type("hidden"), .name(field.name), .value(values[field.name] ?? ""))
                    case .choice, .radios:
                        input(.type("hidden"), .name(field.name), .value(values[field.name] ?? ""))
                        p {
                            strong { t(field.label) }; " "; values[field.name] ?? ""
                        }
                    default: submission.view(field, t)
                    }
                }
                // Boxes of a list: which there are only the page knew.
                let declared = Set(route.form.fields.map(\.name) + [onceFieldName])
                for (name, value) in values.sorted(by: { $0.key < $1.key }) where !declared.contains(name) {
                    input(.type("hidden"), .name(name), .value(value))
                }
                submitButton(t("core.kept.send"))
            }
        }.setting(.removing(cookieName))
    }
}
