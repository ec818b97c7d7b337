public import Database
public import Primitives

/// An address as the city writes it. `folded` makes two spellings of one address the same row.
public struct PlaceAddress: Sendable, Hashable {
    public let street: String
    public let unit: String
    public let city: String
    public let state: String
    public let zip: String

    public init(street: String, unit: String = "", city: String, state: String, zip: String) {
        self.street = tidied(street)
        self.unit = tidied(unit)
        self.city = tidied(city)
        self.state = tidied(state)
        self.zip = tidied(zip)
    }

    public var folded: String { foldedForSearch("\(street) \(unit) \(city) \(state) \(zip.prefix(5))") }

    /// `1195 Bear Mountain Dr, Boulder, CO 80305`
    public var line: String {
        let first = unit.isEmpty ? street : "\(street) \(unit)"
        let region = [state, zip].filter { !$0.isEmpty }.joined(separator: " ")
        return [first, city, region].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

public enum AddressSubject: Sendable {}
public enum ParcelSubject: Sendable {}
public typealias AddressID = ID<AddressSubject>
public typealias ParcelID = ID<ParcelSubject>

public enum PlaceRegister {
    /// The row of an address, made when it is new. nil for an empty one.
    public static func address(_ place: PlaceAddress, _ conn: Connection) throws(DatabaseError) -> AddressID? {
        guard !place.street.isEmpty else { return nil }
        if let id: AddressID = try conn.value("SELECT id FROM address WHERE folded = \(place.folded)") { return id }
        return AddressID(
            try conn.insert(
                """
                INSERT INTO address (street, unit, city, state, zip, folded)
                VALUES (\(place.street), \(place.unit), \(place.city), \(place.state), \(place.zip), \(place.folded))
                RETURNING id
                """))
    }

    /// The row of a parcel by its exact number. A number that a spreadsheet ruined (`1.57707E+11`) is refused: never a lossy parcel.
    public static func parcel(_ number: String, _ conn: Connection) throws(DatabaseError) -> ParcelID? {
        guard !number.isEmpty, !isLossy(number) else { return nil }
        if let id: ParcelID = try conn.value("SELECT id FROM parcel WHERE number = \(number)") { return id }
        return ParcelID(try conn.insert("INSERT INTO parcel (number) VALUES (\(number)) RETURNING id"))
    }

    /// The rows of many addresses at once, by `folded`; the first spelling of a new one is kept.
    public static func addresses(_ places: [PlaceAddress], _ conn: Connection) throws -> [String: AddressID] {
        var wanted: [String: PlaceAddress] = [:]
        var order: [String] = []
        for place in places where !place.street.isEmpty {
            let folded = place.folded
            if wanted.updateValue(wanted[folded] ?? place, forKey: folded) == nil { order.append(folded) }
        }
        var found: [String: AddressID] = [:]
        for row in try conn.rows("SELECT folded, id FROM address WHERE folded IN \(list: order)") {
            found[try row["folded"]] = try row["id"]
        }
        let new = order.filter { found[$0] == nil }
        let keys = try conn.newKeys(new.count, of: "address")
        for (folded, key) in zip(new, keys) { found[folded] = AddressID(key) }
        try conn.load(
            table: "address", columns: ["id", "street", "unit", "city", "state", "zip", "folded"],
            rows: zip(new, keys).lazy.compactMap { folded, key in
                wanted[folded].map { place in
                    [
                        .integer(key), .text(place.street), .text(place.unit), .text(place.city), .text(place.state),
                        .text(place.zip), .text(folded),
                    ]
                }
            })
        return found
    }

    /// The rows of many parcels at once, by number.
    public static func parcels(_ numbers: [String], _ conn: Connection) throws -> [String: ParcelID] {
        let wanted = numbers.filter { !$0.isEmpty && !isLossy($0) }
        var found: [String: ParcelID] = [:]
        for row in try conn.rows("SELECT number, id FROM parcel WHERE number IN \(list: wanted)") {
            found[try row["number"]] = try row["id"]
        }
        var new: [String] = []
        var seen: Set<String> = []
        for number in wanted where found[number] == nil && seen.insert(number).inserted { new.append(number) }
        let keys = try conn.newKeys(new.count, of: "parcel")
        for (number, key) in zip(new, keys) { found[number] = ParcelID(key) }
        try conn.load(table: "parcel", columns: ["id", "number"], rows: zip(new, keys).lazy.map { [.integer($1), .text($0)] })
        return found
    }

    /// Whether digits were lost on the way: a number in scientific notation.
    public static func isLossy(_ number: String) -> Bool {
        number.uppercased().contains("E+") && Double(number) != nil
    }
}
