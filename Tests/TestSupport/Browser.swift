public import Core
internal import Foundation
public import Primitives
internal import Synchronization
public import Web

/// Somebody at a browser: keeps cookies, follows nothing by itself, sends what a real one sends. Runs the real dispatcher.
public final class Browser: Sendable {
    public static let origin = "http://localhost:8080"
    let city: TestCity
    private let language: Language
    /// What it calls itself, for tests in which that matters.
    private let agent: String?
    private let cookies = Mutex<[String: String]>([:])

    init(_ city: TestCity, language: Language, agent: String? = nil) {
        self.city = city
        self.agent = agent
        self.language = language
    }

    /// The answer to a request.
    public struct Answer: Sendable {
        public let status: Int
        public let text: String
        public let location: String?
        public let headers: [String: String]
    }

    @discardableResult
    public func get(_ address: String, accept: String = "text/html", headers: [String: String] = [:]) async -> Answer {
        await send(.get, address, fields: [:], headers: headers.merging(["accept": accept]) { $1 })
    }

    /// - Parameter once: the once-key of the form; a new one when nil, as a freshly loaded page has.
    @discardableResult
    public func post(_ address: String, _ fields: [String: String] = [:], once: String? = nil) async -> Answer {
        var fields = fields
        fields[onceFieldName] = once ?? SecretToken(randomness: .system).text
        return await send(
            .post, address, fields: fields,
            headers: ["accept": "text/html", "sec-fetch-site": "same-origin", "origin": Browser.origin])
    }

    /// Follows redirects to the page at their end.
    public func follow(_ answer: Answer) async -> Answer {
        var current = answer
        for _ in 0..<5 {
            guard let location = current.location else { return current }
            current = await get(location)
        }
        return current
    }

    /// A session without the sign-in page.
    public func signIn(_ account: AccountID, staff: Bool = false) async throws {
        let token = SecretToken(randomness: .system)
        try await city.write { change in
            try change.conn.run(
                """
                INSERT INTO session (token_hash, account_id, is_staff, device, created_at, last_seen_at)
                VALUES (\(token.hash), \(account), \(staff), 'test', \(change.now), \(change.now))
                """)
        }
        cookies.withLock { $0["session"] = token.text }
    }

    /// Another request of the same browser on its way at the same moment: with the cookies of now, whatever comes back to the first.
    /// - Parameter agent: what it calls itself, where a stolen cookie is used elsewhere.
    public func asItIsNow(as agent: String? = nil) -> Browser {
        let twin = Browser(city, language: language, agent: agent ?? self.agent)
        let jar = cookies.withLock { $0 }
        twin.cookies.withLock { $0 = jar }
        return twin
    }

    public func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }
    public func clearCookies() { cookies.withLock { $0 = [:] } }

    private func send(_ method: Method, _ address: String, fields: [String: String], headers: [String: String]) async -> Answer {
        let address = address.hasPrefix(Browser.origin) ? String(address.dropFirst(Browser.origin.count)) : address
        let parts = address.split(separator: "?", maxSplits: 1)
        var headers = headers
        headers["accept-language"] = language.rawValue
        headers["user-agent"] = agent
        headers["cookie"] = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let request = WebRequest(
            method: method, path: String(parts.first ?? "/"), query: parts.count > 1 ? URLEncoding.dictionary(parts[1]) : [:],
            fields: fields, headers: headers, remoteAddress: "127.0.0.1", id: "test")
        let response = await Dispatcher(city.context).respond(to: request)
        cookies.withLock { jar in
            for cookie in response.cookies { jar[cookie.name] = cookie.maxAge == 0 ? nil : cookie.value }
        }
        var text = String(decoding: response.body, as: UTF8.self)
        if let stream = response.stream, response.header("content-type")?.hasPrefix("text/event-stream") != true {
            let pieces = Pieces()
            do { try await stream { pieces.add($0) } } catch { pieces.add("\n[broken off: \(error)]") }
            text += pieces.text
        }
        return Answer(
            status: response.status, text: text, location: response.header("location"),
            headers: Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
}

/// What a file sends piece by piece.
private final class Pieces: Sendable {
    private let all = Mutex("")
    var text: String { all.withLock { $0 } }
    func add(_ piece: String) { all.withLock { $0 += piece } }
}

/// What an open page hears from the server.
public final class Events: Sendable {
    private let pieces: AsyncStream<String>
    private let task: Task<Void, Never>

    fileprivate init(
        _ stream: @escaping @Sendable (_ write: (String) async throws -> Void) async throws -> Void
    ) {
        let (pieces, continuation) = AsyncStream.makeStream(of: String.self)
        self.pieces = pieces
        task = Task {
            try? await stream { continuation.yield($0) }
            continuation.finish()
        }
    }

    deinit { task.cancel() }

    /// Waits for a piece that is meant.
    /// - Returns: false when the stream ended before.
    @discardableResult
    public func next(where isMeant: (String) -> Bool = { _ in true }) async -> Bool {
        for await piece in pieces where isMeant(piece) { return true }
        return false
    }
}

extension Browser {
    /// Keeps a page open; nil when it does not keep itself up to date for this visitor.
    public func listen(_ address: String) async -> Events? {
        let request = WebRequest(
            method: .get, path: address,
            headers: ["accept": "text/event-stream", "cookie": cookie("session").map { "session=\($0)" } ?? ""], id: "test")
        return await Dispatcher(city.context).respond(to: request).stream.map(Events.init)
    }
}
