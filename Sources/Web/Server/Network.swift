internal import Foundation

/// A range of network addresses: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`.
public struct Network: Sendable, Hashable {
    private let bytes: [UInt8]
    private let bits: Int

    /// nil for what is no address or range.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Network.bytes(String(parts[0])) else { return nil }
        var bits = bytes.count * 8
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...bits).contains(given) else { return nil }
            bits = given
        }
        self.bytes = bytes
        self.bits = bits
    }

    public func contains(_ address: String) -> Bool {
        guard let other = Network.bytes(address), other.count == bytes.count else { return false }
        let whole = bits / 8
        guard other.prefix(whole) == bytes.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (other[whole] ^ bytes[whole]) >> UInt8(8 - rest) == 0
    }

    /// What a limit counts an address as: one line of internet access has a whole IPv6 network of 64 bits, and one IPv4 address.
    public static func counted(_ address: String) -> String {
        guard let bytes = bytes(address), bytes.count == 16 else { return address }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }

    /// This machine and networks that are not routed on the internet (RFC 1918, RFC 4193).
    public static let inside: [Network] = ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
        .compactMap { Network($0) }

    /// Four or sixteen bytes; an IPv4 address written as IPv6 is the IPv4 address.
    private static func bytes(_ text: String) -> [UInt8]? {
        var text = text
        if text.lowercased().hasPrefix("::ffff:"), text.contains(".") { text = String(text.dropFirst(7)) }
        if text.contains(":") { return six(text) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        let known = parts.compactMap(\.self)
        return known.count == 4 ? known : nil
    }

    private static func six(_ text: String) -> [UInt8]? {
        let halves = text.components(separatedBy: "::")
        guard halves.count <= 2 else { return nil }
        let groups = halves.map { half in
            half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false).map { UInt16($0, radix: 16) }
        }
        guard groups.allSatisfy({ $0.allSatisfy { $0 != nil } }) else { return nil }
        let known = groups.map { $0.compactMap(\.self) }
        let count = known.reduce(0) { $0 + $1.count }
        guard halves.count == 2 ? count < 8 : count == 8 else { return nil }
        let all = known[0] + Array(repeating: 0, count: 8 - count) + (known.count == 2 ? known[1] : [])
        return all.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
}
