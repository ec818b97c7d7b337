internal import Foundation
internal import Primitives

/// How far the reading of a file is, and how long the rest will take.
struct Gauge {
    private let name: String
    private let total: Int64
    private let start = ContinuousClock.now
    private var bytes: Int64 = 0
    private var rows = 0

    init(name: String, path: String) {
        self.name = name
        total = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.int64Value ?? 0
    }

    mutating func count(_ record: CSVReader.Record) {
        rows += 1
        for field in record.fields { bytes += Int64(field.utf8.count) + 1 }
    }

    var line: String {
        let passed = (ContinuousClock.now - start).components
        let seconds = Double(passed.seconds) + Double(passed.attoseconds) / 1e18
        let percent = total > 0 ? min(100, bytes * 100 / total) : 100
        var line = "\(name): \(grouped(rows)) rows, \(percent)%"
        if seconds >= 1, bytes > 0, bytes < total {
            let rest = Double(total - bytes) * seconds / Double(bytes)
            line += ", \(grouped(Int(Double(rows) / seconds))) rows/s, \(Int(rest.rounded(.up))) s left"
        }
        return line
    }
}
