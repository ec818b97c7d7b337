public import Database
public import HTML
public import Primitives
public import Web

/// One request of one principal, with everything a page needs. Plain values: it goes anywhere.
public struct Visit: Sendable {
    public let request: WebRequest
    public let city: CityContext
    public let identity: Identity
    public let t: Voice
    /// What was sent with the route's form, checked; blank for a page.
    public let submission: Submission
    /// A new once-key for the forms of this page.
    public let once: String
    /// A sentence left by the step before ("You now act for …").
    public let notice: Phrase?
    /// Whether the page keeps itself up to date while it is open.
    public let isLive: Bool

    public var principal: Principal { identity.principal }
    public var language: Language { t.language }
    public var now: Instant { city.clock.now }
    public var today: CivilDate { city.cityClock.today }

    public func parameter(_ name: String) -> String { request.parameters[name] ?? "" }
    public func query(_ name: String) -> String { request.query[name] ?? "" }

    public func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await city.db.read(body)
    }

    /// May this principal do that with the thing?
    public func may(_ action: Action, on id: Int64, _ conn: Connection) throws(DatabaseError) -> Bool {
        try city.access.may(action, principal, on: id, conn)
    }

    /// A transaction as this principal. For forms use `change`, which makes repeats harmless.
    public func write<Result: Sendable>(_ body: @escaping @Sendable (Change) throws -> Result) async throws -> Result {
        try await city.write(as: principal, body)
    }

    /// What a form did: where to go, and what to say there.
    public struct Outcome: Sendable {
        public let link: Link
        public let notice: Phrase?
        public init(_ link: Link, say notice: Phrase? = nil) {
            self.link = link
            self.notice = notice
        }
    }

    private var onceKey: String? {
        request.fields[onceFieldName].map { sha256("\(principal.actor)|\(request.path)|\($0)") }
    }

    /// What this form led to when it was taken already: for what must happen before `change` and not be done twice either.
    public func earlier(_ conn: Connection) throws(DatabaseError) -> Outcome? {
        guard let key = onceKey else { return nil }
        let stored: String? = try conn.value("SELECT result FROM once_key WHERE hash = \(key)")
        return stored.flatMap(Outcome.init(stored:))
    }

    /// Takes a form once: key and result are stored in the same transaction, a repeat gets the first result.
    public func change(_ body: @escaping @Sendable (Change) throws -> Outcome) async throws -> WebResponse {
        let key = onceKey
        let take: @Sendable (Change) throws -> Outcome = { change in
            guard let key else { return try body(change) }
            if let outcome = try earlier(change.conn) { return outcome }
            let outcome = try body(change)
            try change.conn.run(
                "INSERT INTO once_key (hash, result, created_at) VALUES (\(key), \(outcome.stored), \(change.now))")
            return outcome
        }
        do { return redirect(try await write(take)) } catch let error as DatabaseError
            where error.kind == .outcomeUnknown && key != nil
        {
            // Nobody could say whether it was kept; the key can.
            return redirect(try await write(take))
        }
    }

    public func redirect(_ outcome: Outcome) -> WebResponse {
        let response = WebResponse.redirect(outcome.link)
        guard let notice = outcome.notice else { return response }
        return response.setting(Notices.cookie(notice))
    }

    /// A page in the portal's frame.
    public func page(
        _ title: String, status: Int = 200, crumbs: [Crumb] = [], isIndexed: Bool = false, scripts: [String] = [],
        @HTMLBuilder content: () -> HTML
    ) -> WebResponse {
        let problem = submission.isValid ? title : "\(t("core.error")): \(title)"
        let page = PageContent(
            title: problem, crumbs: crumbs, content: content(), isIndexed: isIndexed, scripts: scripts)
        let response = WebResponse.html(city.layout(self, page), status: submission.isValid ? status : 422)
        return notice == nil ? response : response.setting(.removing(Notices.cookieName))
    }

    func with(_ submission: Submission) -> Visit { with(submission, isLive: isLive) }

    /// The same visit to a page that does not update itself.
    var still: Visit { with(submission, isLive: false) }

    private func with(_ submission: Submission, isLive: Bool) -> Visit {
        Visit(
            request: request, city: city, identity: identity, t: t, submission: submission, once: once, notice: notice,
            isLive: isLive)
    }
}

/// What a page puts into the frame.
public struct PageContent: Sendable {
    public let title: String
    public let crumbs: [Crumb]
    public let content: HTML
    public let isIndexed: Bool
    /// What this page needs beside the script of every page: names of files in `Web`.
    public let scripts: [String]
}

extension Visit.Outcome {
    init?(stored: String) {
        guard let json = JSON(parsing: stored), let path = json["link"]?.string, let link = Link(local: path) else { return nil }
        self.init(link, say: json["notice"]?.string.flatMap(Phrase.init(stored:)))
    }
    var stored: String {
        JSON.object(["link": .string(link.description), "notice": notice.map { .string($0.stored) } ?? .null]).description
    }
}
