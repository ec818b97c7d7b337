internal import Foundation

/// Bytes put together for a file or a connection. For millions of rows: it grows once and is used again, nothing is made for a
/// value or a row.
///
/// Its fields are not checked for overlapping use at every byte, which was a third of the time: no method runs a caller's code while
/// it changes one, but for `escape`, which may only append.
package final class ByteBuffer {
    @exclusivity(unchecked) package private(set) var count = 0
    @exclusivity(unchecked) private var capacity: Int
    /// Where the first byte stands, until the next change.
    @exclusivity(unchecked) package private(set) var start: UnsafeMutablePointer<UInt8>

    package init(capacity: Int = 1 << 16) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// What was put together, until the next change.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    package func clear() { count = 0 }

    package func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    package func append(_ run: UnsafeBufferPointer<UInt8>) {
        guard let first = run.baseAddress else { return }
        append(first, run.count)
    }

    package func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    package func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

    /// - Parameter escape: puts in what stands for a control character, a quote or a backslash; everything else is taken as it is.
    package func append(_ text: String, escape: (UInt8) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            guard let first = bytes.baseAddress else { return }
            var (from, next) = (0, 0)
            while next < bytes.count {
                let byte = first[next]
                if byte < 32 || byte == 34 || byte == 92 {
                    append(first + from, next - from)
                    escape(byte)
                    from = next + 1
                }
                next += 1
            }
            append(first + from, next - from)
        }
    }

    /// In decimal digits.
    package func append(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits = 1
        var limit: UInt64 = 10
        while rest >= limit {
            digits += 1
            limit *= 10
        }
        reserve(digits)
        var place = count + digits
        count = place
        for _ in 0..<digits {
            place -= 1
            start[place] = 48 + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// Two digits a byte, 0-9 and a-f.
    package func append(hexadecimal bytes: [UInt8]) {
        reserve(bytes.count * 2)
        bytes.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress else { return }
            var index = 0
            while index < bytes.count {
                let (high, low) = (first[index] >> 4, first[index] & 15)
                start[count] = high < 10 ? 48 + high : 87 + high
                start[count + 1] = low < 10 ? 48 + low : 87 + low
                count += 2
                index += 1
            }
        }
    }

    private func append(_ first: UnsafePointer<UInt8>, _ length: Int) {
        guard length > 0 else { return }
        reserve(length)
        memcpy(start + count, first, length)
        count += length
    }

    private func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        memcpy(larger, start, count)
        start.deallocate()
        start = larger
    }
}
