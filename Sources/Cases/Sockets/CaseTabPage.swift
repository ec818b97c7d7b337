public import Core
public import Database
public import HTML
public import Primitives
public import Web

/// The page of a tab that another feature adds to cases: the case's own heading, status and tabs around what the feature shows.
public enum CaseTabPage {
    /// - Parameters:
    ///   - right: what the visitor must be allowed to do with the case; whoever may not gets the answer for an unknown number.
    ///   - load: reads what the tab shows, for whoever is looking.
    public static func show<Model: Sendable>(
        _ visit: Visit, at address: Address<String>, tab: WordKey, right: Action? = nil,
        load: @escaping @Sendable (SeenCase, Connection) throws -> Model, view: (SeenCase, Model) -> HTML
    ) async throws -> WebResponse {
        try await CasePage.show(
            visit, at: address, tab: tab,
            load: { seen, conn in
                if let right, try !seen.may(right, conn) { throw NotFound() }
                return try load(seen, conn)
            },
            view: { head, model in view(head.seen, model) })
    }
}
