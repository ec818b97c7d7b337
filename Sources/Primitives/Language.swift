/// The languages the portal speaks (A9). Both are complete; a missing word fails a test.
public enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case spanish = "es"

    /// The best of ours for an `Accept-Language` header; English when none fits.
    public init(acceptLanguage: String?) {
        for range in (acceptLanguage ?? "").split(separator: ",") {
            let tag = range.prefix { $0 != ";" }.trimmingPrefix(while: \.isWhitespace).prefix(2).lowercased()
            if let language = Language(rawValue: tag) { self = language; return }
        }
        self = .english
    }
}

/// A text that a city wrote in every language of the portal.
public struct LocalizedText: Sendable, Hashable, Codable {
    public let english: String
    public let spanish: String

    public init(english: String, spanish: String) {
        self.english = english
        self.spanish = spanish
    }

    public subscript(_ language: Language) -> String {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }
}
