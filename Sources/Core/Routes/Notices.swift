internal import Foundation
public import Primitives
internal import Web

/// The sentence that one step leaves for the next page, kept in a cookie for a minute so that a guest has it too.
/// It is said escaped, in the reader's language, from our own words: whoever forges it fools only themselves.
enum Notices {
    static let cookieName = "notice"

    static func cookie(_ phrase: Phrase) -> Cookie {
        Cookie(cookieName, Data(phrase.stored.utf8).base64EncodedString().replacingOccurrences(of: "=", with: ""), maxAge: 60)
    }

    static func read(_ request: WebRequest) -> Phrase? {
        guard var text = request.cookies[cookieName], text.count < 2000 else { return nil }
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) }.flatMap(Phrase.init(stored:))
    }
}

extension Phrase {
    public var stored: String {
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    public init?(stored: String) {
        guard let phrase = try? JSONDecoder().decode(Phrase.self, from: Data(stored.utf8)) else { return nil }
        self = phrase
    }
}
