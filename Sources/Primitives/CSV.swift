internal import Foundation

/// Reads RFC 4180 text record by record: quoted fields with line breaks, doubled quotes, a byte order mark, any line ending.
/// Holds one record at a time, whatever the file's size.
public struct CSVReader {
    /// One data row. `number` counts data rows from 1: a field with line breaks does not change the count.
    public struct Record: Sendable {
        public let number: Int
        public let line: Int
        /// The file ended inside a quoted field.
        public let isTorn: Bool
        /// A field was longer than `longestField`; the rest of it was passed over.
        public let isTooLong: Bool
        private let values: [String]
        private let columns: [String: Int]

        fileprivate init(number: Int, line: Int, _ row: RawRow, columns: [String: Int]) {
            self.number = number
            self.line = line
            values = row.values
            isTorn = row.isTorn
            isTooLong = row.isTooLong
            self.columns = columns
        }

        /// The field as it stands; empty when the column or the field is missing.
        public subscript(_ column: String) -> String {
            guard let index = columns[column], index < values.count else { return "" }
            return values[index]
        }
        /// The field at a place of `CSVReader.place(of:)`; empty when it is missing.
        public subscript(place: Int?) -> String {
            guard let place, place < values.count else { return "" }
            return values[place]
        }
        public var fieldCount: Int { values.count }
        public var fields: [String] { values }
    }

    public enum Problem: Error, Sendable, CustomStringConvertible {
        case unreadable(String)
        case empty
        case duplicateColumn(String)

        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) cannot be read. Check the path and that you may read it."
            case .empty: "The file is empty. Its first line must name the columns."
            case .duplicateColumn(let name): "The column \(name) stands twice in the first line. Rename or remove one."
            }
        }
    }

    /// In bytes. A quotation mark that is never closed would make one field of the rest of the file.
    public static let longestField = 1_000_000

    fileprivate struct RawRow {
        var values: [String] = []
        var isTorn = false
        var isTooLong = false
    }

    public let columns: [String]
    private let index: [String: Int]
    private var source: ByteSource
    private var number = 0
    private var line = 1

    /// - Parameter path: UTF-8 text with a header line. Bytes that are not UTF-8 come out as U+FFFD.
    public init(path: String) throws(Problem) {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable(path) }
        try self.init(source: ByteSource(handle: handle))
    }

    public init(text: String) throws(Problem) { try self.init(source: ByteSource(bytes: Array(text.utf8))) }

    private init(source: consuming ByteSource) throws(Problem) {
        self.source = source
        self.source.skipByteOrderMark()
        guard let header = CSVReader.fields(&self.source, &line) else { throw .empty }
        columns = header.values.map { $0.trimmingCharacters(in: .whitespaces) }
        var index: [String: Int] = [:]
        for (position, name) in columns.enumerated() where !name.isEmpty {
            if index.updateValue(position, forKey: name) != nil { throw .duplicateColumn(name) }
        }
        self.index = index
    }

    /// Where a column stands in every record: for those that are read from each.
    public func place(of column: String) -> Int? { index[column] }

    /// The next record, nil at the end. Lines without any character are passed over.
    public mutating func next() -> Record? {
        while true {
            let start = line
            guard let row = CSVReader.fields(&source, &line) else { return nil }
            if row.values == [""] { continue }
            number += 1
            return Record(number: number, line: start, row, columns: index)
        }
    }

    private static func fields(_ source: inout ByteSource, _ line: inout Int) -> RawRow? {
        guard source.peek() != nil else { return nil }
        var row = RawRow()
        var field: [UInt8] = []
        var quoted = false
        func end() {
            row.values.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        while let byte = source.next() {
            if field.count >= longestField {
                row.isTooLong = true
                field.removeLast()
            }
            if quoted {
                if byte == UInt8(ascii: "\"") {
                    if source.peek() == UInt8(ascii: "\"") { field.append(byte); _ = source.next() } else { quoted = false }
                } else {
                    if byte == UInt8(ascii: "\n") { line += 1 }
                    field.append(byte)
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty: quoted = true
            case UInt8(ascii: ","): end()
            case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                if byte == UInt8(ascii: "\r"), source.peek() == UInt8(ascii: "\n") { _ = source.next() }
                line += 1
                end()
                return row
            default: field.append(byte)
            }
        }
        row.isTorn = quoted
        end()
        return row
    }
}

/// Bytes of a file, a block at a time.
private struct ByteSource {
    private let handle: FileHandle?
    private var block: [UInt8]
    private var position = 0

    init(handle: FileHandle) {
        self.handle = handle
        block = []
    }
    init(bytes: [UInt8]) {
        handle = nil
        block = bytes
    }

    mutating func peek() -> UInt8? {
        if position == block.count { refill() }
        return position < block.count ? block[position] : nil
    }

    mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        position += 1
        return byte
    }

    mutating func skipByteOrderMark() {
        guard peek() == 0xEF, block.count >= 3, block[1] == 0xBB, block[2] == 0xBF else { return }
        position = 3
    }

    private mutating func refill() {
        guard let handle, let data = try? handle.read(upToCount: 1 << 16), !data.isEmpty else { return }
        block = Array(data)
        position = 0
    }
}

/// Writes RFC 4180 text. A field that a spreadsheet would run as a formula gets a leading apostrophe.
public enum CSVWriter {
    public static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }

    static func field(_ value: String) -> String {
        var text = value
        if let first = value.first, "=+-@\t\r".contains(first), Double(value) == nil { text = "'" + value }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
