internal import Core
internal import Database
internal import Primitives

/// The same permits as a GeoJSON feature collection (RFC 7946). Addresses have no coordinates here yet, so no feature has a
/// geometry; readers of the format take that.
struct GeoJSONFile {
    private let city: CityContext
    init(_ city: CityContext) { self.city = city }

    func write(to output: Output, _ conn: Connection) throws -> Int {
        try output.put("{\"type\":\"FeatureCollection\",\"features\":[")
        var count = 0
        try OpenCases(city).each(conn) { one in
            try output.put((count > 0 ? ",\n" : "\n") + feature(one).description)
            count += 1
        }
        try output.put("\n]}\n")
        return count
    }

    private func feature(_ one: OpenCase) -> JSON {
        var properties: [String: JSON] = [:]
        for column in BLDSColumn.all {
            let text = column.text(one, city)
            properties[column.name] = text.isEmpty ? .null : .string(text)
        }
        return ["type": "Feature", "id": .string(one.number), "geometry": .null, "properties": .object(properties)]
    }
}
