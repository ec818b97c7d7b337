public import Primitives

/// Where a case stands on the dashboard (D4). Every status has exactly one.
public enum Bucket: String, Sendable, CaseIterable, Codable {
    case attention, pending, active, closed, draft
}

/// Who has to do something next (D4).
public enum Turn: String, Sendable, CaseIterable, Codable {
    case applicant, city, nobody
}

/// How a status tag looks. The word says it; the color repeats it.
public enum Tone: String, Sendable, CaseIterable, Codable {
    case attention, waiting, good, calm
}

/// The steps of the progress line on a case, in order.
public enum ProgressStep: String, Sendable, CaseIterable, Codable {
    case submitted, complete, review, payment, issued, finished
}

/// The one word people see for a case, mapped to everything else: bucket, turn, BLDS (D3).
public struct Status: Sendable, Hashable {
    /// Stable and in stored rows: `pending-at-applicant`.
    public let key: String
    public let name: LocalizedText
    /// The value of `StatusCurrentMapped` in the BLDS open data (J4).
    public let blds: String
    /// The BLDS value once the case has an inspection, where it differs.
    public let bldsOnceInspected: String?
    public let bucket: Bucket
    public let turn: Turn
    public let tone: Tone
    public let step: ProgressStep
    /// What happens next or what to do, in a sentence or two; `next(in:phone:)` says it for a case.
    public let next: LocalizedText
    /// Other words for it where a kind of case needs them: nobody applied for a code case.
    public let nextByModule: [CaseModule: LocalizedText]
    /// Whether a case can begin in it.
    public let isStart: Bool
    /// Keys of the statuses from which a case comes to it. With `isStart` this makes every status reachable.
    public let after: [String]
    /// What older systems call it, exactly as they write it (K6).
    public let importNames: [String]

    /// What happens next with a case of that kind, or what to do.
    /// - Parameter phone: the city's, for `{phone}` in the words.
    public func next(in module: CaseModule, phone: String) -> LocalizedText {
        let words = nextByModule[module] ?? next
        func said(_ text: String) -> String { text.replacing("{phone}", with: phone) }
        return LocalizedText(english: said(words.english), spanish: said(words.spanish))
    }
}

/// The Building & Land Development Specification (BLDS).
public enum BLDS {
    /// The values that `StatusCurrentMapped` may have.
    public static let statuses = [
        "Application Accepted", "Fees/Payment", "In Review", "Permit Issued", "Inspection Phase", "Permit Finaled",
        "Finaled with Conditions", "Occupancy", "Appeal", "Permit Cancelled",
    ]
}
