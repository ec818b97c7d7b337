/// An amount in whole cents of U.S. dollars. Never a floating-point number.
public struct Money: Sendable, Hashable, Comparable, Codable, AdditiveArithmetic {
    public let cents: Int64

    public init(cents: Int64) { self.cents = cents }
    public static let zero = Money(cents: 0)

    /// Reads `1,234`, `1234.5` and `$1,234.50`; nil when it is no amount or has parts of a cent.
    public init?(_ text: String) {
        var digits = text.filter { $0 != "," && $0 != "$" && $0 != " " }
        let negative = digits.first == "-"
        if negative { digits.removeFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let dollars = Int64(parts[0].isEmpty ? "0" : parts[0]), dollars >= 0,
            !digits.isEmpty, digits != "."
        else { return nil }
        var cents: Int64 = 0
        if parts.count == 2 {
            let fraction = parts[1]
            guard fraction.count <= 2, fraction.allSatisfy(\.isNumber) else { return nil }
            cents = Int64(fraction + String(repeating: "0", count: 2 - fraction.count)) ?? 0
        }
        let (whole, overflow) = dollars.multipliedReportingOverflow(by: 100)
        guard !overflow, whole <= Int64.max - cents else { return nil }
        self.cents = negative ? -(whole + cents) : whole + cents
    }

    public static func < (a: Money, b: Money) -> Bool { a.cents < b.cents }
    public static func + (a: Money, b: Money) -> Money { Money(cents: a.cents + b.cents) }
    public static func - (a: Money, b: Money) -> Money { Money(cents: a.cents - b.cents) }

    public init(from decoder: any Decoder) throws { cents = try decoder.singleValueContainer().decode(Int64.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(cents)
    }
}

extension Money: CustomStringConvertible {
    /// `$1,284.20`: the same in both of the portal's languages, as American Spanish writes it.
    public var description: String {
        let magnitude = cents.magnitude
        return "\(cents < 0 ? "−" : "")$\(grouped(magnitude / 100)).\(padded(Int(magnitude % 100), 2))"
    }
}

/// `1234567` as `1,234,567`.
public func grouped(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
        result.append(digit)
    }
    return result
}
