/// Cookies that hold something of whoever is signed in: signing out removes them all.
public enum OwnCookie: String, Sendable, CaseIterable {
    case recentSearches = "recent-searches"
    case nextPage = "next"
    /// Of staff: codes that were made to be printed.
    case printedCodes = "printed-codes"
}
