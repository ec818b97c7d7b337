internal import Core
internal import Primitives
internal import Web

/// The last searches of somebody who is signed in, newest first. They are in a cookie of that browser and nowhere else: the city keeps
/// no list of what people look for (decision 16). They belong to one sign-in; signing out removes them.
struct RecentSearches {
    /// As they stand in the address of a page.
    private(set) var parameters: [String]
    private let owner: String

    private static let most = 6
    /// What every request then carries more, at the most.
    private static let longest = 900

    /// nil for a guest.
    init?(_ visit: Visit) {
        guard visit.principal.account != nil, let session = visit.identity.sessionHash else { return nil }
        owner = String(sha256("recent searches of \(session)").prefix(16))
        let parts = (visit.request.cookies[OwnCookie.recentSearches.rawValue] ?? "").split(separator: "|").map(String.init)
        parameters = parts.first == owner ? Array(parts.dropFirst().prefix(RecentSearches.most)) : []
    }

    /// - Returns: whether that changes anything.
    mutating func add(_ search: String) -> Bool {
        guard !search.isEmpty, search != parameters.first, search.utf8.count <= RecentSearches.longest / 2 else { return false }
        parameters = Array(([search] + parameters.filter { $0 != search }).prefix(RecentSearches.most))
        while parameters.joined(separator: "|").utf8.count > RecentSearches.longest { parameters.removeLast() }
        return true
    }

    var cookie: Cookie { Cookie(OwnCookie.recentSearches.rawValue, ([owner] + parameters).joined(separator: "|")) }
}
