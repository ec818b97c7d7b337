internal import Core
internal import HTML
internal import Primitives

/// A public case in the words of schema.org, for search engines: what a guest sees on its page, and nothing else.
enum CaseStructure {
    static func of(_ head: CasePage.Head, _ contractors: [String], _ visit: Visit) -> JSON {
        let (seen, record, city) = (head.seen, head.seen.record, visit.city)
        var members: [String: JSON] = [
            "@context": "https://schema.org", "@type": "GovernmentPermit", "identifier": .string(seen.number),
            "name": .string(seen.number), "url": .string(city.url(CaseAddresses.show(seen.number))),
            "issuedBy": ["@type": "GovernmentOrganization", "name": .string(city.pack.city.name)],
        ]
        func set(_ name: String, _ field: String, _ value: JSON?) { if seen.shows(field), let value { members[name] = value } }
        set("description", "description", record.description.seen(by: seen.audience).flatMap { $0.isEmpty ? nil : .string($0) })
        set("validFrom", "issued", record.issued.map { .string($0.description) })
        set("validUntil", "expires", record.expires.map { .string($0.description) })
        set("validIn", "address", head.seen.address.map { ["@type": "Place", "address": .string($0)] })
        set("additionalType", "type", seen.type.map { .string(visit.t($0.name)) })
        return .object(members)
    }
}
