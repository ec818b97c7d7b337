internal import Foundation

/// One header, broken before 77 columns between its words.
/// - Parameter words: printable, without line breaks.
func foldedHeader(_ name: String, _ words: [String]) -> String {
    var lines = ["\(name):"]
    for word in words {
        if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= 76 {
            lines[lines.count - 1] = "\(last) \(word)"
        } else {
            lines.append(" \(word)")
        }
    }
    return lines.joined(separator: "\r\n") + "\r\n"
}

/// Words of a header that stand for this text: the text itself when it is plain ASCII in words that fit on a line, else encoded
/// words (RFC 2047, base 64).
/// - Parameter text: without line breaks and control characters.
func headerWords(_ text: String) -> [String] {
    if text.isEmpty { return [] }
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let isPlain =
        !text.contains("=?") && words.allSatisfy { 1...60 ~= $0.utf8.count } && text.utf8.allSatisfy { 32...126 ~= $0 }
    return isPlain ? words : encodedWords(text)
}

/// Encoded words of at most 64 characters. None ends inside a character, as RFC 2047 section 5 wants.
func encodedWords(_ text: String) -> [String] {
    var pieces: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
        let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        if pieces[pieces.count - 1].count + bytes.count > 39 { pieces.append([]) }
        pieces[pieces.count - 1] += bytes
    }
    return pieces.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }
}

/// The text in quoted-printable (RFC 2045 section 6.7): ASCII, lines of at most 76 characters, breaks as CRLF.
///
/// No line begins with a dot. SMTP would double it, and libcurl 7.88 counts the doubled dots as content: when its count of sent
/// bytes passes the message's size it may leave out the end.
func quotedPrintable(_ text: String) -> [UInt8] {
    let hex = Array("0123456789ABCDEF".utf8)
    let (equals, dot) = (UInt8(ascii: "="), UInt8(ascii: "."))
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 5 / 4)
    var column = 0

    func makeRoom(_ count: Int) {
        if column + count > 75 {
            result += [equals, 13, 10]
            column = 0
        }
    }

    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        let isAtEnd = rest.isEmpty || rest.first == 13 || rest.first == 10
        switch byte {
        case 13, 10:
            if byte == 13, rest.first == 10 { rest.removeFirst() }
            result += [13, 10]
            column = 0
            continue
        // A space before a line's end would be lost on the way.
        case 9 where !isAtEnd, 32 where !isAtEnd, 33...126 where byte != equals:
            makeRoom(1)
            if byte != dot || column > 0 {
                result.append(byte)
                column += 1
                continue
            }
        default: makeRoom(3)
        }
        result += [equals, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        column += 3
    }
    return result
}
