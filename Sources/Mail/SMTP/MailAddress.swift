internal import Foundation
internal import Primitives

/// Whom a mail is from or for: an address, and the name to show before it. Nothing in it can end a header or a command.
public struct MailAddress: Sendable, Hashable {
    /// `permits@boulder.example`, as it was typed.
    public let address: String
    public let name: String?

    /// - Parameter name: is tidied: line breaks become spaces, control characters go.
    /// - Throws: a sentence when this is no address: quoted local parts and addresses without a host are not taken.
    public init(_ address: String, name: String? = nil) throws(MailProblem) {
        let sides = address.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw MailProblem("An email address needs one @.") }
        let labels = sides[1].split(separator: ".", omittingEmptySubsequences: false)
        guard address.utf8.count <= 254, 1...64 ~= sides[0].utf8.count, labels.allSatisfy({ 1...63 ~= $0.utf8.count }) else {
            throw MailProblem("This email address is too long, or something is missing before or after its @.")
        }
        guard address.unicodeScalars.allSatisfy(MailAddress.isAllowed) else {
            throw MailProblem("This email address has a character that an address cannot have, for example a space.")
        }
        self.address = address
        let shown = tidied(name ?? "")
        self.name = shown.isEmpty ? nil : shown
    }

    /// Reads `Boulder Permits <permits@boulder.example>`, or the address alone.
    public init(setting: String) throws(MailProblem) {
        let setting = setting.trimmingCharacters(in: .whitespaces)
        guard setting.hasSuffix(">"), let start = setting.lastIndex(of: "<") else {
            try self.init(setting)
            return
        }
        var name = setting[..<start].trimmingCharacters(in: .whitespaces)
        if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") { name = String(name.dropFirst().dropLast()) }
        try self.init(String(setting[setting.index(after: start)...].dropLast()), name: name)
    }

    /// Whether any mail server can take it; others need SMTPUTF8 (RFC 6531).
    var isASCII: Bool { address.utf8.allSatisfy { $0 < 128 } }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
        default: !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
        }
    }
}
