public import HTML

/// The addresses of the public record.
public enum PublicRecordAddresses {
    /// The search, with its box `q`: other pages send what people type there.
    public static let search = PlainAddress("/search")
    static let file = PlainAddress("/search.csv")
    /// Everything at one address; the street as words with dashes.
    static let address = Address<String>("/addresses/{place}")
    static let parcel = Address<String>("/parcels/{place}")
    /// The name of the parameter of both.
    static let place = "place"
    static let siteMap = PlainAddress("/sitemap.xml")
    static let siteMapPart = Address<Int>("/sitemaps/{part}")
    static let robots = PlainAddress("/robots.txt")

    /// `1195 bear mountain dr` as `1195-bear-mountain-dr`.
    static func slug(_ street: String) -> String { String(street.map { $0 == " " ? "-" : $0 }) }
}
