internal import Foundation

/// An email address as it is compared: Unicode NFKC, lower case, no surrounding space. No provider-specific rules (`model.md` 5).
/// What was typed is kept beside it by whoever stores it.
public struct FoldedEmail: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// nil when it cannot be an address: no single `@`, an empty side, a space, a control character, more than 254 characters.
    public init?(_ typed: String) {
        if let plain = FoldedEmail.plain(typed) {
            description = plain
            return
        }
        let folded = typed.precomposedStringWithCompatibilityMapping.lowercased()
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let sides = folded.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty, sides[0].count <= 64, folded.count <= 254,
            sides[1].contains("."), !sides[1].hasPrefix("."), !sides[1].hasSuffix("."), !sides[1].contains(".."),
            folded.unicodeScalars.allSatisfy({
                !$0.properties.isWhitespace && $0.value > 32 && $0.value != 127 && !"<>()[],;:\\\"".unicodeScalars.contains($0)
            })
        else { return nil }
        description = folded
    }

    /// An address of letters, digits and the usual marks, which nearly all are: there is nothing to fold but capitals.
    private static func plain(_ typed: String) -> String? {
        var (at, count, last): (Int?, Int, UInt8) = (nil, 0, 0)
        var hasDot = false
        var bytes: [UInt8] = []
        bytes.reserveCapacity(typed.utf8.count)
        for byte in typed.utf8 {
            switch byte {
            case 64:
                guard at == nil, count > 0, count <= 64 else { return nil }
                at = count
            case 46:
                if at != nil {
                    guard last != 46, last != 64 else { return nil }
                    hasDot = true
                }
            case 48...57, 97...122, 45, 95, 43: break
            case 65...90: break
            default: return nil
            }
            bytes.append((65...90).contains(byte) ? byte + 32 : byte)
            last = byte
            count += 1
        }
        guard at != nil, hasDot, last != 46, last != 64, count <= 254 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `j••••@example.org`: what somebody may see who did not type it.
    public var masked: String {
        let sides = description.split(separator: "@")
        return "\(sides[0].prefix(1))••••@\(sides[1])"
    }
}

/// Text as it is searched: lower case, without accents, every run of anything but letters and digits one space.
public func foldedForSearch(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 128 }) { return foldedASCII(text.utf8) }
    return foldedScalars(
        text.precomposedStringWithCompatibilityMapping.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil))
}

private func foldedASCII(_ text: String.UTF8View) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var gap = false
    for byte in text {
        switch byte {
        case 48...57, 97...122, 65...90:
            if gap, !result.isEmpty { result.append(32) }
            gap = false
            result.append((65...90).contains(byte) ? byte + 32 : byte)
        case UInt8(ascii: "'"): break
        default: gap = true
        }
    }
    return String(decoding: result, as: UTF8.self)
}

private func foldedScalars(_ text: String) -> String {
    var result = ""
    var gap = false
    for scalar in text.unicodeScalars {
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            if gap, !result.isEmpty { result.append(" ") }
            gap = false
            result.unicodeScalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        } else if scalar != "'" && scalar != "’" {
            gap = true
        }
    }
    return result
}

/// Text from a file or a person, made safe to keep: control characters and bidirectional overrides gone, runs of spaces one space, ends trimmed.
public func tidied(_ text: String, keepingLines: Bool = false) -> String {
    if isTidy(text) { return text }
    let unwanted: Set<UInt32> = [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0x200B]
    var result = ""
    for character in text.precomposedStringWithCanonicalMapping {
        if character.isNewline, keepingLines {
            while result.last == " " { result.removeLast() }
            result.append("\n")
        } else if character.isWhitespace {
            if let last = result.last, last != " ", last != "\n" { result.append(" ") }
        } else if character.unicodeScalars.contains(where: {
            unwanted.contains($0.value) || $0.properties.generalCategory == .control
        }) {
            result.unicodeScalars.append(
                contentsOf: character.unicodeScalars.filter {
                    !unwanted.contains($0.value) && $0.properties.generalCategory != .control
                })
        } else {
            result.append(character)
        }
    }
    return result.trimmingCharacters(in: .whitespacesAndNewlines)
}

/// Printable ASCII without a space too many, which nearly every text is: nothing to do.
public func isTidy(_ text: String) -> Bool {
    var before: UInt8 = 32
    for byte in text.utf8 {
        guard byte > 31, byte < 127, !(byte == 32 && before == 32) else { return false }
        before = byte
    }
    return before != 32 || text.isEmpty
}
