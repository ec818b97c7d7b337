/// The part of CBOR (RFC 8949) that authenticators speak (CTAP2): definite lengths, no tags, no floats. What comes from a browser is
/// anybody's, so that everything is bounded and nothing is left over.
enum CBOR: Sendable, Hashable {
    case unsigned(UInt64)
    /// `-1 - n`, as it is written.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([CBOR: CBOR])
    case bool(Bool)
    case null

    /// - Throws: `PasskeyProblem.malformed` unless the bytes are one value and nothing else.
    init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        var reader = CBORReader(bytes[...])
        self = try reader.value()
        guard reader.rest.isEmpty else { throw .malformed }
    }

    /// A number that fits, as COSE names its keys and algorithms.
    var integer: Int? {
        switch self {
        case .unsigned(let n): Int(exactly: n)
        case .negative(let n): Int(exactly: n).map { -1 - $0 }
        default: nil
        }
    }
    var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }

    subscript(_ key: Int) -> CBOR? {
        guard case .map(let pairs) = self else { return nil }
        return pairs[key >= 0 ? .unsigned(UInt64(key)) : .negative(UInt64(-1 - key))]
    }
    subscript(_ key: String) -> CBOR? {
        guard case .map(let pairs) = self else { return nil }
        return pairs[.text(key)]
    }
}

struct CBORReader {
    /// What has not been read.
    private(set) var rest: ArraySlice<UInt8>
    private static let deepest = 4
    private static let longest: UInt64 = 64

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func value(depth: Int = 0) throws(PasskeyProblem) -> CBOR {
        guard depth <= CBORReader.deepest, let head = rest.popFirst() else { throw .malformed }
        let kind = head >> 5
        if kind == 7 {
            switch head & 31 {
            case 20: return .bool(false)
            case 21: return .bool(true)
            case 22: return .null
            default: throw .malformed
            }
        }
        let number = try argument(head & 31)
        switch kind {
        case 0: return .unsigned(number)
        case 1: return .negative(number)
        case 2: return .bytes(try take(number))
        case 3:
            guard let text = String(validating: try take(number), as: UTF8.self) else { throw .malformed }
            return .text(text)
        case 4:
            guard number <= CBORReader.longest else { throw .malformed }
            var items: [CBOR] = []
            for _ in 0..<number { items.append(try value(depth: depth + 1)) }
            return .array(items)
        case 5:
            guard number <= CBORReader.longest else { throw .malformed }
            var pairs: [CBOR: CBOR] = [:]
            for _ in 0..<number {
                let key = try value(depth: depth + 1)
                guard pairs.updateValue(try value(depth: depth + 1), forKey: key) == nil else { throw .malformed }
            }
            return .map(pairs)
        default: throw .malformed
        }
    }

    private mutating func argument(_ short: UInt8) throws(PasskeyProblem) -> UInt64 {
        guard short >= 24 else { return UInt64(short) }
        guard short <= 27 else { throw .malformed }
        return try take(1 << UInt64(short - 24)).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: UInt64) throws(PasskeyProblem) -> [UInt8] {
        guard count <= UInt64(rest.count) else { throw .malformed }
        defer { rest.removeFirst(Int(count)) }
        return Array(rest.prefix(Int(count)))
    }
}
