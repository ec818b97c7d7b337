internal import Primitives

/// `departments.yaml`: who answers people, and when somebody is there.
enum DepartmentsFile {
    static let name = "departments.yaml"
    static let keys = FileReader.Keys(required: ["departments"])
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    static func read(_ root: Record, _ reader: inout FileReader) -> [Department] {
        let items = reader.records(
            "departments", in: root, kind: "department", id: "key",
            FileReader.Keys(required: ["name", "phone", "email", "address", "opening", "hours"]), mayBeEmpty: reader.isStored)
        return items.compactMap { key, record in
            let name = reader.words("name", in: record)
            let phone = reader.phone("phone", in: record)
            let email = reader.email("email", in: record)
            let address = reader.list("address", in: record)
            let opening = opening(record, &reader)
            let hours = reader.words("hours", in: record)
            guard let name, let phone, let email, let address, let hours else { return nil }
            return Department(
                key: key, name: name, phone: phone, email: email, address: address.map(\.value), opening: opening, hours: hours)
        }
    }

    /// `opening:` with a line for each day that is not closed, `tuesday: "10:00-16:00"`.
    private static func opening(_ department: Record, _ reader: inout FileReader) -> [Int: OpeningHours] {
        guard let entry = department.entries["opening"],
            let record = reader.record(
                entry.node, what: "\"opening\" of \(department.what)", FileReader.Keys(required: [], optional: weekdays))
        else { return [:] }
        var opening: [Int: OpeningHours] = [:]
        for (index, day) in weekdays.enumerated() {
            let text = reader.text(day, in: record, form: "\"10:00-16:00\"") { OpeningHours($0) != nil }
            opening[index + 1] = text.flatMap { OpeningHours($0) }
        }
        return opening
    }
}
