internal import Core
internal import Database
internal import Primitives

/// The BLDS core permits data set as CSV, and its Table Schema.
struct BLDSFile {
    private let city: CityContext
    init(_ city: CityContext) { self.city = city }

    func write(to output: Output, _ conn: Connection) throws -> Int {
        try output.put(CSVWriter.line(BLDSColumn.all.map(\.name)))
        var count = 0
        try OpenCases(city).each(conn) { one in
            try output.put(CSVWriter.line(BLDSColumn.all.map { $0.text(one, city) }))
            count += 1
        }
        return count
    }

    /// Data Package Table Schema: what each column is, so that a program can check the file.
    static let schema: JSON = [
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": "Permits (BLDS core data set)",
        "fields": .array(
            BLDSColumn.all.map { column in
                var field: [String: JSON] = [
                    "name": .string(column.name), "type": .string(column.kind.rawValue),
                    "description": .string(column.description),
                ]
                if column.isRequired {
                    field["constraints"] = column.name == "PermitNum" ? ["required": true, "unique": true] : ["required": true]
                }
                return .object(field)
            }),
        "primaryKey": ["PermitNum"],
        "missingValues": [""],
    ]
}
