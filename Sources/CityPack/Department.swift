public import Primitives

/// A part of the city that answers people: who it is, how it is reached, when it is open.
public struct Department: Sendable, Hashable {
    /// Topics point to it.
    public let key: String
    public let name: LocalizedText
    /// `303-441-1880`.
    public let phone: String
    public let email: String
    /// In lines.
    public let address: [String]
    /// By weekday, 1 is Monday. A day that is not here is closed.
    public let opening: [Int: OpeningHours]
    /// The same for people: "Tuesday to Friday, 10 a.m. to 4 p.m."
    public let hours: LocalizedText

    /// Whether somebody is there at that time of that day, holidays aside.
    public func isOpen(_ date: CivilDate, hour: Int, minute: Int) -> Bool {
        guard let hours = opening[date.weekday] else { return false }
        return (hours.from..<hours.to).contains(hour * 60 + minute)
    }
}

/// From when to when, in minutes after midnight.
public struct OpeningHours: Sendable, Hashable, CustomStringConvertible {
    public let from: Int
    public let to: Int

    /// `10:00-16:00`; nil for anything else, or when the end is not after the beginning.
    public init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(OpeningHours.minutes)
        guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
        self.from = from
        self.to = to
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 24 * 60
        else { return nil }
        return hour * 60 + minute
    }

    public var description: String {
        [from, to].map { "\(padded($0 / 60, 2)):\(padded($0 % 60, 2))" }.joined(separator: "-")
    }
}
