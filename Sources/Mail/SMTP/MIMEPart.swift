internal import Foundation

/// A mail or a part of one, as strangers write them: headers, then a body. Whatever is malformed is skipped; nothing is trusted
/// to be short.
struct MIMEPart {
    /// What stands after the empty line behind the headers.
    let body: ArraySlice<UInt8>
    private var fields: [String: String] = [:]

    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        var name: String?
        while let line = MIMEPart.nextLine(&rest), !line.isEmpty {
            if line.first == 32 || line.first == 9 {
                if let name, let value = fields[name], value.utf8.count < 2000 {
                    fields[name] = value + String(decoding: line.prefix(1000), as: UTF8.self)
                }
            } else if let colon = line.prefix(80).firstIndex(of: UInt8(ascii: ":")), fields.count < 200 {
                let found = String(decoding: line[..<colon], as: UTF8.self).lowercased()
                // The first of two wins: a second one may have been added by whoever hopes that the last does.
                name = fields[found] == nil ? found : nil
                if name != nil { fields[found] = String(decoding: line[(colon + 1)...].prefix(1000), as: UTF8.self) }
            } else {
                name = nil
            }
        }
        body = rest
    }

    /// A header's value on one line.
    /// - Parameter name: in lower case.
    subscript(name: String) -> String? { fields[name] }

    /// `message/delivery-status`; `text/plain` when nothing is said.
    var type: String {
        let type = self["content-type"]?.prefix { $0 != ";" } ?? ""
        return type.isEmpty ? "text/plain" : type.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The body as it was before it was encoded for the way.
    var content: ArraySlice<UInt8> {
        switch self["content-transfer-encoding"]?.trimmingCharacters(in: .whitespaces).lowercased() {
        case "base64": Array(Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters) ?? Data())[...]
        case "quoted-printable": MIMEPart.readQuotedPrintable(body)[...]
        default: body
        }
    }

    /// The parts of a multipart, at most 20; not the parts of its parts.
    var parts: [MIMEPart] {
        guard type.hasPrefix("multipart/"), let boundary, !boundary.isEmpty else { return [] }
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [MIMEPart] = []
        var start: Int?
        var rest = body
        while parts.count < 20, let line = MIMEPart.nextLine(&rest) {
            guard line.starts(with: delimiter) else { continue }
            let ending = line.dropFirst(delimiter.count).filter { $0 != 32 && $0 != 9 }
            guard ending.isEmpty || ending == Array("--".utf8) else { continue }
            if let start { parts.append(MIMEPart(body[start..<line.startIndex])) }
            start = rest.startIndex
            if !ending.isEmpty { return parts }
        }
        // Cut off, or longer than what is read: what there is of the last part.
        if let start, parts.count < 20 { parts.append(MIMEPart(body[start...])) }
        return parts
    }

    private var boundary: String? {
        guard let header = self["content-type"],
            let start = header.range(of: "boundary=", options: .caseInsensitive)?.upperBound
        else { return nil }
        let value = header[start...].drop { $0 == " " }
        if value.hasPrefix("\"") { return String(value.dropFirst().prefix { $0 != "\"" }) }
        return String(value.prefix { !$0.isWhitespace && $0 != ";" })
    }

    /// The next line without its end, which is taken off `rest`; nil at the end.
    private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: 10) ?? rest.endIndex
        var line = rest[rest.startIndex..<end]
        rest = rest[min(end + 1, rest.endIndex)...]
        if line.last == 13 { line.removeLast() }
        return line
    }

    private static func readQuotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                result.append(byte)
                continue
            }
            if rest.first == 10 {
                rest = rest.dropFirst()
            } else if rest.starts(with: [13, 10]) {
                rest = rest.dropFirst(2)
            } else if let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                result.append(code)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
