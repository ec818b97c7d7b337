public import Database
public import HTML
public import Web

/// One address of the portal: method, path, who may come, what may be sent. The table of routes serves the portal, prints
/// `routes --json`, and is the access matrix.
public struct Route: Sendable {
    public enum Access: Sendable, Hashable {
        /// Everybody; what is shown is decided by `visible(to:)`.
        case anyone
        /// Anybody who signed in, staff too.
        case signedIn
        /// A person of the public who signed in.
        case account
        /// Staff with a role that carries this action.
        case staff(Action)

        public var description: String {
            switch self {
            case .anyone: "anyone"
            case .signedIn: "signed in"
            case .account: "account"
            case .staff(let action): "staff: \(action)"
            }
        }
    }

    public typealias Handler = @Sendable (Visit) async throws -> WebResponse

    public let method: Method
    public let template: String
    public let access: Access
    public let form: Form
    /// Signals after which the page may look different; an open page then keeps itself up to date.
    public let live: Channel?
    /// Nobody hears sooner than after a while: how long it took must not tell whether an address has an account (A2).
    public private(set) var isEven = false
    /// Counted for each network address: it costs more than a page (`Limit.reading`).
    public private(set) var isCostly = false
    let handler: Handler
    /// Shows the page again with what was typed when answers cannot be taken.
    let invalid: Handler?

    private init(
        method: Method, template: String, access: Access, form: Form, live: Channel? = nil, handler: @escaping Handler,
        invalid: Handler?
    ) {
        self.method = method
        self.live = live
        self.template = template
        self.access = access
        self.form = form
        self.handler = handler
        self.invalid = invalid
    }

    /// The same, answered no sooner than `CitySettings.evenAnswer` after it was asked.
    public var even: Route {
        var copy = self
        copy.isEven = true
        return copy
    }

    /// The same, counted against `Limit.reading`.
    public var costly: Route {
        var copy = self
        copy.isCostly = true
        return copy
    }

    /// A page. `form` names the query parameters it reads, `live` the signals that change it while somebody looks at it.
    public static func get<each P>(
        _ address: Address<repeat each P>, _ access: Access, form: Form = .none, live: Channel? = nil,
        _ handler: @escaping Handler
    ) -> Route {
        Route(
            method: .get, template: address.template, access: access, form: form, live: live, handler: handler, invalid: handler)
    }

    /// Something that changes.
    /// - Parameter invalid: shows the page again; `visit.submission` holds what was typed and what is wrong.
    public static func post<each P>(
        _ address: Address<repeat each P>, _ access: Access, form: Form = .none, invalid: Handler? = nil,
        _ handler: @escaping Handler
    ) -> Route {
        Route(method: .post, template: address.template, access: access, form: form, handler: handler, invalid: invalid)
    }
}
