internal import Database
public import HTML
public import Primitives
public import Web

/// Thrown by a handler for what is not there, or not for this person: both look the same (incident 5).
public struct NotFound: Error, Sendable {
    public init() {}
}

/// Thrown by a handler that refuses, with a sentence that says what to do.
public struct Refusal: Error, Sendable {
    public let status: Int
    public let phrase: Phrase
    /// Seconds after which the same may be tried again.
    public let retryAfter: Int64?
    public init(_ key: WordKey, _ arguments: [String: WordArgument] = [:], status: Int = 409, retryAfter: Int64? = nil) {
        self.status = status
        self.retryAfter = retryAfter
        phrase = Phrase(key, arguments)
    }
    public static let tooMany = Refusal("core.tooMany.text", status: 429)

    /// Too many guesses at a secret: the next one may be made after that time.
    public static func tooEarly(_ wait: Span) -> Refusal {
        let seconds = wait.microseconds / 1_000_000 + 1
        return Refusal(
            "core.tooMany.wait", ["count": .number(Int((seconds + 59) / 60))], status: 429, retryAfter: seconds)
    }
}

/// From request to response: finds the route, asks who comes, decides access, runs the handler, makes pages of errors.
public struct Dispatcher: Sendable {
    private let city: CityContext

    public init(_ city: CityContext) { self.city = city }

    /// Answers, counts and logs. The log names the route, never the address: that may hold a name or a token.
    public func respond(to request: WebRequest) async -> WebResponse {
        let start = ContinuousClock.now
        city.metrics.begin()
        let (response, identity) = await answer(request)
        await SecurityLog(city).note(response, to: request, by: identity)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let route = response.route.isEmpty ? "none" : response.route
        city.metrics.end(request.method.rawValue, route, status: response.status, seconds: seconds)
        city.log.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route)", "status": "\(response.status)",
                "ms": "\(Int((seconds * 1000).rounded()))", "request": "\(request.id)",
            ])
        return response
    }

    private func answer(_ request: WebRequest) async -> (WebResponse, Identity) {
        if request.method == .get, request.path.hasPrefix("/assets/") {
            let name = String(request.path.dropFirst("/assets/".count))
            let acceptsGzip = request.header("accept-encoding")?.contains("gzip") ?? false
            if let asset = city.assets.response(for: name, acceptsGzip: acceptsGzip) {
                return (asset.on("/assets/{name}"), .guest)
            }
        }
        var identity = Identity.guest
        do {
            identity = try await city.identify(request, city)
            return (try await route(request, identity), identity)
        } catch {
            return (failed(error, visit(request, identity, form: .none)), identity)
        }
    }

    private func route(_ request: WebRequest, _ identity: Identity) async throws -> WebResponse {
        switch city.paths.match(request.method, request.path) {
        case .none: return Dispatcher.problem(visit(request, identity, form: .none), 404)
        case .wrongMethod: return Dispatcher.problem(visit(request, identity, form: .none), 405)
        case .found(let route, let parameters):
            if route.isCostly, let refused = city.reading.take(request, city.numbers(.reading), at: city.clock.now) {
                var response = failed(Refusal.tooEarly(refused.wait), visit(request, identity, form: .none))
                response.isOneOfMany = !refused.isFirst
                return response.on(route.template)
            }
            let begun = ContinuousClock.now
            let response = try await serve(route, parameters, request, identity).on(route.template)
            // A request that is given up is not waited for.
            if route.isEven { try? await Task.sleep(until: begun + city.settings.evenAnswer, tolerance: .zero) }
            return response
        }
    }

    private func serve(
        _ route: Route, _ parameters: [String: String], _ request: WebRequest, _ identity: Identity
    ) async throws -> WebResponse {
        var request = request
        request.parameters = parameters
        request.route = route.template
        guard OriginCheck.allows(request, origin: city.settings.baseURL) else {
            return Dispatcher.problem(visit(request, identity, form: .none), 403)
        }
        var visit = visit(request, identity, form: route.form, isLive: route.live != nil)
        guard allows(route.access, identity.principal) else { return try await turnedAway(route, visit) }
        if identity.needsSecondStep, case .staff = route.access { return withoutSecondStep(visit) }
        if let channel = route.live, request.header("accept") == "text/event-stream" {
            return LivePage.events(channel, city) { [self, request] in await page(route, request) }
        }
        do {
            return try await route.handler(visit)
        } catch let error as InvalidForm {
            guard let invalid = route.invalid else {
                return Dispatcher.problem(visit, 422, error.submission.problems.first?.phrase)
            }
            visit = visit.with(error.submission)
            return try await invalid(visit)
        } catch {
            return failed(error, visit, route.template)
        }
    }

    /// The page as whoever asked would see it now: the session is looked up again.
    private func page(_ route: Route, _ request: WebRequest) async -> String? {
        guard let identity = try? await city.identify(request, city), allows(route.access, identity.principal),
            !identity.needsSecondStep, let response = try? await route.handler(visit(request, identity, form: route.form)),
            response.status == 200
        else { return nil }
        return LivePage.visible(String(decoding: response.body, as: UTF8.self))
    }

    private func allows(_ access: Route.Access, _ principal: Principal) -> Bool {
        switch access {
        case .anyone: true
        case .signedIn: principal.signedIn != nil
        case .account: principal.account != nil
        case .staff(let action): city.access.may(action, principal)
        }
    }

    /// A guest signs in and comes back, with what was typed; anybody else finds nothing here.
    private func turnedAway(_ route: Route, _ visit: Visit) async throws -> WebResponse {
        guard case .guest = visit.principal else { return Dispatcher.problem(visit, 403) }
        if visit.request.wantsJSON { return Dispatcher.problem(visit, 401) }
        let signIn: Link = if case .staff = route.access { SignInAddresses.staff() } else { SignInAddresses.portal() }
        guard route.method == .post else { return .redirect(signIn.with([("return", visit.request.address)])) }
        return try await KeptForms.keep(visit, leadingTo: signIn, say: Phrase("core.kept.signIn"))
    }

    /// Leads to where a second step is added. What was typed is not kept: nobody gets as far as a form.
    private func withoutSecondStep(_ visit: Visit) -> WebResponse {
        let phrase = Phrase("core.secondStep.first")
        guard !visit.request.wantsJSON else { return Dispatcher.problem(visit, 403, phrase) }
        return visit.redirect(.init(SignInAddresses.security(), say: phrase))
    }

    private func visit(_ request: WebRequest, _ identity: Identity, form: Form, isLive: Bool = false) -> Visit {
        let language =
            identity.language ?? request.cookies["language"].flatMap(Language.init(rawValue:))
            ?? Language(acceptLanguage: request.header("accept-language"))
        let submission: Submission =
            request.method == .post
            ? form.read(request.fields) : (form.fields.isEmpty ? form.blank() : form.blank(form.fitting(request.query)))
        return Visit(
            request: request, city: city, identity: identity, t: city.voice(language), submission: submission,
            once: SecretToken(randomness: city.randomness).text, notice: Notices.read(request), isLive: isLive)
    }

    private func failed(_ error: any Error, _ visit: Visit, _ route: String = "none") -> WebResponse {
        switch error {
        case is NotFound: return Dispatcher.problem(visit, 404)
        case let refusal as Refusal:
            var response = Dispatcher.problem(visit, refusal.status, refusal.phrase)
            if let seconds = refusal.retryAfter { response.set("retry-after", "\(seconds)") }
            return response
        default:
            city.log.error(
                "request failed", metadata: ["request": "\(visit.request.id)", "route": "\(route)", "error": "\(error)"])
            let isAway = (error as? DatabaseError).map { [.connectionLost, .storage, .serialization].contains($0.kind) } ?? false
            return Dispatcher.problem(visit, isAway ? 503 : 500)
        }
    }

    /// The help desk serves it.
    private static let askForAccess = PlainAddress("/access-request")

    /// What happened and what to do: a page for people, RFC 9457 for machines.
    static func problem(_ visit: Visit, _ status: Int, _ phrase: Phrase? = nil) -> WebResponse {
        let visit = visit.still.with(Form.none.blank())
        let t = visit.t
        let (title, text): (WordKey, WordKey) =
            switch status {
            case 401: ("core.forbidden.title", "core.forbidden.signIn")
            case 403 where !OriginCheck.allows(visit.request, origin: visit.city.settings.baseURL):
                ("core.otherPage.title", "core.otherPage.text")
            case 403: ("core.forbidden.title", "core.forbidden.text")
            case 404 where visit.principal == .guest: ("core.notFound.title", "core.notFound.text")
            case 404: ("core.notFound.title", "core.notFound.signedIn")
            case 405: ("core.notFound.title", "core.wrongMethod.text")
            case 429: ("core.tooMany.title", "core.tooMany.text")
            case 500...: ("core.failed.title", "core.failed.text")
            default: ("core.refused.title", "core.refused.text")
            }
        let sentence = phrase.map { t($0) } ?? t(text)
        if visit.request.wantsJSON {
            let body = JSON.object(["title": .string(t(title)), "detail": .string(sentence), "status": .integer(Int64(status))])
            return .json(body.description, status: status, type: "application/problem+json")
        }
        return visit.page(t(title), status: status) {
            h1 { t(title) }
            p { sentence }
            if status == 404 {
                ul {
                    if visit.principal == .guest {
                        let back = visit.request.method == .get ? visit.request.address : nil
                        li { a(SignInAddresses.portal().with([("return", back)])) { t("core.notFound.signIn") } }
                    }
                    if !visit.principal.isStaff { li { a(askForAccess()) { t("core.notFound.ask") } } }
                    li { a(SignInAddresses.home()) { t("core.toHome") } }
                }
            }
            if status >= 500 { p(.class("soft")) { t("core.failed.number", ["number": .text(visit.request.id)]) } }
            if status != 404 { p { a(SignInAddresses.home()) { t("core.toHome") } } }
        }
    }
}

/// The addresses the core itself must send people to.
public enum SignInAddresses {
    public static let home = PlainAddress("/")
    public static let portal = PlainAddress("/sign-in")
    public static let staff = PlainAddress("/staff/sign-in")
    public static let security = PlainAddress("/account/security")
}

extension WebResponse {
    fileprivate func on(_ template: String) -> WebResponse {
        var copy = self
        copy.route = template
        return copy
    }
}
