internal import Foundation
internal import Primitives
internal import Yams

/// `city.yaml`.
enum CityFile {
    static let name = "city.yaml"
    static let keys = FileReader.Keys(
        required: [
            "name", "short_name", "state", "department", "time_zone", "cut_over", "phone", "inspection_line", "email", "address",
            "mail_address", "hours", "holidays", "response_working_days", "brand_color",
        ],
        now: ["brand_mark"])

    static func read(_ root: Record, _ reader: inout FileReader) -> City? {
        let record = Record(what: "the city", line: root.line, entries: root.entries)
        let name = reader.text("name", in: record)
        let shortName = reader.text("short_name", in: record)
        let state = reader.text("state", in: record, form: "CO") {
            $0.count == 2 && $0.utf8.allSatisfy { (65...90).contains($0) }
        }
        let department = reader.text("department", in: record)
        let timeZone = timeZone(record, &reader)
        let cutOver = reader.located("cut_over", in: record).flatMap { reader.date($0, what: "\"cut_over\"") }
        let phone = reader.phone("phone", in: record)
        let inspectionLine = reader.phone("inspection_line", in: record)
        let email = reader.email("email", in: record)
        let address = reader.list("address", in: record)
        let mailAddress = reader.list("mail_address", in: record)
        let hours = reader.words("hours", in: record)
        let holidays = holidays(record, &reader)
        let responseWorkingDays = reader.count("response_working_days", in: record, 1...60)
        let brandColor = brandColor(record, &reader)
        let brandMark = reader.text("brand_mark", in: record, form: "Boulder, of at most 12 letters") { $0.count <= 12 }
        guard let name, let shortName, let state, let department, let timeZone, let cutOver, let phone, let inspectionLine,
            let email, let address, let mailAddress, let hours, let responseWorkingDays, let brandColor
        else { return nil }
        return City(
            name: name, shortName: shortName, state: state, department: department, timeZone: timeZone, cutOver: cutOver,
            phone: phone, inspectionLine: inspectionLine, email: email, address: address.map(\.value),
            mailAddress: mailAddress.map(\.value), hours: hours, holidays: holidays, responseWorkingDays: responseWorkingDays,
            brandColor: brandColor, brandMark: brandMark ?? shortName)
    }

    private static func timeZone(_ record: Record, _ reader: inout FileReader) -> String? {
        guard let zone = reader.located("time_zone", in: record) else { return nil }
        let known = TimeZone.knownTimeZoneIdentifiers
        if known.contains(zone.value) { return zone.value }
        let clause = Suggestion.clause(for: zone.value, among: known)
        let help = clause.isEmpty ? "; one looks like America/Denver" : clause
        reader.report(zone.line, "\"\(zone.value)\" is not a time zone" + help)
        return nil
    }

    private static func holidays(_ record: Record, _ reader: inout FileReader) -> [Holiday] {
        guard let entry = record.entries["holidays"] else { return [] }
        guard case .sequence(let sequence) = entry.node else {
            reader.report(entry.line, "\"holidays\" must be a list of names with their dates")
            return []
        }
        var seen: [CivilDate: Int] = [:]
        var result: [Holiday] = []
        for node in sequence {
            guard let item = reader.record(node, what: "this holiday", FileReader.Keys(required: ["name", "dates"])) else {
                continue
            }
            let name = reader.words("name", in: item)
            for text in reader.list("dates", in: item) ?? [] {
                guard let date = reader.date(text, what: "a holiday's date") else { continue }
                if let first = seen.updateValue(text.line, forKey: date) {
                    reader.report(text.line, "\(date) is a holiday already on line \(first)")
                }
                if let name { result.append(Holiday(date: date, name: name)) }
            }
        }
        return result.sorted { $0.date < $1.date }
    }

    /// White words stand on the brand color, so it must be dark enough to read them (WCAG 1.4.3).
    private static func brandColor(_ record: Record, _ reader: inout FileReader) -> String? {
        let color = reader.text("brand_color", in: record, form: "\"#11524a\"") { luminance($0) != nil }
        guard let color, let luminance = luminance(color), let entry = record.entries["brand_color"] else { return nil }
        let contrast = 1.05 / (luminance + 0.05)
        if contrast < 4.5 {
            let shown = (contrast * 10).rounded(.down) / 10
            reader.report(entry.line, "white text on \(color) has contrast \(shown) to 1; choose a darker color, 4.5 or more")
            return nil
        }
        return color.lowercased()
    }

    private static func luminance(_ color: String) -> Double? {
        guard color.count == 7, color.hasPrefix("#"), color.dropFirst().allSatisfy(\.isHexDigit),
            let number = Int(color.dropFirst(), radix: 16)
        else { return nil }
        func linear(_ shift: Int) -> Double {
            let channel = Double((number >> shift) & 0xFF) / 255
            return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    }
}
