internal import Primitives

/// Why a contacts file cannot be matched at all: a sentence with what to do.
public struct ContactsFileProblem: Error, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// Reads a `contacts.csv` of the legacy format: `contact_id` and at least one column with names; all others may be missing.
/// Columns it does not know are passed over.
public struct ContactsFile {
    /// A row that takes no part, with the reason.
    public struct LeftOut: Sendable, Hashable {
        /// Counted from 1, without the header.
        public let row: Int
        public let reason: String
    }

    public private(set) var records = MatchRecordsBuilder()
    public private(set) var leftOutCount = 0
    /// The first few.
    public private(set) var leftOut: [LeftOut] = []
    /// About how many bytes of the file were read: for showing progress.
    public private(set) var bytesRead: Int64 = 0

    private var reader: CSVReader
    private let path: String
    private let places: Places
    private var seen = ValueTable()

    private static let mostLeftOut = 5

    /// Opens the file and looks at its header.
    public init(path: String) throws(ContactsFileProblem) {
        self.path = path
        do { reader = try CSVReader(path: path) } catch { throw ContactsFileProblem("\(error)") }
        places = try Places(reader, path)
    }

    /// Takes the next row.
    /// - Returns: false at the end of the file.
    public mutating func read() throws(ContactsFileProblem) -> Bool {
        guard let record = reader.next() else { return false }
        guard !record.isTorn, !record.isTooLong else {
            throw ContactsFileProblem(
                "A quotation mark that opens in row \(record.number) (line \(record.line)) of \(path) is never closed. Close it and start again."
            )
        }
        for field in record.fields { bytesRead += Int64(field.utf8.count) + 1 }
        let id = tidied(record[places.id])
        guard !id.isEmpty else {
            leaveOut(record.number, "it has no contact_id")
            return true
        }
        let known = seen.count
        guard seen.id(of: id) == known else {
            leaveOut(record.number, "the contact_id \(id) stands in an earlier row")
            return true
        }
        let contact = places.contact(id, record)
        guard !contact.firstName.isEmpty || !contact.lastName.isEmpty || !contact.companyName.isEmpty else {
            leaveOut(record.number, "it has neither a person's nor a company's name")
            return true
        }
        records.add(contact)
        return true
    }

    private mutating func leaveOut(_ row: Int, _ reason: String) {
        leftOutCount += 1
        if leftOut.count < ContactsFile.mostLeftOut { leftOut.append(LeftOut(row: row, reason: reason)) }
    }

    /// Where each column stands.
    private struct Places {
        let id: Int?
        let kind, company, first, middle, last, title: Int?
        let emails: [Int]
        let phones: [Int]
        let address, unit, city, state, zip: Int?

        init(_ reader: CSVReader, _ path: String) throws(ContactsFileProblem) {
            id = reader.place(of: "contact_id")
            (kind, company, title) = (reader.place(of: "kind"), reader.place(of: "company_name"), reader.place(of: "title"))
            (first, middle) = (reader.place(of: "first_name"), reader.place(of: "middle_name"))
            last = reader.place(of: "last_name")
            emails = ["email", "other_email"].compactMap(reader.place)
            phones = ["business_phone", "home_phone", "mobile_phone"].compactMap(reader.place)
            (address, unit, city) = (reader.place(of: "address"), reader.place(of: "unit"), reader.place(of: "city"))
            (state, zip) = (reader.place(of: "state"), reader.place(of: "zip"))
            guard id != nil else {
                throw ContactsFileProblem(
                    "\(path) has no column contact_id, so its pairs could not be named. Its first line must name the columns, separated by commas."
                )
            }
            guard first != nil || last != nil || company != nil else {
                throw ContactsFileProblem(
                    "\(path) has no column first_name, last_name or company_name, so there is nothing to compare. Add one of them."
                )
            }
        }

        func contact(_ id: String, _ record: CSVReader.Record) -> MatchContact {
            var contact = MatchContact(id: id)
            switch record[kind].lowercased() {
            case "person": contact.kind = .person
            case "company": contact.kind = .company
            default: break
            }
            contact.companyName = record[company]
            (contact.firstName, contact.middleName) = (record[first], record[middle])
            (contact.lastName, contact.title) = (record[last], record[title])
            contact.emails = emails.map { record[$0] }
            contact.phones = phones.map { record[$0] }
            (contact.address, contact.unit) = (record[address], record[unit])
            (contact.city, contact.state, contact.zip) = (record[city], record[state], record[zip])
            return contact
        }
    }
}
