internal import Database
public import Primitives
internal import ServiceLifecycle
internal import Web

/// Keeps an open page up to date: the browser asks for the page's own address as a stream of events, and hears when the page
/// would look different now. The page is made anew each time, by the same route for the same session: who may no longer see it
/// hears nothing more, and there is no second way to the data. Without JavaScript the page is as it was when it was loaded.
enum LivePage {
    /// A signal may be lost; nobody waits longer than this for what it would have said.
    private static let pause = Duration.seconds(5)
    /// So many pages a process keeps up to date; others are loaded again by hand.
    static let most = 200

    /// - Parameter page: the page's bytes as they would be sent now; nil when it is no longer to be seen.
    static func events(
        _ channel: Channel, _ city: CityContext, page: @escaping @Sendable () async -> String?
    ) -> WebResponse {
        guard city.metrics.opensStream(most: most) else { return .text("Too many pages are kept up to date.\n", status: 503) }
        var response = WebResponse(
            status: 200, headers: [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-store")],
            isCompressible: false)
        response.stream = { write in
            defer { city.metrics.endsStream() }
            var shown: String?
            let wakeUps = city.db.wakeUps(channel, every: pause)
            defer { wakeUps.end() }
            for await _ in wakeUps.elements.cancelOnGracefulShutdown() {
                guard let now = await page() else { return }
                // A comment, so that a browser that is gone is noticed.
                try await write(now == shown || shown == nil ? ": open\n\n" : "event: change\ndata:\n\n")
                shown = now
            }
        }
        return response
    }

    /// What a reader sees of a page: without the keys and marks that are new each time.
    static func visible(_ html: String) -> String {
        let start = html.range(of: "<main")?.lowerBound ?? html.startIndex
        return sha256(String(html[start...].replacing(/value="[a-z2-7]{32}"/, with: "")))
    }
}
