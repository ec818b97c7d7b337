internal import Database
internal import Primitives
internal import Web

/// What the dispatcher itself sees of an answer: refusals of every kind.
struct SecurityLog: Sendable {
    private let city: CityContext

    init(_ city: CityContext) { self.city = city }

    func note(_ response: WebResponse, to request: WebRequest, by identity: Identity) async {
        guard let kind = kind(response, request, identity) else { return }
        await keep(
            SecurityEvent(kind, account: identity.principal.signedIn), request,
            route: response.route.isEmpty ? "none" : response.route)
    }

    private func kind(_ response: WebResponse, _ request: WebRequest, _ identity: Identity) -> SecurityEvent.Kind? {
        switch response.status {
        case 403: OriginCheck.allows(request, origin: city.settings.baseURL) ? .refused : .otherSite
        // Guests meet addresses that are not there by old links and by search engines.
        case 404: identity.principal.signedIn != nil && response.route.contains("{") ? .notThere : nil
        case 422: .notTaken
        case 429: response.isOneOfMany ? nil : .tooMany
        default: nil
        }
    }

    func keep(_ event: SecurityEvent, _ request: WebRequest, route: String) async {
        let now = city.clock.now
        do {
            try await city.db.write { conn in try event.keep(from: request, route: route, at: now, conn) }
        } catch {
            city.log.error(
                "a security event was not kept",
                metadata: ["kind": "\(event.kind.rawValue)", "request": "\(request.id)", "error": "\(error)"])
        }
    }
}
