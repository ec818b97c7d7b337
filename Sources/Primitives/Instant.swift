/// A point in time: microseconds since 1970-01-01T00:00:00Z. Stored as it is; shown to people only through `CityClock`.
public struct Instant: Sendable, Hashable, Comparable, Codable {
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }
    public static func + (a: Instant, b: Span) -> Instant { Instant(microseconds: a.microseconds + b.microseconds) }
    public static func - (a: Instant, b: Span) -> Instant { Instant(microseconds: a.microseconds - b.microseconds) }
    public static func - (a: Instant, b: Instant) -> Span { Span(microseconds: a.microseconds - b.microseconds) }

    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

/// A length of time in microseconds.
public struct Span: Sendable, Hashable, Comparable {
    public let microseconds: Int64
    public init(microseconds: Int64) { self.microseconds = microseconds }
    public static func seconds(_ n: Int64) -> Span { Span(microseconds: n * 1_000_000) }
    public static func minutes(_ n: Int64) -> Span { .seconds(n * 60) }
    public static func hours(_ n: Int64) -> Span { .seconds(n * 3600) }
    public static func days(_ n: Int64) -> Span { .seconds(n * 86_400) }
    public static func + (a: Span, b: Span) -> Span { Span(microseconds: a.microseconds + b.microseconds) }
    public static func < (a: Span, b: Span) -> Bool { a.microseconds < b.microseconds }
    public var seconds: Double { Double(microseconds) / 1_000_000 }
}

extension Instant: CustomStringConvertible {
    /// ISO 8601 in UTC, to the second: `2026-11-22T23:21:03Z`.
    public var description: String {
        let whole = microseconds.flooredQuotient(by: 1_000_000)
        let day = whole.flooredQuotient(by: 86_400)
        let second = Int(whole - day * 86_400)
        let date = CivilDate(daysSince1970: Int(day))
        return "\(date)T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
    }

    /// Reads what `description` writes, with or without a fraction of a second (which is dropped).
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "T", maxSplits: 1)
        guard parts.count == 2, let date = CivilDate(String(parts[0])), parts[1].hasSuffix("Z") else { return nil }
        let clock = parts[1].dropLast().prefix { $0 != "." }.split(separator: ":")
        guard clock.count >= 2, let h = Int64(clock[0]), let m = Int64(clock[1]), h < 24, m < 60 else { return nil }
        let s = clock.count > 2 ? Int64(clock[2]) : 0
        guard let s, s < 61 else { return nil }
        self.init(seconds: Int64(date.daysSince1970) * 86_400 + h * 3600 + m * 60 + s)
    }
}

extension FixedWidthInteger {
    /// Division that rounds down, so that moments before 1970 fall on the right day.
    func flooredQuotient(by divisor: Self) -> Self {
        let quotient = self / divisor
        return (self % divisor < 0) ? quotient - 1 : quotient
    }
}

/// A number with leading zeros.
public func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}
