internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Every public case for search engines (sitemaps.org, protocol 0.9), in parts that they take: at most 40,000 addresses each.
enum SiteMap {
    private static let casesInPart: Int64 = 40_000
    private static let header = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""

    /// The list of the parts.
    static func index(_ visit: Visit) async throws -> WebResponse {
        let last: Int64 = try await visit.read { conn in try conn.value("SELECT COALESCE(MAX(case_id), 0) FROM public_entry") ?? 0
        }
        var text = header + "<sitemapindex \(space)>\n"
        for part in 0...(last / casesInPart) {
            text += "<sitemap><loc>\(plain(visit.city.url(PublicRecordAddresses.siteMapPart(Int(part)))))</loc></sitemap>\n"
        }
        return xml(text + "</sitemapindex>\n")
    }

    /// The cases of one part.
    static func part(_ visit: Visit) async throws -> WebResponse {
        guard let part = Int64(visit.parameter("part")), (0...100_000).contains(part) else { throw NotFound() }
        let numbers = try await visit.read { conn in try conn.rows(cases(part)).map { try $0["number"] as String } }
        if numbers.isEmpty, part > 0 { throw NotFound() }
        let city = visit.city
        var response = xml("")
        response.stream = { write in
            var text = header + "<urlset \(space)>\n"
            for number in numbers {
                text += "<url><loc>\(plain(city.url(CaseAddresses.show(number))))</loc></url>\n"
                guard text.utf8.count > 1 << 16 else { continue }
                try await write(text)
                text = ""
            }
            try await write(text + "</urlset>\n")
        }
        return response
    }

    static func cases(_ part: Int64) -> SQL {
        let first = part * casesInPart
        return """
            SELECT number FROM public_entry WHERE case_id >= \(first) AND case_id < \(first + casesInPart) ORDER BY case_id
            """
    }

    /// Search engines need not ask the search itself: the site map names every case.
    static func robots(_ visit: Visit) async throws -> WebResponse {
        .text(
            """
            User-agent: *
            Disallow: /search?
            Disallow: /search.csv
            Sitemap: \(visit.city.url(PublicRecordAddresses.siteMap()))

            """)
    }

    private static func xml(_ text: String) -> WebResponse {
        WebResponse(status: 200, headers: [("content-type", "application/xml; charset=utf-8")], body: Array(text.utf8))
    }

    /// As it stands in XML.
    private static func plain(_ url: String) -> String { url.replacing("&", with: "&amp;").replacing("<", with: "&lt;") }
}
