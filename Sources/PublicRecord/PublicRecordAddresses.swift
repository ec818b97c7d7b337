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
    /// One's own, saved and recent.
    static let searches = PlainAddress("/searches")
    static let removeSearch = Address<String>("/searches/{id}/remove")
    static let restoreSearch = Address<String>("/searches/{id}/restore")
    static let forgetSearches = PlainAddress("/searches/forget")
    static let siteMap = PlainAddress("/sitemap.xml")
    static let siteMapPart = Address<Int>("/sitemaps/{part}")
    static let robots = PlainAddress("/robots.txt")

    /// Everything public at an address like `1195 Bear Mountain Drive, Unit 4, Boulder, CO 80305`; nil for one without a house number.
    @Sendable public static func place(_ line: String) -> Link? {
        let words = SearchWords.typed(String(line.prefix { $0 != "," }))
        let street = StreetWords.parted(words).street
        guard street.count > 1, street[0].first?.isNumber == true else { return nil }
        return address(slug(StreetWords.folded(street)))
    }

    /// `1195 bear mountain dr` as `1195-bear-mountain-dr`.
    static func slug(_ street: String) -> String { String(street.map { $0 == " " ? "-" : $0 }) }
}
